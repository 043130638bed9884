"""The worker's jobs for the cross-check: check stays, permits, failures, and what was forgotten."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import procrastinate

from apoa.crosscheck.affected import check_permits
from apoa.crosscheck.check import check_stays
from apoa.crosscheck.defer import QUEUE
from apoa.crosscheck.failures import retry_failed_checks
from apoa.crosscheck.frequencies import count_names

# A stay that cannot be checked is noted by itself; only a database that is gone comes here.
_RETRY = procrastinate.RetryStrategy(max_attempts=12, exponential_wait=3)
InJob = Callable[[], AbstractContextManager[object]]


def add_crosscheck_tasks(worker: procrastinate.App, in_job: InJob) -> None:
    """Puts the jobs on the worker; `in_job` is what every job runs in."""

    @worker.task(name="cross_check_stays", queue=QUEUE, retry=_RETRY)
    def run_check_stays(property_id: str, stay_ids: list[str], rematch: bool = True) -> None:
        with in_job():
            check_stays(UUID(property_id), [UUID(one) for one in stay_ids], rematch=rematch)

    @worker.task(name="cross_check_permits", queue=QUEUE, retry=_RETRY)
    def run_check_permits(permit_ids: list[str]) -> None:
        with in_job():
            check_permits([UUID(one) for one in permit_ids])

    @worker.periodic(cron="* * * * *")
    @worker.task(name="retry_failed_checks", queueing_lock="retry_failed_checks")
    def run_retry_failed_checks(timestamp: int) -> None:
        with in_job():
            retry_failed_checks()

    @worker.periodic(cron="47 18 * * *")
    @worker.task(name="count_names", queueing_lock="count_names")
    def run_count_names(timestamp: int) -> None:
        with in_job():
            count_names()
