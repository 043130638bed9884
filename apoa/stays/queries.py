"""What the acts of a stay ask the database: the lodging, the stay, its neighbours and versions."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from apoa.base.errors import NotFound
from apoa.db.base import session
from apoa.db.core import rows_of
from apoa.offices.models import Office
from apoa.properties.models import Property
from apoa.stays.models import Receipt, Stay, StayVersion
from apoa.stays.sealing import unseal_version
from apoa.webhooks.announce import is_listened_to


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
    is_listened_to: bool


# One statement each for ever, so that they are compiled once.
_LODGING = (
    select(
        Property.id,
        Property.office_id,
        Property.state,
        Property.type,
        Property.name,
        Property.address,
        Property.time_zone,
        Office.name,
        is_listened_to(Property.id),
    )
    .join(Office, Office.id == Property.office_id)
    .where(Property.id == bindparam("property_id"))
)
_LODGING_KEPT = _LODGING.with_for_update(read=True, key_share=True, of=Property)


def get_lodging(property_id: UUID, *, keep_office: bool = False) -> Lodging:
    """The lodging. Raises NotFound.

    With `keep_office` its office cannot change until the transaction ends, so that no row is
    written for an office that has just handed the lodging over.
    """
    query = _LODGING_KEPT if keep_office else _LODGING
    rows = rows_of(query, property_id=property_id)
    if not rows:
        raise NotFound("property")
    return Lodging(*rows[0])


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
