"""Finds what fell through: stays whose match is not of their present version, and no job waits.

Jobs are made in the transaction of their work, but a queue can be emptied by hand.
"""

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import text

from apoa.base.clock import now
from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.crosscheck.defer import QUEUE, defer_checks, defer_permit_checks
from apoa.db.base import session
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work

REASON = "cross-check"
MOST_FOUND = 10_000
_GIVE_JOBS = timedelta(minutes=10)
_UNCHECKED = text(
    """
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT CAST(one AS uuid) AS stay_id FROM procrastinate_jobs,
    jsonb_array_elements_text(args -> 'stay_ids') AS one
  WHERE queue_name = :queue AND task_name = 'cross_check_stays' AND status IN ('todo', 'doing'))
SELECT s.property_id, s.id FROM stays s
LEFT JOIN matches m ON m.property_id = s.property_id AND m.stay_id = s.id
WHERE s.checked_in_on >= :since_on AND s.updated_at < :before
AND s.office_id <> :sandbox
AND (m.stay_id IS NULL OR m.stay_version < s.version)
AND NOT EXISTS (SELECT FROM waiting w WHERE w.stay_id = s.id)
AND NOT EXISTS (SELECT FROM check_failures f
  WHERE f.property_id = s.property_id AND f.stay_id = s.id)
LIMIT :most
"""
)
_WITHOUT_KEYS = text(
    """
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT CAST(one AS uuid) AS permit_id FROM procrastinate_jobs,
    jsonb_array_elements_text(args -> 'permit_ids') AS one
  WHERE queue_name = :queue AND task_name = 'cross_check_permits' AND status IN ('todo', 'doing'))
SELECT p.id FROM permits p
WHERE p.updated_at < :before
AND NOT EXISTS (SELECT FROM permit_keys k WHERE k.permit_id = p.id)
AND NOT EXISTS (SELECT FROM waiting w WHERE w.permit_id = p.id)
LIMIT :most
"""
)


def find_unchecked_stays(since_on: date) -> int:
    """Leaves jobs for forgotten stays with check-ins from this day on; says for how many."""
    by_lodging: dict[UUID, list[UUID]] = defaultdict(list)
    parameters = {
        "queue": QUEUE,
        "since_on": since_on,
        "before": now() - _GIVE_JOBS,
        "sandbox": SANDBOX_OFFICE_ID,
        "most": MOST_FOUND,
    }
    with unit_of_work(), scope_everywhere(REASON):
        for property_id, stay_id in session().execute(_UNCHECKED, parameters):
            by_lodging[property_id].append(stay_id)
        defer_checks(by_lodging)
    return sum(len(stay_ids) for stay_ids in by_lodging.values())


def find_unkeyed_permits() -> int:
    """Leaves jobs for permits that no stay can find yet; says for how many."""
    parameters = {"queue": QUEUE, "before": now() - _GIVE_JOBS, "most": MOST_FOUND}
    with unit_of_work(), scope_everywhere(REASON):
        permit_ids = list(session().scalars(_WITHOUT_KEYS, parameters))
        defer_permit_checks(permit_ids)
    return len(permit_ids)
