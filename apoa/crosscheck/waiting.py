"""Takes along what waits: in a busy hour one job checks the guests of twenty.

A check of twenty stays costs hardly more than one of a single stay, and each job of its own costs
as much again. So who checks a lodging's new stays checks those of its waiting jobs with them, and
those jobs go in the very commit of that check.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text

from apoa.crosscheck.defer import QUEUE
from apoa.db.base import session
from apoa.stays.versions import BEFORE_OTHERS

# Among so many of the next jobs: a long queue makes no look at it long.
_LOOKED_AT = 200
_WAITING = text(
    """
SELECT id, args -> 'stay_ids' AS stay_ids FROM (
  SELECT id, task_name, args FROM procrastinate_jobs
  WHERE status = 'todo' AND queue_name = :queue AND priority = :priority
  ORDER BY priority DESC, id LIMIT :looked_at) AS next_ones
WHERE task_name = 'cross_check_stays' AND args ->> 'property_id' = :property_id
AND args -> 'changed' = 'true' AND jsonb_array_length(args -> 'stay_ids') = 1
ORDER BY id LIMIT :most
"""
)
# One that was begun meanwhile is left to whoever began it.
_DONE = text("DELETE FROM procrastinate_jobs WHERE id = ANY (:job_ids) AND status = 'todo'")


def find_waiting(property_id: UUID, most: int) -> dict[UUID, int]:
    """New stays of this lodging that have a waiting job of their own, with its number."""
    if most <= 0:
        return {}
    parameters = {
        "queue": QUEUE,
        "priority": BEFORE_OTHERS,
        "looked_at": _LOOKED_AT,
        "property_id": str(property_id),
        "most": most,
    }
    return {UUID(row.stay_ids[0]): row.id for row in session().execute(_WAITING, parameters)}


def end_waiting(job_ids: Sequence[int]) -> None:
    """These jobs are done with this commit."""
    if job_ids:
        session().execute(_DONE, {"job_ids": list(job_ids)})
