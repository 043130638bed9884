"""Checks many stays again, step by step: the walk stops nowhere for good and shows how far it is.

A step checks some stays, then notes in one commit how far it came and leaves the job of the next
step. A worker killed in the middle repeats its step, which changes nothing the second time.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, func, or_, select, text, tuple_

import apoa.crosscheck.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import current_origin, record
from apoa.base.clock import now, today
from apoa.base.errors import NotAllowed, NotFound, StateConflict
from apoa.base.ids import SANDBOX_OFFICE_ID, new_id
from apoa.crosscheck.check import Checked, check_stays
from apoa.crosscheck.defer import QUEUE
from apoa.crosscheck.models import Recheck, RecheckScope, RecheckState
from apoa.db.base import session
from apoa.db.jobs import Jobs, defer_many
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work
from apoa.properties.models import Property
from apoa.stays.models import Stay, StayState

REASON = "cross-check"
STAYS_IN_A_STEP = 100
LATELY = timedelta(days=21)
YEAR = timedelta(days=366)
_REMATCHING = {RecheckScope.ALL, RecheckScope.OFFICE}
_GIVE_STEPS = timedelta(minutes=10)
_STALLED = text(
    """
SELECT r.id FROM rechecks r WHERE r.state = 'running' AND r.progressed_at < :before
AND NOT EXISTS (
  SELECT FROM procrastinate_jobs WHERE queue_name = :queue AND task_name = 'run_recheck'
  AND args ->> 'recheck_id' = CAST(r.id AS text) AND status IN ('todo', 'doing'))
