"""An officer opens a person's page: everything about one stay, read for a stated purpose."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import NotFound
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.offices.models import Office
from apoa.offices.queries import region_path
from apoa.properties.models import Property
from apoa.stays.models import Stay
from apoa.stays.read import StayView, VersionView, stay_view, versions_of
from apoa.supervision.hits import Hit, hits_from
from apoa.supervision.queries import other_stays_of, stay_of
from apoa.supervision.reach import offices_within_reach

MOST_OTHER_STAYS = 50


@dataclass(frozen=True)
class PropertyFacts:
    """The lodging as an officer needs it to go there or to ring up. `region` from the province."""

    property_id: UUID
    name: str
    type: str
    state: str
    address: str
    region: tuple[str, ...]
    office_name: str
    phone: str
    responsible_name: str


@dataclass(frozen=True)
class PersonPage:
    """One stay, decrypted, with its versions (newest first), its lodging and the guest's others.

    `other_stays` are those under the same document number within the actor's reach; empty also
    when the guest had no document, which `has_document` tells apart.
    """

    stay: StayView = field(repr=False)
    versions: tuple[VersionView, ...] = field(repr=False)
    lodging: PropertyFacts
    other_stays: tuple[Hit, ...]
    has_document: bool
    read_at: datetime


def open_person(actor: Actor, property_id: UUID, stay_id: UUID, purpose: str) -> PersonPage:
    """Everything known about one stay. Raises NotFound outside the actor's reach."""
    require(actor, Action.OPEN_PERSON)
    with unit_of_work():
        stay = _get_stay(actor, property_id, stay_id)
        require(actor, Action.OPEN_PERSON, office_id=stay.office_id)
        others = _other_stays(actor, stay)
        record(
            "person_opened",
            subject_type="stay",
            subject_id=stay_id,
            property_id=property_id,
            office_id=stay.office_id,
            purpose=purpose,
            version=stay.version,
            other_stays=len(others),
        )
        return PersonPage(
            stay=stay_view(stay),
            versions=tuple(versions_of(stay)),
            lodging=_facts(property_id),
            other_stays=others,
            has_document=stay.document_blind is not None,
            read_at=now(),
        )


def require_within_reach(actor: Actor, property_id: UUID, stay_id: UUID) -> None:
    """Raises NotFound for what `open_person` would not open; nothing is read of the person."""
    require(actor, Action.OPEN_PERSON)
    _get_stay(actor, property_id, stay_id)


def _get_stay(actor: Actor, property_id: UUID, stay_id: UUID) -> Stay:
    offices = offices_within_reach(actor, Action.OPEN_PERSON)
    stay = session().scalars(stay_of(property_id, stay_id, offices)).one_or_none()
    if stay is None:
        # 404, not 403: do not confirm that another office has this guest.
        raise NotFound("stay")
    return stay


def _other_stays(actor: Actor, stay: Stay) -> tuple[Hit, ...]:
    if stay.document_blind is None:
        return ()
    offices = offices_within_reach(actor, Action.OPEN_PERSON)
    return hits_from(session().execute(other_stays_of(stay, offices, MOST_OTHER_STAYS)).all())


def _facts(property_id: UUID) -> PropertyFacts:
    lodging, office_name = (
        session()
        .execute(
            select(Property, Office.name)
            .join(Office, Office.id == Property.office_id)
            .where(Property.id == property_id)
        )
        .one()
    )
    return PropertyFacts(
        property_id=lodging.id,
        name=lodging.name,
        type=lodging.type,
        state=lodging.state,
        address=lodging.address,
        region=region_path(lodging.region_code),
        office_name=office_name,
        phone=lodging.phone,
        responsible_name=lodging.responsible_name,
    )
