"""How far the cross-check is behind: jobs that wait, the age of the oldest, failures, re-checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, text

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.crosscheck.defer import QUEUE
from apoa.crosscheck.models import CheckFailure, Recheck, RecheckState
from apoa.db.base import session
from apoa.offices.models import Office
from apoa.properties.models import Property

MOST_FAILURES = 50
MOST_RECHECKS = 10
# A job whose time has not come is a retry that waits on purpose.
_WAITING = text(
    """
SELECT count(*) AS jobs,
  coalesce(extract(epoch FROM clock_timestamp() - min(coalesce(j.scheduled_at, e.at))), 0) AS age
FROM procrastinate_jobs j LEFT JOIN LATERAL (
  SELECT max(at) AS at FROM procrastinate_events e WHERE e.job_id = j.id
  AND e.type IN ('deferred', 'deferred_for_retry')) e ON true
WHERE j.queue_name = :queue AND j.status IN ('todo', 'doing')
AND (j.scheduled_at IS NULL OR j.scheduled_at <= clock_timestamp())
"""
)
_FAILED_JOBS = text(
    "SELECT count(*) FROM procrastinate_jobs WHERE queue_name = :queue AND status = 'failed'"
)


@dataclass(frozen=True)
class Waiting:
    """Jobs that are due or running, and how many seconds the oldest has waited (0 for none)."""

    jobs: int
    oldest_seconds: float


@dataclass(frozen=True)
class FailureView:
    """A stay that could not be checked: the kind of fault, never what stood in it.

    `next_try_at` is None when it is tried no more by itself.
    """

    property_id: UUID
    property_name: str
    stay_id: UUID
    kind: str
    attempts: int
    failed_at: datetime
    next_try_at: datetime | None


@dataclass(frozen=True)
class RecheckView:
    """A re-check and how far it is. `office_name` is None for the whole country."""

    recheck_id: UUID
    scope: str
    office_id: UUID | None
    office_name: str | None
    rule: str | None
    state: str
    total: int
    done: int
    failed: int
    started_at: datetime
    progressed_at: datetime
    ended_at: datetime | None

    @property
    def percent(self) -> int:
        """How much of it is done; a running one is never whole."""
        if self.state == RecheckState.DONE:
            return 100
        return min(99, 100 * (self.done + self.failed) // max(self.total, 1))


@dataclass(frozen=True)
class Backlog:
    """Everything that the page about the cross-check's work shows."""

    waiting: Waiting
    failed_jobs: int
    failed_stays: int
    failures: tuple[FailureView, ...]
    rechecks: tuple[RecheckView, ...]


def measure_waiting() -> Waiting:
    """For the page and the metrics: the queue itself holds ids only and knows no scope."""
    row = session().execute(_WAITING, {"queue": QUEUE}).one()
    return Waiting(row.jobs, float(row.age))


def count_failed_jobs() -> int:
    """Jobs that gave up: they wait for an operator."""
    return int(session().scalar(_FAILED_JOBS, {"queue": QUEUE}) or 0)


def get_backlog(actor: Actor) -> Backlog:
    """The work that waits; failures within the actor's reach. Raises NotAllowed."""
    require(actor, Action.VIEW_PERMITS)
    return Backlog(
        waiting=measure_waiting(),
        failed_jobs=count_failed_jobs(),
        failed_stays=session().scalar(select(func.count()).select_from(CheckFailure)) or 0,
        failures=tuple(_failures()),
        rechecks=tuple(_rechecks(actor)),
    )


def _failures() -> Sequence[FailureView]:
    rows = session().execute(
        select(CheckFailure, Property.name)
        .join(Property, Property.id == CheckFailure.property_id)
        .order_by(CheckFailure.failed_at.desc())
        .limit(MOST_FAILURES)
    )
    return [
        FailureView(
            one.property_id, name, one.stay_id, one.kind, one.attempts, one.failed_at,
            one.next_try_at,
        )
        for one, name in rows
    ]  # fmt: skip


def _rechecks(actor: Actor) -> Sequence[RecheckView]:
    query = (
        select(Recheck, Office.name)
        .join(Office, Office.id == Recheck.office_id, isouter=True)
        .order_by(Recheck.started_at.desc())
        .limit(MOST_RECHECKS)
    )
    if not actor.national_roles:
        mine = Recheck.office_id.in_(actor.office_roles)
        query = query.where(or_(mine, Recheck.office_id.is_(None)))
    return [
        RecheckView(
            one.id, one.scope, one.office_id, name, one.rule, one.state, one.total, one.done,
            one.failed, one.started_at, one.progressed_at, one.ended_at,
        )
        for one, name in session().execute(query)
    ]  # fmt: skip
