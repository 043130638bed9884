"""Takes a check-out or a cancellation back: the guest is in house again."""

from uuid import UUID

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.base.clock import now
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.columns import report_of
from apoa.stays.models import Source, StayState
from apoa.stays.outcome import ReportedStay
from apoa.stays.queries import get_lodging, get_stay
from apoa.stays.reasons import read_reason
from apoa.stays.versions import Change, NewVersion, outcome_of, write_version


def reopen_stay(
    actor: Actor, property_id: UUID, stay_id: UUID, *, source: Source, reason: str | None = None
) -> ReportedStay:
    """The guest is in house after all. A stay in house stays as it is (`duplicate`).

    Raises NotFound, NotAllowed, InvalidInput.
    """
    require(actor, Action.REOPEN_STAY, property_id=property_id)
    reason = read_reason(reason)
    with unit_of_work():
        lodging = get_lodging(property_id, keep_office=True)
        stay = get_stay(property_id, stay_id, for_change=True)
        if stay.state == StayState.IN_HOUSE:
            return outcome_of(stay, lodging, duplicate=True)
        change = Change("reopen", actor, source, now(), reason)
        stay.state = StayState.IN_HOUSE
        stay.checked_out_at = stay.checked_out_on = None
        stay.cancel_reason = stay.cancelled_at = None
        stay.version += 1
        stay.source, stay.updated_at = change.source, change.received_at
        return write_version(NewVersion(stay, report_of(stay)), lodging, change)
