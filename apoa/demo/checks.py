"""Leaves the demo's cross-check to the worker, in an order in which nothing is done twice."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select, text

from apoa.crosscheck.defer import QUEUE
from apoa.crosscheck.frequencies import count_names
from apoa.db.base import session
from apoa.db.jobs import Jobs, defer_many
from apoa.demo.living import Lived
from apoa.permits.models import Permit

PERMITS_AT_ONCE, STAYS_AT_ONCE = 250, 50
# First the permits get their keys, then the stays are held against them, and last comes what time
# brings. A guest who is reported meanwhile goes before the stays.
PERMITS_PRIORITY, STAYS_PRIORITY, NIGHTLY_PRIORITY = 8, 0, -5
NIGHTLY = "settle_by_time"
_FORGET = text(
    "DELETE FROM procrastinate_jobs WHERE queue_name = :queue AND status = 'todo'"
    " AND task_name IN ('cross_check_stays', 'cross_check_permits', 'look_for_watched')"
)


def leave_checks(stays: Iterable[Lived]) -> None:
    """Puts few large jobs in the place of the many that each act left by itself."""
    count_names()
    session().execute(_FORGET, {"queue": QUEUE})
    permit_ids = list(session().scalars(select(Permit.id).order_by(Permit.id)))
    permits = [
        {"permit_ids": permit_ids[start : start + PERMITS_AT_ONCE]}
        for start in range(0, len(permit_ids), PERMITS_AT_ONCE)
    ]
    by_lodging: dict[UUID, list[UUID]] = defaultdict(list)
    for one in stays:
        by_lodging[one.lodging.id].append(one.stay_id)
    pieces = [
        {"property_id": property_id, "stay_ids": ids[start : start + STAYS_AT_ONCE]}
        for property_id, ids in by_lodging.items()
        for start in range(0, len(ids), STAYS_AT_ONCE)
    ]
    defer_many(Jobs("cross_check_permits", permits, queue=QUEUE, priority=PERMITS_PRIORITY))
    defer_many(Jobs("cross_check_stays", pieces, queue=QUEUE, priority=STAYS_PRIORITY))
    defer_many(Jobs(NIGHTLY, [{"timestamp": 0}], queue=QUEUE, priority=NIGHTLY_PRIORITY))
