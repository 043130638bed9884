"""The stays that a finding is made of, in a line each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select, tuple_

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.db.base import session
from apoa.properties.models import Property
from apoa.stays.models import Stay


@dataclass(frozen=True)
class StayLine:
    """One of the stays; `guest_name` is None where the actor may not open persons."""

    property_id: UUID
    stay_id: UUID
    property_name: str
    guest_name: str | None = field(repr=False)
    checked_in_on: date
    checked_out_on: date | None
    expected_departure_on: date
    state: str


def list_stay_lines(actor: Actor, keys: Sequence[tuple[UUID, UUID]]) -> list[StayLine]:
    """The stays of these lodgings and ids within the actor's reach, the earliest arrival first.

    Raises NotAllowed. Whoever shows them has audited the reading.
    """
    require(actor, Action.VIEW_FINDINGS)
    if not keys:
        return []
    rows = session().execute(
        select(Stay, Property.name)
        .join(Property, Property.id == Stay.property_id)
        .where(tuple_(Stay.property_id, Stay.id).in_(list(keys)))
        .order_by(Stay.checked_in_on, Stay.id)
    )
    return [_line(actor, stay, name) for stay, name in rows]


def _line(actor: Actor, stay: Stay, property_name: str) -> StayLine:
    is_open = actor.may(Action.OPEN_PERSON, office_id=stay.office_id)
    name = " ".join(one for one in (stay.given_names, stay.surname) if one)
    return StayLine(
        property_id=stay.property_id,
        stay_id=stay.id,
        property_name=property_name,
        guest_name=name if is_open else None,
        checked_in_on=stay.checked_in_on,
        checked_out_on=stay.checked_out_on,
        expected_departure_on=stay.expected_departure_on,
        state=stay.state,
    )
