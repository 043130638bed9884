"""How an act leaves work for the background: a job in the same transaction as the act itself."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from apoa.db.base import session

_DEFER = text(
    "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(:queue, :task, 0, NULL, :queueing_lock,"
    " CAST(:args AS jsonb), CAST(:at AS timestamptz))::procrastinate_job_to_defer_v1])"
)
# Gives one row: the numbers of the jobs; NULL for none.
DEFER_JOBS = (
    "SELECT procrastinate_defer_jobs_v1(array_agg(ROW(:queue, :task, CAST(:priority AS integer),"
    " NULL, NULL, args, NULL)::procrastinate_job_to_defer_v1))"
    " FROM jsonb_array_elements(CAST(:several AS jsonb)) AS args"
)
_DEFER_MANY = text(DEFER_JOBS)


@dataclass(frozen=True)
class Jobs:
    """One job for each of the arguments; those of the highest priority in a queue go first."""

    task: str
    several: Sequence[dict[str, Any]]
    queue: str = "default"
    priority: int = 0

    @property
    def values(self) -> dict[str, Any]:
        """What `DEFER_JOBS` must be told."""
        return {
            "queue": self.queue,
            "task": self.task,
            "priority": self.priority,
            "several": json.dumps(self.several, default=str),
        }


def defer(task: str, *, queue: str = "default", at: datetime | None = None, **args: Any) -> None:
    """Leaves a job for the worker; it exists if, and only if, the transaction commits.

    `args` hold ids only, never personal data: the queue is not encrypted.
    """
    parameters = {
        "queue": queue,
        "task": task,
        "queueing_lock": None,
        "args": json.dumps(args, default=str),
        "at": at,
    }
    session().execute(_DEFER, parameters)


def defer_many(jobs: Jobs) -> None:
    """Leaves all of them in one statement; none for none."""
    if jobs.several:
        session().execute(_DEFER_MANY, jobs.values)
