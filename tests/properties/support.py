"""What the tests of lodgings share: a good registration, its mails and their links."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from apoa.access.models import Mail
from apoa.audit.models import AuditRow
from apoa.db.base import session
from apoa.db.scope import scope
from apoa.properties.links import PropertyLinks
from apoa.properties.models import Property, PropertyEvent
from apoa.properties.register import register_property
from apoa.properties.schemas import Registration, RegistrationSchema
from apoa.properties.verify_registration import verify_registration
from tests.cast import EVERYWHERE

LINKS = PropertyLinks("https://apoa.example")
FORM = {
    "type": "homestay",
    "name": "Homestay Bunga Kibut",
    "nib": "9120 0012 3456 7",
    "address": "Jalan Kebun Ros 12",
    "region_code": "17.71.07.1001",
    "latitude": "-3,792845",
    "longitude": "102.260764",
    "rooms": "6",
    "phone": "+62 736 12345",
    "responsible_name": "Siti Rahmawati",
    "responsible_email": "Siti@Example.com",
}
_TOKEN = re.compile(r"https://apoa\.example/\S+/([\w-]{20,})")


def registration(**changes: Any) -> Registration:
    """A sound registration with these fields otherwise."""
    made: Registration = RegistrationSchema().read(FORM)
    return replace(made, **changes)


def read_everywhere(property_id: UUID) -> Property:
    """The lodging's row, detached, whatever scope is in force."""
    with scope(EVERYWHERE):
        lodging = session().scalars(select(Property).where(Property.id == property_id)).one()
        session().refresh(lodging)
        session().expunge(lodging)
    return lodging


def event_kinds(property_id: UUID) -> list[str]:
    """The lodging's history, oldest first."""
    with scope(EVERYWHERE):
        found = session().scalars(
            select(PropertyEvent.kind)
            .where(PropertyEvent.property_id == property_id)
            .order_by(PropertyEvent.id)
        )
        return list(found)


def audit_actions(property_id: UUID) -> list[str]:
    """What the audit says of the lodging, oldest first."""
    with scope(EVERYWHERE):
        found = session().scalars(
            select(AuditRow.action).where(AuditRow.property_id == property_id).order_by(AuditRow.id)
        )
        return list(found)


def mails_to(address: str) -> list[Mail]:
    """The queued mails to an address, oldest first."""
    found = session().scalars(select(Mail).where(Mail.to_address == address).order_by(Mail.id))
    return list(found)


def token_in(mail: Mail) -> str:
    """The token of the link in a mail."""
    found = _TOKEN.search(mail.body or "")
    assert found is not None, "the mail holds no link"
    return found.group(1)


def newest_token(address: str = "siti@example.com") -> str:
    """The token of the newest mail to an address."""
    return token_in(mails_to(address)[-1])


def submitted(**changes: Any) -> UUID:
    """A lodging whose address is verified, waiting for its office."""
    wanted = registration(**changes)
    property_id = register_property(wanted, "id", links=LINKS)
    verify_registration(newest_token(wanted.responsible_email), links=LINKS)
    return property_id


NEAR = {"latitude": Decimal("-3.793000"), "longitude": Decimal("102.260800")}
