"""An officer opens one lodging or registration: everything about it, and the read is recorded."""

from dataclasses import dataclass
from uuid import UUID

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.db.unit_of_work import unit_of_work
from apoa.offices.queries import find_region_paths, get_office
from apoa.properties.duplicates import Duplicate, find_duplicates
from apoa.properties.events import record_about
from apoa.properties.listing import REGISTRATION_STATES
from apoa.properties.models import Property
from apoa.properties.queries import EventView, PersonView, get_property, list_events, list_people


@dataclass(frozen=True)
class OpenedProperty:
    """A lodging as its office sees it; `duplicates` only while its registration is looked at."""

    lodging: Property
    office_name: str
    region: tuple[str, ...]
    region_names: dict[str, str]
    events: list[EventView]
    people: list[PersonView]
    duplicates: list[Duplicate]

    @property
    def seen_event(self) -> UUID | None:
        """The latest step that this view shows."""
        return self.events[0].id if self.events else None


def open_property(actor: Actor, property_id: UUID) -> OpenedProperty:
    """The lodging with its history and people. Raises NotFound, NotAllowed."""
    office_id = get_property(property_id).office_id
    require(actor, Action.VIEW_PROPERTIES, property_id=property_id, office_id=office_id)
    with unit_of_work():
        lodging = get_property(property_id)
        record_about(lodging, "open_property", state=lodging.state)
        is_registration = lodging.state in REGISTRATION_STATES
        duplicates = find_duplicates(lodging) if is_registration else []
    lodging = get_property(property_id)
    events = list_events(property_id)
    paths = find_region_paths(_codes(lodging, events, duplicates))
    return OpenedProperty(
        lodging=lodging,
        office_name=get_office(lodging.office_id).name,
        region=paths.get(lodging.region_code, ()),
        region_names={code: ", ".join(reversed(path)) for code, path in paths.items()},
        events=events,
        people=list_people(property_id),
        duplicates=duplicates,
    )


def _codes(lodging: Property, events: list[EventView], duplicates: list[Duplicate]) -> set[str]:
    codes = {lodging.region_code, *(one.region_code for one in duplicates)}
    for event in events:
        for change in event.changes:
            if change["field"] == "region_code":
                codes |= {change["before"], change["after"]}
    return codes
