"""Cancels a stay that should not have been reported; it stays on record with the reason."""

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


def cancel_stay(
    actor: Actor, property_id: UUID, stay_id: UUID, *, reason: str | None, source: Source
) -> ReportedStay:
    """The report was a mistake. Repeated, it changes nothing, and the first reason stands.

    Raises NotFound, NotAllowed, and InvalidInput without a reason.
    """
    require(actor, Action.CANCEL_STAY, property_id=property_id)
    reason = read_reason(reason, needed=True)
    with unit_of_work():
        lodging = get_lodging(property_id, keep_office=True)
        stay = get_stay(property_id, stay_id, for_change=True)
        if stay.state == StayState.CANCELLED:
            return outcome_of(stay, lodging, duplicate=True)
        change = Change("cancel", actor, source, now(), reason)
        stay.state = StayState.CANCELLED
        stay.cancel_reason = reason
        stay.cancelled_at = stay.updated_at = change.received_at
        stay.source = change.source
        stay.version += 1
        return write_version(NewVersion(stay, report_of(stay)), lodging, change)
