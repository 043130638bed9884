"""How an act leaves work for the background: a job in the same transaction as the act itself."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import text

from apoa.db.base import session

_DEFER = text(
    "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(:queue, :task, 0, NULL, :queueing_lock,"
    " CAST(:args AS jsonb), CAST(:at AS timestamptz))::procrastinate_job_to_defer_v1])"
)


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
