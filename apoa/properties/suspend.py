"""The office suspends a lodging, lets it report again, closes it, or opens a closed one again."""

from uuid import UUID

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.db.unit_of_work import unit_of_work
from apoa.offices.queries import get_office
from apoa.properties.events import take_step
from apoa.properties.mails import CLOSED, REOPENED, RESUMED, SUSPENDED, MailText, send_mail_about
from apoa.properties.queries import get_property, lock_property, require_unchanged
from apoa.properties.rules import Step, require_step
from apoa.properties.schemas import ReasonSchema

_MAILS: dict[Step, MailText] = {
    Step.SUSPEND: SUSPENDED,
    Step.RESUME: RESUMED,
    Step.CLOSE: CLOSED,
    Step.REOPEN: REOPENED,
}


def suspend_property(
    actor: Actor, property_id: UUID, *, reason: str | None, seen_event: UUID | None = None
) -> None:
    """An approved lodging may not report new stays until resumed.

    Raises NotFound, NotAllowed, InvalidInput for the reason, StateConflict for another state,
    VersionConflict when something happened since `seen_event`.
    """
    _change(actor, property_id, Step.SUSPEND, reason, seen_event)


def resume_property(
    actor: Actor, property_id: UUID, *, reason: str | None, seen_event: UUID | None = None
) -> None:
    """A suspended lodging may report again. Raises as `suspend_property`."""
    _change(actor, property_id, Step.RESUME, reason, seen_event)


def close_property(
    actor: Actor, property_id: UUID, *, reason: str | None, seen_event: UUID | None = None
) -> None:
    """A lodging that takes no guests any more; what it reported stays. As `suspend_property`."""
    _change(actor, property_id, Step.CLOSE, reason, seen_event)


def reopen_property(
    actor: Actor, property_id: UUID, *, reason: str | None, seen_event: UUID | None = None
) -> None:
    """A closed lodging takes guests again. Raises as `suspend_property`."""
    _change(actor, property_id, Step.REOPEN, reason, seen_event)


def _change(
    actor: Actor, property_id: UUID, step: Step, reason: str | None, seen_event: UUID | None
) -> None:
    office_id = get_property(property_id).office_id
    require(actor, Action.SUSPEND_PROPERTY, property_id=property_id, office_id=office_id)
    words = ReasonSchema().read({"reason": reason})["reason"]
    with unit_of_work():
        lodging = lock_property(property_id)
        require_step(lodging, step)
        require_unchanged(property_id, seen_event)
        take_step(lodging, step, action=f"{step}_property", reason=words)
        office = get_office(lodging.office_id).name
        send_mail_about(lodging, _MAILS[step], office=office, reason=words)
