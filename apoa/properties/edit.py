"""The manager keeps the lodging's data right; every change is kept in its history."""

from uuid import UUID

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.base.errors import InvalidInput, StateConflict
from apoa.db.unit_of_work import unit_of_work
from apoa.offices.queries import hold_areas
from apoa.properties.content import write_content
from apoa.properties.events import add_event, record_about
from apoa.properties.move import move_property
from apoa.properties.queries import lock_property, require_unchanged
from apoa.properties.rules import EDITABLE, EventKind
from apoa.properties.sandbox import refresh_sandbox
from apoa.properties.schemas import Registration


def edit_property(
    actor: Actor, property_id: UUID, registration: Registration, *, seen_event: UUID | None = None
) -> None:
    """Changes what the lodging says of itself; its office follows from a changed region.

    Raises NotFound, NotAllowed, StateConflict unless it is approved or suspended, VersionConflict
    when something happened since `seen_event`, InvalidInput when nothing changed or the new
    region has no office.
    """
    require(actor, Action.EDIT_PROPERTY, property_id=property_id)
    with unit_of_work():
        hold_areas()  # before the lodging, as a change of areas does: neither waits for the other
        lodging = lock_property(property_id)
        if lodging.state not in EDITABLE:
            raise StateConflict.because("not-in-this-state")
        require_unchanged(property_id, seen_event)
        changes = write_content(lodging, registration)
        if not changes:
            raise InvalidInput.because("nothing-changed")
        if any(change["field"] == "region_code" for change in changes):
            move_property(lodging, registration.region_code)
        add_event(lodging, EventKind.EDITED, changes=changes)
        record_about(lodging, "edit_property", fields=[change["field"] for change in changes])
        refresh_sandbox(property_id)
