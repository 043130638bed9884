"""The responsible person proves the e-mail address: now the office sees the registration."""

from dataclasses import dataclass

from apoa.base.errors import NotFound
from apoa.db.scope import scope_of_property
from apoa.db.unit_of_work import unit_of_work
from apoa.offices.queries import get_office
from apoa.properties.events import take_step
from apoa.properties.links import LinkKind, LinkState, PropertyLinks, find_link, use_link
from apoa.properties.mails import NEW_REGISTRATION, send_mail_to_officer
from apoa.properties.models import Property, PropertyState
from apoa.properties.queries import get_property, list_onboarding_officers, lock_property
from apoa.properties.rules import Step


@dataclass(frozen=True)
class RegistrationStatus:
    """What the holder of a link may know of the registration."""

    lodging: str
    office: str
    state: str
    link: LinkState


def view_registration_link(kind: LinkKind, token: str) -> RegistrationStatus:
    """What a link is about, without using it; raises NotFound for an unknown one."""
    link = find_link(kind, token)
    if link is None:
        raise NotFound("link")
    with scope_of_property(link.property_id):
        lodging = get_property(link.property_id)
        state = link.state
        if kind is LinkKind.VERIFY and lodging.state != PropertyState.UNVERIFIED:
            # Verified by another link of the same registration.
            state = LinkState.USED
        office = get_office(lodging.office_id)
        return RegistrationStatus(lodging.name, office.name, lodging.state, state)


def verify_registration(token: str, *, links: PropertyLinks) -> RegistrationStatus:
    """Hands the registration to its office, whose Insarkom people get a mail.

    Raises NotFound for an unknown link, StateConflict for a used or expired one.
    """
    with unit_of_work():
        property_id = use_link(LinkKind.VERIFY, token)
        with scope_of_property(property_id):
            lodging = lock_property(property_id)
            take_step(lodging, Step.VERIFY, action="verify_registration")
            office = tell_office(lodging, links)
            return RegistrationStatus(lodging.name, office, lodging.state, LinkState.USED)


def tell_office(lodging: Property, links: PropertyLinks) -> str:
    """Queues a mail to each Insarkom officer of the lodging's office; says the office's name."""
    office = get_office(lodging.office_id).name
    for officer in list_onboarding_officers(lodging.office_id):
        send_mail_to_officer(
            officer.email,
            officer.locale,
            NEW_REGISTRATION,
            lodging=lodging.name,
            office=office,
            link=links.review(lodging.id),
        )
    return office
