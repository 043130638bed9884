"""How an invented person of each culture is called; the names themselves are in data/people.json.

Names are common first names and surnames put together by chance. Nobody real is meant.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from random import Random
from typing import Literal, NamedTuple

from apoa.base.names import mrz_fold, national_cyrillic

Sex = Literal["M", "F"]


class Entry(NamedTuple):
    """One name in Latin letters and, where we have it, in its own."""

    latin: str
    native: str | None


@dataclass(frozen=True)
class Stock:
    """The names of one culture and how it puts them together."""

    naming: str
    family: str
    weight: int
    surnames: tuple[Entry, ...]
    male: tuple[Entry, ...]
    female: tuple[Entry, ...]
    patronymics: tuple[Entry, ...]
    feminine: tuple[Entry, ...]
    places: tuple[str, ...]
    numbers: tuple[str, ...]
    native_space: str
    language: str


@dataclass(frozen=True)
class Lineage:
    """What a person has from the parents."""

    surname: Entry | None
    second_surname: Entry | None
    father: Entry


@dataclass(frozen=True)
class FullName:
    """A name in the fields of a report; surname is None where the culture has a single field."""

    surname: str | None
    given_names: str
    native_name: str | None


def _entries(text: str) -> tuple[Entry, ...]:
    found = []
    for item in text.split(", "):
        latin, _, native = item.partition("=")
        found.append(Entry(latin, native or None))
    return tuple(found) if text else ()


def _stock(raw: Mapping[str, str]) -> Stock:
    return Stock(
        naming=raw.get("naming", "plain"),
        family=raw.get("family", "shared"),
        weight=int(raw.get("weight", 1)),
        surnames=_entries(raw.get("surnames", "")),
        male=_entries(raw["male"]),
        female=_entries(raw["female"]),
        patronymics=_entries(raw.get("patronymics", "")),
        feminine=_entries(raw.get("feminine", "")),
        places=tuple(raw["places"].split(", ")),
        numbers=tuple(raw["numbers"].split("|")),
        native_space=" " if raw.get("native_space") else "",
        language=raw.get("latin", ""),
    )


@cache
def stocks() -> dict[str, tuple[Stock, ...]]:
    """All cultures by nationality; a nationality may have several."""
    text = resources.files("apoa.demo").joinpath("data/people.json").read_text(encoding="utf-8")
    return {code: tuple(map(_stock, groups)) for code, groups in json.loads(text).items()}


def new_lineage(rng: Random, stock: Stock) -> Lineage:
    """Parents for someone whose family is not told of."""
    return Lineage(
        surname=rng.choice(stock.surnames) if stock.surnames else None,
        second_surname=rng.choice(stock.surnames) if stock.surnames else None,
        father=rng.choice(stock.patronymics or stock.male),
    )


def choose_given(rng: Random, stock: Stock, sex: Sex) -> Entry:
    """A first name, sometimes two where that is usual."""
    names = stock.male if sex == "M" else stock.female
    first = rng.choice(names)
    second = rng.choice(names)
    if stock.naming == "plain" and stock.family == "shared" and rng.random() < 0.3:
        short = not any(mark in first.latin + second.latin for mark in " -")
        if short and first != second:
            return Entry(f"{first.latin} {second.latin}", None)
    return first


def full_name(stock: Stock, sex: Sex, given: Entry, lineage: Lineage) -> FullName:
    """The name as its culture composes it."""
    return _NAMINGS[stock.naming](stock, sex, given, lineage)


def _surname(lineage: Lineage) -> Entry:
    if lineage.surname is None:
        raise ValueError("this culture's stock holds no surnames")
    return lineage.surname


def _native(*parts: str | None, space: str = " ") -> str | None:
    return space.join(part for part in parts if part) if all(parts) else None


def _feminine(stock: Stock, sex: Sex, surname: str) -> str:
    if sex == "F":
        for ending, changed in stock.feminine:
            if surname.endswith(ending):
                return surname.removesuffix(ending) + (changed or "")
    return surname


def _plain(stock: Stock, sex: Sex, given: Entry, lineage: Lineage) -> FullName:
    surname = _surname(lineage)
    native = _native(given.native, surname.native)
    return FullName(_feminine(stock, sex, surname.latin), given.latin, native)


def _two_surnames(stock: Stock, sex: Sex, given: Entry, lineage: Lineage) -> FullName:
    surname, second = _surname(lineage), lineage.second_surname
    both = f"{surname.latin} {second.latin}" if second else surname.latin
    return FullName(both, given.latin, None)


def _han(stock: Stock, sex: Sex, given: Entry, lineage: Lineage) -> FullName:
    surname = _surname(lineage)
    native = _native(surname.native, given.native, space=stock.native_space)
    return FullName(surname.latin, given.latin, native)


def _arabic(stock: Stock, sex: Sex, given: Entry, lineage: Lineage) -> FullName:
    surname, father = _surname(lineage), lineage.father
    native = _native(given.native, father.native, surname.native)
    return FullName(surname.latin, f"{given.latin} {father.latin}", native)


def _cyrillic(stock: Stock, sex: Sex, given: Entry, lineage: Lineage) -> FullName:
    surname = _feminine(stock, sex, _surname(lineage).latin)
    patronymic = lineage.father.latin + ("ич" if sex == "M" else "на")
    if stock.language == "ukr" and sex == "F":
        patronymic = lineage.father.latin.removesuffix("ов") + "івна"

    def in_passport(text: str) -> str:
        latin = national_cyrillic(text)[stock.language] if stock.language else mrz_fold(text)
        return latin.title()

    native = f"{surname} {given.latin} {patronymic}"
    return FullName(in_passport(surname), in_passport(given.latin), native)


def _single(stock: Stock, sex: Sex, given: Entry, lineage: Lineage) -> FullName:
    return FullName(None, given.latin, given.native)


def _malay(stock: Stock, sex: Sex, given: Entry, lineage: Lineage) -> FullName:
    link = "bin" if sex == "M" else "binti"
    return FullName(None, f"{given.latin} {link} {lineage.father.latin}", None)


def _tamil(stock: Stock, sex: Sex, given: Entry, lineage: Lineage) -> FullName:
    link = "a/l" if sex == "M" else "a/p"
    return FullName(None, f"{given.latin} {link} {lineage.father.latin}", None)


def _patronym(stock: Stock, sex: Sex, given: Entry, lineage: Lineage) -> FullName:
    return FullName(lineage.father.latin, given.latin, None)


def _icelandic(stock: Stock, sex: Sex, given: Entry, lineage: Lineage) -> FullName:
    genitive = lineage.father.native or lineage.father.latin
    return FullName(genitive + ("son" if sex == "M" else "dóttir"), given.latin, None)


_NAMINGS: dict[str, Callable[[Stock, Sex, Entry, Lineage], FullName]] = {
    "plain": _plain,
    "native_given_first": _plain,
    "two_surnames": _two_surnames,
    "han": _han,
    "arabic": _arabic,
    "cyrillic": _cyrillic,
    "single": _single,
    "malay": _malay,
    "tamil": _tamil,
    "patronym_plain": _patronym,
    "icelandic": _icelandic,
}