ORDER BY r.id FOR UPDATE OF r SKIP LOCKED
"""
)
StayKey = tuple[UUID, UUID]


def start_recheck(actor: Actor, office_id: UUID | None = None) -> UUID:
    """Checks all stays of an office again, or with None those of the country; gives its id.

    Raises NotAllowed, NotFound, and StateConflict while the same re-check is running.
    """
    require(actor, Action.RUN_RECHECK, office_id=office_id)
    if office_id is None and not actor.national_roles:
        raise NotAllowed("run_recheck")
    scope = RecheckScope.OFFICE if office_id else RecheckScope.ALL
    with unit_of_work():
        recheck_id = begin_recheck(scope, office_id=office_id)
        if recheck_id is None:
            raise StateConflict.because("recheck-running")
        record(
            "recheck_started", subject_type="recheck", subject_id=recheck_id, office_id=office_id
        )
        return recheck_id


def stop_recheck(actor: Actor, recheck_id: UUID) -> None:
    """Ends a running re-check after its present step. Raises NotAllowed, NotFound."""
    with unit_of_work(), scope_everywhere(REASON):
        recheck = _hold(recheck_id)
        if recheck is None:
            raise NotFound("recheck")
        require(actor, Action.RUN_RECHECK, office_id=recheck.office_id)
        if recheck.office_id is None and not actor.national_roles:
            raise NotAllowed("run_recheck")
        if recheck.state == RecheckState.RUNNING:
            recheck.state, recheck.ended_at = RecheckState.STOPPED, now()
            record("recheck_stopped", subject_type="recheck", subject_id=recheck_id)


def begin_recheck(
    scope: RecheckScope,
    *,
    office_id: UUID | None = None,
    rule: str | None = None,
    time_zone: str | None = None,
    since_on: date | None = None,
) -> UUID | None:
    """Leaves a re-check with the job of its first step; None while the same one is running."""
    with unit_of_work(), scope_everywhere(REASON):
        recheck = Recheck(
            id=new_id(),
            scope=scope,
            office_id=office_id,
            rule=rule,
            time_zone=time_zone,
            since_on=since_on,
            total=0,
            started_by=current_origin().actor_id,
            started_at=now(),
            progressed_at=now(),
        )
        if _is_running(recheck):
            return None
        counted = _stays_of(recheck).with_only_columns(func.count()).order_by(None)
        recheck.total = session().scalar(counted) or 0
        session().add(recheck)
        session().flush()
        _defer_step(recheck.id)
        return recheck.id


def recheck_rule(rule: str) -> UUID:
    """Asks the rules again about a year's stays, because one of them changed. For the worker.

    A walk for the same rule that is under way is given up: its first steps knew the rule before.
    """
    with unit_of_work(), scope_everywhere(REASON):
        for running in session().scalars(
            select(Recheck)
            .where(Recheck.rule == rule, Recheck.state == RecheckState.RUNNING)
            .with_for_update()
        ):
            running.state, running.ended_at = RecheckState.STOPPED, now()
        session().flush()
        since_on = now().date() - YEAR
        recheck_id = begin_recheck(RecheckScope.RULE, rule=rule, since_on=since_on)
    if recheck_id is None:
        raise RuntimeError("two walks for one rule began at once")
    return recheck_id


def recheck_present_guests(time_zone: str) -> UUID | None:
    """Asks the rules about who is, or lately was, in house: a new day has begun in the time zone.

    What a permit's last night or a feed's days of grace decide changes without any report. For
    the worker, every hour, so that a day is made up for after a break; None where the day's walk
    was begun before, or yesterday's is still under way.
    """
    since_on = today(time_zone) - LATELY
    with unit_of_work(), scope_everywhere(REASON):
        begun = select(Recheck.id).where(
            Recheck.scope == RecheckScope.IN_HOUSE,
            Recheck.time_zone == time_zone,
            Recheck.since_on >= since_on,
        )
        if session().scalar(begun.limit(1)) is not None:
            return None
        return begin_recheck(RecheckScope.IN_HOUSE, time_zone=time_zone, since_on=since_on)


def resume_stalled_rechecks() -> int:
    """Leaves the next step's job for walks that lost it; says for how many. For the worker.

    A job that failed for good, or a queue that was emptied by hand, would else end the walk, and
    with it all that may only begin after it.
    """
    with unit_of_work(), scope_everywhere(REASON):
        stalled = list(session().scalars(_STALLED, {"queue": QUEUE, "before": now() - _GIVE_STEPS}))
        for recheck_id in stalled:
            _defer_step(recheck_id)
    return len(stalled)


def run_step(recheck_id: UUID) -> bool:
    """One step of a re-check; whether another one follows. For the worker."""
    with unit_of_work(), scope_everywhere(REASON):
        recheck = session().get(Recheck, recheck_id)
        if recheck is None or recheck.state != RecheckState.RUNNING:
            return False
        before = _cursor(recheck)
        rematch = recheck.scope in _REMATCHING
        keys = _next_stays(recheck)
    outcome = _check(keys, rematch)
    with unit_of_work(), scope_everywhere(REASON):
        held = _hold(recheck_id)
        if held is None or held.state != RecheckState.RUNNING or _cursor(held) != before:
            return False  # It was stopped, or another worker did this very step.
        held.done += outcome.done
        held.failed += outcome.failed
        held.progressed_at = now()
        if len(keys) < STAYS_IN_A_STEP:
            held.state, held.ended_at = RecheckState.DONE, now()
            return False
        held.cursor_property_id, held.cursor_stay_id = keys[-1]
        _defer_step(recheck_id)
        return True


def _check(keys: Sequence[StayKey], rematch: bool) -> Checked:
    by_lodging: dict[UUID, list[UUID]] = defaultdict(list)
    for property_id, stay_id in keys:
        by_lodging[property_id].append(stay_id)
    done = failed = 0
    for property_id, stay_ids in by_lodging.items():
        outcome = check_stays(property_id, stay_ids, rematch=rematch)
        done, failed = done + outcome.done, failed + outcome.failed
    return Checked(done, failed)


def _stays_of(recheck: Recheck) -> Select[UUID, UUID]:
    query = select(Stay.property_id, Stay.id).where(Stay.office_id != SANDBOX_OFFICE_ID)
    if recheck.office_id is not None:
        query = query.where(Stay.office_id == recheck.office_id)
    if recheck.time_zone is not None:
        query = query.join(Property, Property.id == Stay.property_id).where(
            Property.time_zone == recheck.time_zone
        )
    if recheck.since_on is not None:
        # Guests who were there on the day or later, and those who may still be.
        query = query.where(
            or_(Stay.state == StayState.IN_HOUSE, Stay.checked_out_on >= recheck.since_on)
        )
    return query.order_by(Stay.property_id, Stay.id)


def _next_stays(recheck: Recheck) -> list[StayKey]:
    query = _stays_of(recheck).limit(STAYS_IN_A_STEP)
    cursor = _cursor(recheck)
    if cursor is not None:
        query = query.where(tuple_(Stay.property_id, Stay.id) > cursor)
    return [(row.property_id, row.id) for row in session().execute(query)]


def _cursor(recheck: Recheck) -> StayKey | None:
    if recheck.cursor_property_id is None or recheck.cursor_stay_id is None:
        return None
    return recheck.cursor_property_id, recheck.cursor_stay_id


def _hold(recheck_id: UUID) -> Recheck | None:
    query = select(Recheck).where(Recheck.id == recheck_id).with_for_update()
    return session().scalars(query.execution_options(populate_existing=True)).one_or_none()


def _is_running(wanted: Recheck) -> bool:
    same = select(Recheck.id).where(
        Recheck.state == RecheckState.RUNNING,
        Recheck.scope == wanted.scope,
        Recheck.office_id.is_not_distinct_from(wanted.office_id),
        Recheck.rule.is_not_distinct_from(wanted.rule),
        Recheck.time_zone.is_not_distinct_from(wanted.time_zone),
    )
    return session().scalar(same.limit(1)) is not None


def _defer_step(recheck_id: UUID) -> None:
    defer_many(Jobs("run_recheck", [{"recheck_id": recheck_id}], queue=QUEUE))
