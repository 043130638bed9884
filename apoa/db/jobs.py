"""How an act leaves work for the background: a job in the same transaction as the act itself."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text

from apoa.db.base import session

_DEFER = text(
    "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(:queue, :task, 0, NULL, :queueing_lock,"
    " CAST(:args AS jsonb), CAST(:at AS timestamptz))::procrastinate_job_to_defer_v1])"
)
_DEFER_MANY = text(
    "SELECT procrastinate_defer_jobs_v1(array_agg(ROW(:queue, :task, CAST(:priority AS integer),"
    " NULL, NULL, args, NULL)::procrastinate_job_to_defer_v1))"
    " FROM jsonb_array_elements(CAST(:several AS jsonb)) AS args"
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


def defer_many(
    task: str, several: Sequence[dict[str, Any]], *, queue: str = "default", priority: int = 0
) -> None:
    """Leaves one job for each of the arguments, all in one statement; none for none.

    Of the waiting jobs of a queue those of the highest priority are done first.
    """
    if several:
        parameters = {
            "queue": queue,
            "task": task,
            "priority": priority,
            "several": json.dumps(several, default=str),
        }
        session().execute(_DEFER_MANY, parameters)
