"""How the register knows an invented guest: mostly well, sometimes with the errors of real data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from random import Random
from string import ascii_uppercase, digits
from types import MappingProxyType

from apoa.base.names import mrz_fold
from apoa.demo.people import Person, person
from apoa.permits.content import DocumentContent

MRZ_LENGTH = 39


class Noise(Enum):
    """What is otherwise in the register, and how many of a hundred holders it is so with."""

    NONE = 79.0
    RENEWED_AND_KNOWN = 4.0
    RENEWED = 2.0
    NUMBER_MISTYPED = 2.5
    NUMBER_SWAPPED = 0.7
    NAMES_SWAPPED = 3.0
    SURNAME_MISTYPED = 3.5
    MARRIED = 0.7
    NAMES_CUT = 1.2
    DAY_AND_MONTH_SWAPPED = 1.0
    BIRTH_DAY_OFF = 0.8
    MANY_AT_ONCE = 1.6


# Few letters look like no other: slips of the hand and of readers.
_LOOKALIKES = {"O": "0", "0": "O", "I": "1", "1": "I", "S": "5", "5": "S", "B": "8", "8": "B"}


@dataclass(frozen=True)
class Holder:
    """Who holds a permit, by the register; the first document is the current one."""

    person: Person
    documents: tuple[DocumentContent, ...]


def as_registered(rng: Random, guest: Person, today: date) -> Holder:
    """The guest as the register knows them."""
    noise = rng.choices(list(Noise), [one.value for one in Noise])[0]
    known = _as_printed(guest) if rng.random() < 0.8 else guest
    own = DocumentContent(guest.document_number, guest.issuing_state, guest.expires_on)
    older = DocumentContent(
        _other_number(rng, guest.document_number),
        guest.issuing_state,
        today - timedelta(days=rng.randint(30, 600)),
    )
    if noise is Noise.RENEWED_AND_KNOWN:
        return Holder(known, (own, older))
    if noise is Noise.RENEWED:
        return Holder(known, (older,))
    if noise in _OF_THE_NUMBER:
        number = _OF_THE_NUMBER[noise](rng, guest.document_number)
        return Holder(known, (replace(own, number=number),))
    if noise is Noise.MANY_AT_ONCE:
        return Holder(_birth_day_off(rng, _surname_mistyped(rng, known)), (older,))
    return Holder(_OF_THE_PERSON[noise](rng, known) if noise in _OF_THE_PERSON else known, (own,))


def namesake(rng: Random, one: Person, born: date) -> Person:
    """Somebody else of the same name and nationality."""
    return replace(
        one,
        birth_date=(born - timedelta(days=rng.randint(400, 9000))).isoformat(),
        document_number=_other_number(rng, one.document_number),
    )


def _as_printed(guest: Person) -> Person:
    """As the machine-readable zone has it."""
    return replace(
        guest,
        surname=mrz_fold(guest.surname) if guest.surname else None,
        given_names=mrz_fold(guest.given_names) if guest.given_names else None,
    )


def _other_number(rng: Random, number: str) -> str:
    """A number of the same shape."""
    return "".join(rng.choice(digits if sign.isdigit() else ascii_uppercase) for sign in number)


def _number_mistyped(rng: Random, number: str) -> str:
    place = rng.randrange(len(number))
    sign = number[place]
    if sign in _LOOKALIKES and rng.random() < 0.3:
        wrong = _LOOKALIKES[sign]
    else:
        signs = digits if sign.isdigit() else ascii_uppercase
        wrong = rng.choice([one for one in signs if one != sign])
    return number[:place] + wrong + number[place + 1 :]


def _number_swapped(rng: Random, number: str) -> str:
    place = rng.randrange(len(number) - 1)
    return number[:place] + number[place + 1] + number[place] + number[place + 2 :]


def _names_swapped(_rng: Random, known: Person) -> Person:
    if not known.surname:
        return known
    return replace(known, surname=known.given_names, given_names=known.surname)


def _surname_mistyped(rng: Random, known: Person) -> Person:
    name = known.surname or known.given_names or ""
    if len(name) < 4:
        return known
    place = rng.randrange(1, len(name) - 1)
    middle = rng.choice(("", name[place] * 2, rng.choice("AEIOU")))
    wrong = name[:place] + middle + name[place + 1 :]
    return replace(known, surname=wrong) if known.surname else replace(known, given_names=wrong)


def _married(rng: Random, known: Person) -> Person:
    """The register has the surname of before the wedding."""
    if known.sex != "F" or not known.surname:
        return known
    before = person(rng, known.nationality, today=date.fromisoformat("2026-01-01"))
    return replace(known, surname=before.surname or known.surname)


def _names_cut(_rng: Random, known: Person) -> Person:
    given = known.given_names or ""
    return replace(known, given_names=given.split()[0][:MRZ_LENGTH] if given else None)


def _day_and_month_swapped(rng: Random, known: Person) -> Person:
    year, month, day = known.birth_date.split("-")
    if not "01" <= day <= "12":
        return _birth_day_off(rng, known)
    return replace(known, birth_date=f"{year}-{day}-{month}")


def _birth_day_off(rng: Random, known: Person) -> Person:
    year, month, day = known.birth_date.split("-")
    if day == "00":
        return known
    return replace(known, birth_date=f"{year}-{month}-{int(day) % 28 + rng.choice((1, 1, 0)):02}")


_OF_THE_NUMBER: Mapping[Noise, Callable[[Random, str], str]] = MappingProxyType(
    {Noise.NUMBER_MISTYPED: _number_mistyped, Noise.NUMBER_SWAPPED: _number_swapped}
)
_OF_THE_PERSON: Mapping[Noise, Callable[[Random, Person], Person]] = MappingProxyType(
    {
        Noise.NAMES_SWAPPED: _names_swapped,
        Noise.SURNAME_MISTYPED: _surname_mistyped,
        Noise.MARRIED: _married,
        Noise.NAMES_CUT: _names_cut,
        Noise.DAY_AND_MONTH_SWAPPED: _day_and_month_swapped,
        Noise.BIRTH_DAY_OFF: _birth_day_off,
    }
)
