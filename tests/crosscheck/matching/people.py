"""Short ways to write persons, and a register in which common names are common."""

from typing import Any

from apoa.crosscheck.matching.person import Document, Person
from apoa.crosscheck.matching.score import NameFrequencies, Score, prepared, score

REGISTER = NameFrequencies.from_counts(
    {
        "@SWE": 20_000,
        "@CHN": 170_000,
        "@RUS": 90_000,
        "LINDSTROM": 60,
        "LINDSTROM@SWE": 58,
        "ANNA": 9_000,
        "ANNA@SWE": 900,
        "KARL": 1_500,
        "KARL@SWE": 500,
        "MARIA": 20_000,
        "MARIA@SWE": 1_000,
        "WANG": 13_000,
        "WANG@CHN": 12_800,
        "LI": 12_000,
        "LI@CHN": 11_900,
        "WEI": 7_000,
        "WEI@CHN": 6_900,
        "MEI": 4_000,
        "MEI@CHN": 3_900,
        "IVANOV": 1_800,
        "IVANOV@RUS": 1_700,
        "SERGEI": 3_000,
        "SERGEI@RUS": 2_800,
    },
    1_000_000,
)

ANNA: dict[str, Any] = {
    "surname": "Lindström",
    "given_names": "Anna Maria",
    "birth_date": "1974-08-12",
    "nationality": "SWE",
    "sex": "F",
    "number": "98765432",
}


def person(**changes: Any) -> Person:
    """Anna, with changes; `number` makes the document."""
    fields = ANNA | changes
    number = fields.pop("number")
    documents = (Document(number, fields["nationality"]),) if number else ()
    return Person(documents=documents, **fields)


def judged(guest: Person, holder: Person | None = None) -> Score:
    """The score of a guest against a holder, Anna if none is given."""
    return score(prepared(guest), prepared(holder or person()), REGISTER)
