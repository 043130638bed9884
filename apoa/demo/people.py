"""Who the invented guests of the demo data are.

Everybody here is made up: names put together by chance, document numbers that only have the shape
their state uses. The same generator state always gives the same person.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from random import Random
from string import ascii_uppercase, digits
from types import MappingProxyType

from apoa.base.names import mrz_fold
from apoa.demo.person_names import (
    Entry,
    FullName,
    Lineage,
    Sex,
    Stock,
    choose_given,
    full_name,
    new_lineage,
    stocks,
)

ADULT_AGES = (19, 76)
PARENT_AGES = (27, 48)
MINOR_AGES = (0, 17)
# Roughly who visits Indonesia; shares are for a lifelike mix, not statistics.
VISITOR_WEIGHTS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("MYS", "AUS", "SGP", "CHN"), 100),
        **dict.fromkeys(("IND", "KOR", "JPN", "GBR", "USA", "FRA", "DEU", "NLD"), 45),
        **dict.fromkeys(("RUS", "PHL", "VNM", "THA", "TWN", "SAU", "ITA", "ESP", "CAN"), 20),
        **dict.fromkeys(("ARE", "EGY", "TUR", "PRT", "BRA", "ARG", "MEX", "NZL", "ZAF"), 9),
        **dict.fromkeys(("NGA", "BGD", "PAK", "LKA", "MMR", "UKR", "POL", "SWE", "NOR"), 8),
        **dict.fromkeys(("ISL", "KAZ", "ETH", "IRL"), 6),
    }
)
NATIONALITIES: tuple[str, ...] = tuple(VISITOR_WEIGHTS)


class Writing(Enum):
    """How the name reached the report: printed in capitals, typed as spoken, or from the MRZ."""

    CAPITALS = "capitals"
    AS_SPOKEN = "as_spoken"
    MRZ = "mrz"


@dataclass(frozen=True)
class Person:
    """One invented guest with a passport; with mononym, the whole name is in given_names."""

    surname: str | None
    given_names: str | None
    mononym: bool
    native_name: str | None
    sex: str
    birth_date: str
    birth_place: str
    nationality: str
    document_type: str
    document_number: str
    issuing_state: str
    expires_on: date

    def as_guest(self) -> dict[str, str | bool | None]:
        """The `guest` of a stay report."""
        return {
            "surname": self.surname,
            "given_names": self.given_names,
            "mononym": self.mononym,
            "native_name": self.native_name,
            "sex": self.sex,
            "birth_date": self.birth_date,
            "birth_place": self.birth_place,
            "nationality": self.nationality,
        }

    def as_document(self) -> dict[str, str]:
        """The `document` of a stay report."""
        return {
            "type": self.document_type,
            "number": self.document_number,
            "issuing_state": self.issuing_state,
            "expires_on": self.expires_on.isoformat(),
        }


def random_nationality(rng: Random) -> str:
    """A nationality in about the mix in which visitors come."""
    return rng.choices(NATIONALITIES, weights=list(VISITOR_WEIGHTS.values()))[0]


def person(
    rng: Random,
    nationality: str,
    *,
    today: date,
    sex: Sex | None = None,
    minor: bool = False,
    mononym: bool = False,
    partial_birth_date: bool = False,
    expired: bool = False,
    writing: Writing | None = None,
) -> Person:
    """One invented person, an adult unless minor is asked for.

    mononym asks for a single name where the culture would have two; partial_birth_date leaves the
    day, or day and month, at 00. Raises KeyError for a nationality that is not in NATIONALITIES.
    """
    stock = _choose_stock(rng, nationality)
    sex = sex or _choose_sex(rng)
    lineage = new_lineage(rng, stock)
    name = full_name(stock, sex, _unused_given(rng, stock, sex, [lineage.father]), lineage)
    if mononym and name.surname:
        name = FullName(None, name.given_names.split()[-1], None)
    made = _make(rng, nationality, stock, sex, name, today, MINOR_AGES if minor else ADULT_AGES)
    made = _write(made, writing or _choose_writing(rng))
    if partial_birth_date:
        known = rng.choice(("%Y-%m-00", "%Y-00-00"))
        made = replace(made, birth_date=date.fromisoformat(made.birth_date).strftime(known))
    if expired:
        made = replace(made, expires_on=today - timedelta(days=rng.randint(1, 700)))
    return made


def family(rng: Random, nationality: str, size: int, *, today: date) -> list[Person]:
    """Two parents and their minor children, named as families of that culture are.

    size counts all of them, 1 to 8. One writing for all: they were reported at one desk.
    """
    if not 1 <= size <= 8:
        raise ValueError("a family has 1 to 8 members")
    stock = _choose_stock(rng, nationality)
    writing = _choose_writing(rng)
    own, wife_own = new_lineage(rng, stock), new_lineage(rng, stock)
    father = _unused_given(rng, stock, "M", [own.father])
    mother_takes_name = stock.family == "shared" and stock.naming != "two_surnames"
    mother = Lineage(
        own.surname if mother_takes_name else wife_own.surname,
        wife_own.second_surname,
        wife_own.father,
    )
    inherited = Lineage(own.surname, wife_own.surname, _as_father(rng, stock, father))
    plan: list[tuple[Sex, Entry, Lineage, tuple[int, int]]] = [
        ("M", father, own, PARENT_AGES),
        ("F", choose_given(rng, stock, "F"), mother, PARENT_AGES),
    ]
    while len(plan) < size:
        sex = _choose_sex(rng)
        given = _unused_given(rng, stock, sex, [entry for _, entry, _, _ in plan])
        plan.append((sex, given, inherited, (0, 9)))
    members = []
    for sex, given, lineage, ages in plan[:size]:
        name = full_name(stock, sex, given, lineage)
        members.append(_write(_make(rng, nationality, stock, sex, name, today, ages), writing))
    return members


def _choose_stock(rng: Random, nationality: str) -> Stock:
    groups = stocks()[nationality]
    return rng.choices(groups, weights=[group.weight for group in groups])[0]


def _choose_sex(rng: Random) -> Sex:
    return "M" if rng.random() < 0.5 else "F"


def _choose_writing(rng: Random) -> Writing:
    return rng.choices((Writing.CAPITALS, Writing.AS_SPOKEN, Writing.MRZ), weights=(60, 25, 15))[0]


def _as_father(rng: Random, stock: Stock, given: Entry) -> Entry:
    return rng.choice(stock.patronymics) if stock.patronymics else given


def _unused_given(rng: Random, stock: Stock, sex: Sex, used: list[Entry]) -> Entry:
    while (given := choose_given(rng, stock, sex)) in used:
        continue
    return given


def _make(
    rng: Random,
    nationality: str,
    stock: Stock,
    sex: Sex,
    name: FullName,
    today: date,
    ages: tuple[int, int],
) -> Person:
    age = rng.randint(*ages)
    born_on = today - timedelta(days=round(age * 365.2425) + rng.randint(1, 364))
    # Children's passports are given for five years, those of adults for ten.
    longest = 5 * 365 if age < 18 else 10 * 365
    return Person(
        surname=name.surname,
        given_names=name.given_names,
        mononym=name.surname is None,
        native_name=name.native_name,
        sex=sex,
        birth_date=born_on.isoformat(),
        birth_place=rng.choice(stock.places),
        nationality=nationality,
        document_type="passport",
        document_number=_document_number(rng, rng.choice(stock.numbers)),
        issuing_state=nationality,
        expires_on=today + timedelta(days=rng.randint(185, longest)),
    )


def _document_number(rng: Random, shape: str) -> str:
    """`#` is any digit and `@` any letter of the shape."""
    choices = {"#": digits, "@": ascii_uppercase}
    return "".join(rng.choice(choices.get(sign, sign)) for sign in shape)


def _write(made: Person, writing: Writing) -> Person:
    if writing is Writing.AS_SPOKEN:
        return made
    write = mrz_fold if writing is Writing.MRZ else _capitals(made.nationality)
    return replace(
        made,
        surname=write(made.surname) if made.surname else None,
        given_names=write(made.given_names) if made.given_names else None,
        native_name=None if writing is Writing.MRZ else made.native_name,
        birth_place=made.birth_place.upper(),
    )


def _capitals(nationality: str) -> Callable[[str], str]:
    # In Turkish the capital of i keeps its dot.
    return (lambda text: text.replace("i", "İ").upper()) if nationality == "TUR" else str.upper
