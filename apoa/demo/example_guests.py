"""The guests of the documented examples: fixed, invented, each known by the label of a rule."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from apoa.demo.people import Person


@dataclass(frozen=True)
class ExampleStay:
    """A stay of an example: `slot` counts Bengkulu's reporting lodgings, the first is 0.

    `left_after` nights the guest left; None: still in house.
    """

    slot: int
    days_ago: int
    nights: int
    left_after: int | None = None
    late_hours: int = 0


# The manager of Bengkulu signs in for slots 0 to 2; -1 is a lodging that nobody else reports for.
STAYS: dict[str, tuple[ExampleStay, ...]] = {
    "WATCHLIST-HIT": (ExampleStay(1, 3, 6),),
    "WATCHLIST-MAYBE": (ExampleStay(2, 4, 7),),
    "PERMIT-EXPIRED": (ExampleStay(1, 12, 16),),
    "PERMIT-EXPIRES-DURING-STAY": (ExampleStay(2, 3, 13),),
    "PERMIT-CANCELLED": (ExampleStay(1, 10, 14),),
    "NO-PERMIT": (ExampleStay(2, 6, 10),),
    "DOCUMENT-MISMATCH": (ExampleStay(1, 4, 8),),
    "REVIEW": (ExampleStay(2, 5, 9),),
    "IDENTITY-CONFLICT": (ExampleStay(1, 4, 9),),
    "DOCUMENT-EXPIRED": (ExampleStay(2, 5, 9),),
    "TWO-PLACES": (ExampleStay(1, 6, 9), ExampleStay(2, 4, 7)),
    "CHECK-OUT-MISSING": (ExampleStay(1, 9, 3), ExampleStay(2, 6, 10)),
    "FREQUENT-MOVER": (
        *(ExampleStay(slot, 25 - 3 * slot, 2, left_after=2) for slot in range(1, 7)),
        ExampleStay(7, 4, 9),
    ),
    "AWAY-FROM-ADDRESS": (ExampleStay(2, 40, 60),),
    "NATIONALITY-NOT-ELIGIBLE": (ExampleStay(1, 4, 9),),
    "LATE-REPORT": (ExampleStay(2, 6, 9, late_hours=50),),
    "DEPARTURE-NOT-REPORTED": (ExampleStay(1, 8, 4),),
    "SILENT-PROPERTY": tuple(
        ExampleStay(-1, days_ago, 2, left_after=2) for days_ago in (60, 55, 50, 45)
    ),
    "EXTENDED-LATER": (ExampleStay(2, 15, 20),),
    "CONVERTED": (ExampleStay(1, 30, 40),),
}
CLAIMS = {
    "PERMIT-CANCELLED": "itas",
    "FREQUENT-MOVER": "itk",
    "AWAY-FROM-ADDRESS": "itas",
    "NATIONALITY-NOT-ELIGIBLE": "bvk",
    "SILENT-PROPERTY": "itas",
    "DEPARTURE-NOT-REPORTED": "bvk",
}


def example_guest(label: str, today: date) -> Person:
    """The guest of an example. Raises KeyError for a label that is none."""
    row = _rows()[label]
    return Person(
        surname=row["surname"],
        given_names=row["given_names"],
        mononym=False,
        native_name=None,
        sex=row["sex"],
        birth_date=row["birth_date"],
        birth_place=row["birth_place"],
        nationality=row["nationality"],
        document_type="passport",
        document_number=row["document_number"],
        issuing_state=row["nationality"],
        expires_on=today + timedelta(days=int(row["expires_in_days"])),
    )


@cache
def _rows() -> dict[str, dict[str, str]]:
    file = files("apoa.demo").joinpath("data", "example_guests.csv")
    with file.open(encoding="utf-8") as lines:
        return {row["label"]: row for row in csv.DictReader(lines)}
