"""What the acts of a stay ask the database: the lodging, the stay, its neighbours and versions."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from apoa.base.clock import local_date, today
from apoa.base.errors import NotFound
from apoa.db.base import session
from apoa.offices.models import Office
from apoa.properties.models import Property
from apoa.stays.content import StayReport
from apoa.stays.models import Receipt, Stay, StayState, StayVersion
from apoa.stays.sealing import find_document_blind, unseal_version
from apoa.stays.warnings import Neighbour, Nights, folded_name, is_minor


@dataclass(frozen=True)
class Lodging:
    """What a stay needs to know of its lodging."""

    property_id: UUID
    office_id: UUID
    state: str
    type: str
    name: str
    address: str
    time_zone: str
    office_name: str


def get_lodging(property_id: UUID, *, keep_office: bool = False) -> Lodging:
    """The lodging. Raises NotFound.

    With `keep_office` its office cannot change until the transaction ends, so that no row is
    written for an office that has just handed the lodging over.
    """
    query = (
        select(
            Property.id,
            Property.office_id,
            Property.state,
            Property.type,
            Property.name,
            Property.address,
            Property.time_zone,
            Office.name,
        )
        .join(Office, Office.id == Property.office_id)
        .where(Property.id == property_id)
    )
    if keep_office:
        query = query.with_for_update(read=True, key_share=True, of=Property)
    row = session().execute(query).one_or_none()
    if row is None:
        raise NotFound("property")
    return Lodging(*row)


def get_stay(property_id: UUID, stay_id: UUID, *, for_change: bool = False) -> Stay:
    """The stay of this lodging; `for_change` holds it until the transaction ends.

    Raises NotFound.
    """
    query = select(Stay).where(Stay.property_id == property_id, Stay.id == stay_id)
    if for_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    stay = session().scalars(query).one_or_none()
    if stay is None:
        raise NotFound("stay")
    return stay


def find_stay_by_client_ref(property_id: UUID, client_ref: str) -> Stay | None:
    """The stay that the sender named so."""
    return (
        session()
        .scalars(select(Stay).where(Stay.property_id == property_id, Stay.client_ref == client_ref))
        .one_or_none()
    )


def find_stay_by_submission(property_id: UUID, submission_id: UUID) -> Stay | None:
    """The stay that this form made."""
    return (
        session()
        .scalars(
            select(Stay).where(Stay.property_id == property_id, Stay.submission_id == submission_id)
        )
        .one_or_none()
    )


def get_version_content(property_id: UUID, stay_id: UUID, version: int) -> dict[str, Any]:
    """The content of one version. Raises NotFound."""
    sealed = session().scalar(
        select(StayVersion.content_sealed).where(
            StayVersion.property_id == property_id,
            StayVersion.stay_id == stay_id,
            StayVersion.version == version,
        )
    )
    if sealed is None:
        raise NotFound("stay version")
    return unseal_version(stay_id, version, sealed)


def get_receipt(property_id: UUID, stay_id: UUID, version: int) -> Receipt:
    """The receipt of one version. Raises NotFound."""
    receipt = (
        session()
        .scalars(
            select(Receipt).where(
                Receipt.property_id == property_id,
                Receipt.stay_id == stay_id,
                Receipt.version == version,
            )
        )
        .one_or_none()
    )
    if receipt is None:
        raise NotFound("receipt")
    return receipt


def list_neighbours(
    lodging: Lodging, report: StayReport, *, besides: UUID | None = None
) -> list[Neighbour]:
    """The stays of this lodging with the same document or birth date; for a child, its party too.

    None cancelled, and none that was over before this one began.
    """
    checked_in_on = local_date(report.checked_in_at, lodging.time_zone)
    blind = find_document_blind(report.document.number)
    same_birth = and_(
        Stay.office_id == lodging.office_id, Stay.birth_date == report.guest.birth_date
    )
    alike = [same_birth]
    if blind is not None:
        alike.append(Stay.document_blind == blind)
    if report.party_ref is not None and is_minor(report.guest.birth_date, checked_in_on):
        alike.append(Stay.party_ref == report.party_ref)
    query = select(*_NEIGHBOUR_COLUMNS).where(
        Stay.property_id == lodging.property_id,
        Stay.state != StayState.CANCELLED,
        Stay.checked_in_on <= report.expected_departure_on,
        or_(Stay.checked_out_on.is_(None), Stay.checked_out_on >= checked_in_on),
        or_(*alike),
    )
    if besides is not None:
        query = query.where(Stay.id != besides)
    day = today(lodging.time_zone)
    return [_neighbour(row, blind, day) for row in session().execute(query)]


_NEIGHBOUR_COLUMNS = (
    Stay.id,
    Stay.surname,
    Stay.given_names,
    Stay.birth_date,
    Stay.party_ref,
    Stay.document_blind,
    Stay.checked_in_on,
    Stay.expected_departure_on,
    Stay.checked_out_on,
)


def _neighbour(row: Any, blind: bytes | None, day: date) -> Neighbour:
    # A guest who should have left and did not is still here.
    until_on = row.checked_out_on or max(row.expected_departure_on, day)
    return Neighbour(
        stay_id=row.id,
        nights=Nights(row.checked_in_on, until_on),
        same_document=blind is not None and row.document_blind == blind,
        folded_name=folded_name(row.surname, row.given_names),
        birth_date=row.birth_date,
        party_ref=row.party_ref,
    )
