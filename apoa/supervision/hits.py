"""What a list of stays shows of each: enough of the guest to tell them apart, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from apoa.db.base import session
from apoa.supervision.queries import properties_of


@dataclass(frozen=True)
class Hit:
    """A stay on a page of hits; days are those of the lodging's own calendar."""

    property_id: UUID
    stay_id: UUID
    property_name: str
    region_code: str
    guest_name: str = field(repr=False)
    native_name: str | None = field(repr=False)
    nationality: str
    sex: str
    birth_date: str = field(repr=False)
    room: str | None
    state: str
    checked_in_on: date
    expected_departure_on: date
    checked_out_on: date | None


def hits_from(rows: Sequence[Any]) -> tuple[Hit, ...]:
    """Rows of `queries.STAY_COLUMNS` with the lodgings they are of."""
    places = {
        one.id: one for one in session().execute(properties_of({r.property_id for r in rows}))
    }
    return tuple(
        Hit(
            property_id=row.property_id,
            stay_id=row.id,
            property_name=places[row.property_id].name,
            region_code=places[row.property_id].region_code,
            guest_name=" ".join(part for part in (row.given_names, row.surname) if part),
            native_name=row.native_name,
            nationality=row.nationality,
            sex=row.sex,
            birth_date=row.birth_date,
            room=row.room,
            state=row.state,
            checked_in_on=row.checked_in_on,
            expected_departure_on=row.expected_departure_on,
            checked_out_on=row.checked_out_on,
        )
        for row in rows
    )
