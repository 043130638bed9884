"""Checks guests out: one, or several at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.base.clock import local_date, now
from apoa.base.errors import InvalidInput, Problem, Refused, StateConflict
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.columns import report_of
from apoa.stays.models import Source, Stay, StayState
from apoa.stays.outcome import ReportedStay
from apoa.stays.queries import Lodging, get_lodging, get_stay
from apoa.stays.rules import check_instants
from apoa.stays.versions import Change, NewVersion, outcome_of, write_version

# A button pressed twice says two instants for one departure.
_SAME_DEPARTURE = timedelta(minutes=1)


def check_out_stay(
    actor: Actor, property_id: UUID, stay_id: UUID, checked_out_at: datetime, *, source: Source
) -> ReportedStay:
    """The guest left at this aware instant. Repeated, it changes nothing (`duplicate`).

    Raises NotFound, NotAllowed, InvalidInput, and StateConflict for a cancelled stay or one that
    departed at another time.
    """
    require(actor, Action.CHECK_OUT_STAY, property_id=property_id)
    with unit_of_work():
        lodging = get_lodging(property_id, keep_office=True)
        stay = get_stay(property_id, stay_id, for_change=True)
        if stay.state == StayState.DEPARTED and not _is_same(stay, checked_out_at):
            raise StateConflict.because("stay-already-departed", "/checked_out_at")
        return _check_out(actor, lodging, stay, checked_out_at, source)


def check_out_many(
    actor: Actor,
    property_id: UUID,
    stay_ids: Sequence[UUID],
    checked_out_at: datetime,
    *,
    source: Source,
) -> tuple[ReportedStay, ...]:
    """All these guests left at this instant: all are checked out, or none.

    Who had departed already stays as they are. Outcomes stand in the order asked for. Raises as
    `check_out_stay`; the pointers of problems begin with "/stay_ids/<place>".
    """
    require(actor, Action.CHECK_OUT_STAY, property_id=property_id)
    done: dict[UUID, ReportedStay] = {}
    problems: list[Problem] = []
    with unit_of_work():
        lodging = get_lodging(property_id, keep_office=True)
        # In one order for everybody, so that two group check-outs cannot wait for each other.
        for stay_id in sorted(set(stay_ids)):
            stay = get_stay(property_id, stay_id, for_change=True)
            try:
                done[stay_id] = _check_out(actor, lodging, stay, checked_out_at, source)
            except Refused as error:
                prefix = f"/stay_ids/{stay_ids.index(stay_id)}"
                problems += [replace(one, pointer=prefix + one.pointer) for one in error.problems]
        if problems:
            raise StateConflict(problems)
    return tuple(done[stay_id] for stay_id in stay_ids)


def _check_out(
    actor: Actor, lodging: Lodging, stay: Stay, checked_out_at: datetime, source: Source
) -> ReportedStay:
    if stay.state == StayState.CANCELLED:
        raise StateConflict.because("stay-cancelled")
    if stay.state == StayState.DEPARTED:
        return outcome_of(stay, lodging, duplicate=True)
    if checked_out_at.utcoffset() is None:
        raise InvalidInput.because("invalid-instant", "/checked_out_at")
    faults = [
        one
        for one in check_instants(stay.checked_in_at, checked_out_at, now())
        if one.pointer == "/checked_out_at"
    ]
    if faults:
        raise InvalidInput(faults)
    change = Change("check_out", actor, source, now())
    stay.state = StayState.DEPARTED
    stay.checked_out_at = checked_out_at
    stay.checked_out_on = local_date(checked_out_at, lodging.time_zone)
    stay.version += 1
    stay.source, stay.updated_at = change.source, change.received_at
    return write_version(NewVersion(stay, report_of(stay)), lodging, change)


def _is_same(stay: Stay, checked_out_at: datetime) -> bool:
    if stay.checked_out_at is None or checked_out_at.utcoffset() is None:
        return False
    return abs(stay.checked_out_at - checked_out_at) <= _SAME_DEPARTURE
