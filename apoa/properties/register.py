"""A lodging registers itself: anybody may, and proves the e-mail address before anybody looks."""

from uuid import UUID

from apoa.access.throttle import take
from apoa.audit.record import current_origin
from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.db.scope import scope_of_property
from apoa.db.unit_of_work import unit_of_work
from apoa.offices.queries import get_office
from apoa.properties.content import write_content
from apoa.properties.events import add_event, record_about
from apoa.properties.links import LinkKind, PropertyLinks, find_link, make_link_token
from apoa.properties.mails import VERIFY, send_mail_about
from apoa.properties.models import Property, PropertyState
from apoa.properties.place import place_of
from apoa.properties.queries import lock_property
from apoa.properties.rules import EventKind
from apoa.properties.schemas import Registration

_HOUR, _DAY = 3600, 86400
_LOCALES = ("id", "en")


def register_property(registration: Registration, locale: str, *, links: PropertyLinks) -> UUID:
    """A new lodging, waiting for its e-mail address to be verified within three days.

    `locale` ("id" or "en") is the language of its mails. Raises InvalidInput at the region when
    no office answers for it, and Throttled after ten tries an hour from one network address or
    five mails a day to one e-mail address.
    """
    _slow_down(registration.responsible_email)
    with unit_of_work():
        place = place_of(registration.region_code)
        property_id = new_id()
        with scope_of_property(property_id):
            lodging = Property(
                id=property_id,
                office_id=place.office_id,
                state=PropertyState.UNVERIFIED,
                region_code=registration.region_code,
                time_zone=place.time_zone,
                locale=locale if locale in _LOCALES else "id",
                created_at=now(),
            )
            write_content(lodging, registration)
            session().add(lodging)
            session().flush()
            add_event(lodging, EventKind.REGISTERED)
            record_about(lodging, "register_property", type=registration.type.value)
            send_verification(lodging, links)
    return property_id


def resend_verification(token: str, *, links: PropertyLinks) -> bool:
    """Sends another link to the address of a registration whose link has ended.

    Nothing is told to who has only an old link: False when there is nothing to verify. Raises
    Throttled.
    """
    link = find_link(LinkKind.VERIFY, token)
    if link is None:
        return False
    with unit_of_work(), scope_of_property(link.property_id):
        lodging = lock_property(link.property_id)
        if lodging.state != PropertyState.UNVERIFIED:
            return False
        _slow_down(lodging.responsible_email)
        record_about(lodging, "resend_verification")
        send_verification(lodging, links)
        return True


def send_verification(lodging: Property, links: PropertyLinks) -> None:
    """Queues the mail with the link that proves the address of an unverified lodging."""
    token = make_link_token(LinkKind.VERIFY, lodging.id)
    office = get_office(lodging.office_id)
    send_mail_about(lodging, VERIFY, office=office.name, link=links.verify(token))


def _slow_down(email: str) -> None:
    take(("register-property", current_origin().address or ""), capacity=10, per_seconds=_HOUR)
    take(("register-property-mail", email), capacity=5, per_seconds=_DAY)
