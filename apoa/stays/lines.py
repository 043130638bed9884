"""One stay as a line of a list: what a clerk needs to tell guests apart and to act."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, and_, select

from apoa.base.errors import Problem
from apoa.db.base import session
from apoa.stays.columns import guest_of
from apoa.stays.models import Receipt, Stay
from apoa.stays.shown_warnings import plain_warnings_of


@dataclass(frozen=True)
class StayLine:
    """A stay in a list; nothing in it was sealed."""

    stay_id: UUID
    version: int
    guest_name: str = field(repr=False)
    nationality: str
    room: str | None
    party_ref: str | None
    checked_in_at: datetime
    expected_departure_on: date
    checked_out_at: datetime | None
    state: str
    deadline_state: str
    due_at: datetime
    warnings: tuple[Problem, ...]
    receipt_number: str
    client_ref: str | None
    checked_in_on: date
    checked_out_on: date | None
    updated_at: datetime


def select_lines() -> Select[Stay, str]:
    """Stays with the number of their present receipt; conditions and order are the caller's."""
    return select(Stay, Receipt.number).join(
        Receipt,
        and_(
            Receipt.property_id == Stay.property_id,
            Receipt.stay_id == Stay.id,
            Receipt.version == Stay.version,
        ),
    )


def list_lines(query: Select[Stay, str]) -> list[StayLine]:
    """The lines of a query made from `select_lines`."""
    return [_line(stay, number) for stay, number in session().execute(query)]


def _line(stay: Stay, receipt_number: str) -> StayLine:
    return StayLine(
        stay_id=stay.id,
        version=stay.version,
        guest_name=guest_of(stay).full_name,
        nationality=stay.nationality,
        room=stay.room,
        party_ref=stay.party_ref,
        checked_in_at=stay.checked_in_at,
        expected_departure_on=stay.expected_departure_on,
        checked_out_at=stay.checked_out_at,
        state=stay.state,
        deadline_state=stay.deadline_state,
        due_at=stay.due_at,
        warnings=plain_warnings_of(stay),
        receipt_number=receipt_number,
        client_ref=stay.client_ref,
        checked_in_on=stay.checked_in_on,
        checked_out_on=stay.checked_out_on,
        updated_at=stay.updated_at,
    )
