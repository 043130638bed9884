"""The responsible person mends a registration that was asked back, and sends it again."""

from dataclasses import dataclass
from uuid import UUID

from apoa.base.errors import NotFound
from apoa.db.scope import scope_of_property
from apoa.db.unit_of_work import unit_of_work
from apoa.offices.queries import get_office, hold_areas
from apoa.properties.content import read_content, write_content
from apoa.properties.events import take_step
from apoa.properties.links import LinkKind, LinkState, PropertyLinks, find_link, use_link
from apoa.properties.models import Property, PropertyState
from apoa.properties.move import move_property
from apoa.properties.queries import get_property, list_events, lock_property
from apoa.properties.register import send_verification
from apoa.properties.rules import EventKind, Step, require_step
from apoa.properties.schemas import Registration
from apoa.properties.verify_registration import tell_office


@dataclass(frozen=True)
class Correction:
    """What the holder of a correction link sees: the form as sent, and what the office asks."""

    office: str
    reason: str | None
    content: dict[str, str]
    link: LinkState


def view_correction(token: str) -> Correction:
    """The registration to correct; raises NotFound for an unknown link."""
    link = find_link(LinkKind.CORRECT, token)
    if link is None:
        raise NotFound("link")
    with scope_of_property(link.property_id):
        lodging = get_property(link.property_id)
        open_here = link.state is LinkState.OPEN and lodging.state == PropertyState.ASKED_BACK
        state = LinkState.USED if link.state is LinkState.OPEN and not open_here else link.state
        # Who has only a spent link is not shown what was written.
        content = read_content(lodging) if open_here else {}
        return Correction(_office_name(lodging), _last_question(link.property_id), content, state)


def correct_registration(token: str, registration: Registration, *, links: PropertyLinks) -> str:
    """Sends the mended registration to its office, whose queue it joins; says the office's name.

    Another e-mail address must be verified first, as at the beginning. Raises NotFound for an
    unknown link, StateConflict for a spent one, InvalidInput at the region.
    """
    with unit_of_work():
        hold_areas()  # before the lodging, as a change of areas does: neither waits for the other
        property_id = use_link(LinkKind.CORRECT, token)
        with scope_of_property(property_id):
            lodging = lock_property(property_id)
            require_step(lodging, Step.CORRECT)
            changes = write_content(lodging, registration)
            changed = {change["field"] for change in changes}
            if "region_code" in changed:
                move_property(lodging, registration.region_code)
            take_step(lodging, Step.CORRECT, action="correct_registration", changes=changes)
            if "responsible_email" in changed:
                lodging.state = PropertyState.UNVERIFIED
                lodging.submitted_at = None
                send_verification(lodging, links)
                return _office_name(lodging)
            return tell_office(lodging, links)


def _last_question(property_id: UUID) -> str | None:
    asked = (one for one in list_events(property_id) if one.kind == EventKind.ASKED_BACK)
    return next((one.reason for one in asked), None)


def _office_name(lodging: Property) -> str:
    return get_office(lodging.office_id).name
