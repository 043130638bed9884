"""How lodgings come under another office: with everything they own, in one commit."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Update,
    Uuid,
    any_,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, class_mapper

from apoa.audit.record import current_origin
from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.db.row_filter import OfficeOwned, PropertyOwned, scoped_classes
from apoa.db.scope import scope_everywhere
from apoa.properties.events import add_event, record_about
from apoa.properties.models import Property, PropertyEvent
from apoa.properties.place import place_of
from apoa.properties.rules import EventKind

_LONGEST_MOVE_MS = 15 * 60 * 1000


def owned_classes() -> list[type[PropertyOwned]]:
    """Every table that a lodging owns, found in the mapping: none can be forgotten."""
    return [one for one in scoped_classes() if issubclass(one, PropertyOwned)]


def office_classes() -> list[type[OfficeOwned]]:
    """Every table of an office's own work about lodgings: it goes to the new office with them."""
    return [
        one
        for one in scoped_classes()
        if issubclass(one, OfficeOwned) and "property_id" in class_mapper(one).columns
    ]


def move_property(lodging: Property, region_code: str) -> None:
    """Puts a locked lodging into another region: time zone, and where needed the office, follow.

    Stays keep the local days they were reported with. Raises InvalidInput at the region when it
    does not exist or has no office.
    """
    place = place_of(region_code)
    lodging.region_code = region_code
    lodging.time_zone = place.time_zone
    if place.office_id != lodging.office_id:
        before = lodging.office_id
        session().flush()
        _hand_over([lodging.id], place.office_id)
        session().refresh(lodging)
        add_event(lodging, EventKind.MOVED)
        record_about(lodging, "move_property", office_before=str(before))


def move_properties(office_of: Mapping[UUID, UUID]) -> None:
    """Hands each lodging, with all it owns, to its new office, in the transaction that is open.

    The scope must hold all of them, as `scope_everywhere` does. Whoever is storing a stay of one
    of them at this moment is waited for.
    """
    session().execute(
        text("SELECT set_config('statement_timeout', :most, true)"), {"most": str(_LONGEST_MOVE_MS)}
    )
    _lock(sorted(office_of))
    by_office: dict[UUID, list[UUID]] = defaultdict(list)
    for property_id, office_id in office_of.items():
        by_office[office_id].append(property_id)
    for office_id, property_ids in by_office.items():
        _hand_over(property_ids, office_id)
    rows: list[dict[str, object]] = [
        {
            "property_id": property_id,
            "id": new_id(),
            "office_id": office_id,
            "kind": EventKind.MOVED,
            "changes": [],
            "actor_id": current_origin().actor_id,
            "at": now(),
        }
        for property_id, office_id in office_of.items()
    ]
    if rows:
        session().execute(insert(PropertyEvent), rows)


def _hand_over(property_ids: Sequence[UUID], office_id: UUID) -> None:
    for owned in owned_classes():
        session().execute(_handing_over(owned, owned.property_id, property_ids, office_id))
    # What an office keeps about a lodging is hidden from who moves it there, its manager say.
    with scope_everywhere("lodging handed over"):
        for kept in office_classes():
            column = class_mapper(kept).columns["property_id"]
            session().execute(_handing_over(kept, column, property_ids, office_id))
    session().execute(
        update(Property)
        .where(Property.id == _any(property_ids))
        .values(office_id=office_id)
        .execution_options(synchronize_session=False)
    )
    session().expire_all()


def _handing_over(
    owned: type[PropertyOwned | OfficeOwned],
    column: ColumnElement[UUID] | InstrumentedAttribute[UUID],
    property_ids: Sequence[UUID],
    office_id: UUID,
) -> Update:
    return (
        update(owned)
        .where(column == _any(property_ids))
        .values(office_id=office_id)
        .execution_options(synchronize_session=False)
    )


def _lock(property_ids: Iterable[UUID]) -> None:
    session().execute(
        select(Property.id)
        .where(Property.id == _any(list(property_ids)))
        .order_by(Property.id)
        .with_for_update()
    ).all()


def _any(property_ids: Sequence[UUID]) -> object:
    # One array instead of a placeholder for each: a working area may hold thousands.
    return any_(literal(list(property_ids), ARRAY(Uuid)))
