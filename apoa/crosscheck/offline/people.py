"""Which values of a row make a person, and what is refused."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pycountry

from apoa.base.countries import normalize_country
from apoa.crosscheck.matching.person import Document, Person
from apoa.crosscheck.offline.faults import FileFault
from apoa.crosscheck.offline.table import Row, read_table

COLUMNS = (
    "id",
    "surname",
    "given_names",
    "birth_date",
    "nationality",
    "sex",
    "document_number",
    "issuing_state",
)
_LONGEST = 500
_DATE = re.compile(
    r"(\d{4})(?:([-/.]?)(\d{2})(?:\2(\d{2}))?)?(?:[T ]00:00(?::00(?:\.0+)?)?|\.0)?", re.ASCII
)
_SEXES = {
    "": None, "F": "F", "M": "M", "X": "X", "<": "X", "P": "F", "L": "M", "FEMALE": "F",
    "MALE": "M", "PEREMPUAN": "F", "LAKI-LAKI": "M", "W": "F", "U": "X",
}  # fmt: skip
_NOT_IN_NUMBER = re.compile(r"[^A-Z0-9]")


class Identified(NamedTuple):
    """A person with the id that the file gives."""

    id: str
    person: Person


def read_people(path: Path) -> Iterator[Identified]:
    """The persons of a file, one after another. Raises FileFault, also for an id seen before."""
    seen: dict[str, int] = {}
    for row in read_table(path, COLUMNS):
        name = row.values[0]
        if not name:
            raise FileFault(path, "empty; each row needs an id", row=row.number, column="id")
        if name in seen:
            problem = f"the same id as in row {seen[name]}"
            raise FileFault(path, problem, row=row.number, column="id")
        seen[name] = row.number
        yield Identified(name, person_of(path, row))


def person_of(path: Path, row: Row) -> Person:
    """The person in a row of `COLUMNS`. Raises FileFault."""
    _, surname, given_names, birth_date, nationality, sex, number, state = row.values
    for column, value in zip(COLUMNS, row.values, strict=True):
        if len(value) > _LONGEST:
            problem = f"longer than {_LONGEST} characters"
            raise FileFault(path, problem, row=row.number, column=column)
    try:
        read_date = _birth_date(birth_date)
    except ValueError:
        problem = "not a date such as 1990-12-31 (unknown parts are 00)"
        raise FileFault(path, problem, row=row.number, column="birth_date") from None
    if sex.upper() not in _SEXES:
        raise FileFault(path, "not F, M or X", row=row.number, column="sex")
    signs = _NOT_IN_NUMBER.sub("", number.upper())
    return Person(
        surname=surname or None,
        given_names=given_names or None,
        birth_date=read_date,
        nationality=_state(nationality),
        sex=_SEXES[sex.upper()],
        documents=(Document(signs, _state(state)),) if signs else (),
    )


@lru_cache(maxsize=1 << 16)
def _birth_date(text: str) -> str | None:
    """YYYY-MM-DD, also of YYYYMMDD or less of it; it need not exist in the calendar."""
    if not text:
        return None
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError("not a date")
    date = f"{found[1]}-{found[3] or '00'}-{found[4] or '00'}"
    return None if date == "0000-00-00" else date


@lru_cache(maxsize=1 << 12)
def _state(text: str) -> str | None:
    """Alpha-3 where the country is known; what is unknown is compared as it stands."""
    if not text:
        return None
    try:
        return normalize_country(text)
    except ValueError:
        pass
    if len(text) == 2 and text.isalpha():
        country = pycountry.countries.get(alpha_2=text.upper())
        if country is not None:
            return str(country.alpha_3)
    return _NOT_IN_NUMBER.sub("", text.upper()) or None
