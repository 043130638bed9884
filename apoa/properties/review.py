"""The office decides about a registration: approve it, ask for more, or refuse it."""

from uuid import UUID

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.db.unit_of_work import unit_of_work
from apoa.offices.queries import get_office
from apoa.properties.events import take_step
from apoa.properties.links import LinkKind, PropertyLinks, make_link_token
from apoa.properties.mails import APPROVED, ASKED_BACK, REFUSED, send_mail_about
from apoa.properties.manager import make_manager
from apoa.properties.models import Property
from apoa.properties.queries import get_property, lock_property, require_unchanged
from apoa.properties.rules import Step, require_step
from apoa.properties.schemas import OptionalReasonSchema, ReasonSchema


def approve_registration(
    actor: Actor,
    property_id: UUID,
    *,
    links: PropertyLinks,
    reason: str | None = None,
    seen_event: UUID | None = None,
) -> None:
    """The lodging may report from now on, and its responsible person becomes its manager.

    `seen_event` is the latest step that the officer's page showed. Raises NotFound, NotAllowed,
    InvalidInput for the reason, StateConflict when it is decided already, VersionConflict when it
    changed since it was seen.
    """
    words = OptionalReasonSchema().read({"reason": reason})["reason"]
    with unit_of_work():
        lodging = _begin(actor, property_id, Step.APPROVE, words, seen_event)
        send_mail_about(
            lodging, APPROVED, office=_office_name(lodging), link=links.sign_in(), reason=words
        )
        make_manager(lodging, links, approved_by=actor.user_id)


def ask_back(
    actor: Actor,
    property_id: UUID,
    *,
    links: PropertyLinks,
    reason: str | None,
    seen_event: UUID | None = None,
) -> None:
    """The responsible person gets the reason and a link to mend the form and send it again.

    Raises as `approve_registration`; the reason is needed.
    """
    words = ReasonSchema().read({"reason": reason})["reason"]
    with unit_of_work():
        lodging = _begin(actor, property_id, Step.ASK_BACK, words, seen_event)
        link = links.correct(make_link_token(LinkKind.CORRECT, lodging.id))
        send_mail_about(lodging, ASKED_BACK, office=_office_name(lodging), link=link, reason=words)


def refuse_registration(
    actor: Actor, property_id: UUID, *, reason: str | None, seen_event: UUID | None = None
) -> None:
    """The lodging is not let in; it may register anew. Raises as `ask_back`."""
    words = ReasonSchema().read({"reason": reason})["reason"]
    with unit_of_work():
        lodging = _begin(actor, property_id, Step.REFUSE, words, seen_event)
        send_mail_about(lodging, REFUSED, office=_office_name(lodging), reason=words)


_ACTIONS = {
    Step.APPROVE: "approve_registration",
    Step.ASK_BACK: "ask_back_registration",
    Step.REFUSE: "refuse_registration",
}


def _begin(
    actor: Actor, property_id: UUID, step: Step, reason: str | None, seen_event: UUID | None
) -> Property:
    office_id = get_property(property_id).office_id
    require(actor, Action.REVIEW_REGISTRATION, property_id=property_id, office_id=office_id)
    # Of two officers at once, the second waits here and then finds it decided.
    lodging = lock_property(property_id)
    require_step(lodging, step)
    require_unchanged(property_id, seen_event)
    take_step(lodging, step, action=_ACTIONS[step], reason=reason)
    return lodging


def _office_name(lodging: Property) -> str:
    return get_office(lodging.office_id).name
