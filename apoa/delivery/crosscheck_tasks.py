"""The worker's jobs for the cross-check: check stays, permits, failures, and what was forgotten."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from uuid import UUID

import procrastinate

from apoa.crosscheck.affected import check_permits
from apoa.crosscheck.check import check_stays
from apoa.crosscheck.defer import QUEUE
from apoa.crosscheck.failures import retry_failed_checks
from apoa.crosscheck.findings.nightly import run_nightly
from apoa.crosscheck.frequencies import count_names_at_night, count_names_if_grown
from apoa.crosscheck.models import RecheckScope
from apoa.crosscheck.recheck import (
    LATELY,
    begin_recheck,
    recheck_present_guests,
    recheck_rule,
    resume_stalled_rechecks,
    run_step,
)
from apoa.crosscheck.sweep import find_unchecked_stays, find_unkeyed_permits
from apoa.crosscheck.watchlist.entries import look_for_watched
from apoa.offices.regions import CENTRAL, EASTERN, WESTERN

# A stay that cannot be checked is noted by itself; only a database that is gone comes here.
_RETRY = procrastinate.RetryStrategy(max_attempts=12, exponential_wait=3)
InJob = Callable[[], AbstractContextManager[object]]


def add_crosscheck_tasks(worker: procrastinate.App, in_job: InJob) -> None:
    """Puts the jobs on the worker; `in_job` is what every job runs in."""

    @worker.task(name="cross_check_stays", queue=QUEUE, retry=_RETRY)
    def run_check_stays(
        property_id: str, stay_ids: list[str], rematch: bool = True, changed: bool = False
    ) -> None:
        ids = [UUID(one) for one in stay_ids]
        with in_job():
            check_stays(UUID(property_id), ids, rematch=rematch, changed=changed)

    @worker.task(name="cross_check_permits", queue=QUEUE, retry=_RETRY)
    def run_check_permits(permit_ids: list[str]) -> None:
        with in_job():
            count_names_if_grown()
            check_permits([UUID(one) for one in permit_ids])

    @worker.task(name="run_recheck", queue=QUEUE, retry=_RETRY)
    def run_recheck(recheck_id: str) -> None:
        with in_job():
            run_step(UUID(recheck_id))

    @worker.task(name="recheck_rule", queue=QUEUE, retry=_RETRY)
    def run_recheck_rule(rule: str) -> None:
        with in_job():
            recheck_rule(rule)

    @worker.task(name="look_for_watched", queue=QUEUE, retry=_RETRY)
    def run_look_for_watched(entry_id: str) -> None:
        with in_job():
            look_for_watched(UUID(entry_id))

    _add_periodic_tasks(worker, in_job)


def _add_periodic_tasks(worker: procrastinate.App, in_job: InJob) -> None:
    @worker.periodic(cron="* * * * *")
    @worker.task(name="retry_failed_checks", queueing_lock="retry_failed_checks")
    def run_retry_failed_checks(timestamp: int) -> None:
        with in_job():
            retry_failed_checks()

    @worker.periodic(cron="47 18 * * *")
    @worker.task(name="count_names", queueing_lock="count_names")
    def run_count_names(timestamp: int) -> None:
        with in_job():
            if count_names_at_night():
                begin_recheck(RecheckScope.ALL)

    @worker.periodic(cron="17 * * * *")
    @worker.task(name="find_unchecked", queueing_lock="find_unchecked")
    def run_find_unchecked(timestamp: int) -> None:
        with in_job():
            hour = datetime.fromtimestamp(timestamp, UTC)
            # Once a night all, otherwise those that lodgings still work on.
            find_unchecked_stays(date.min if hour.hour == 20 else hour.date() - LATELY)
            find_unkeyed_permits()
            resume_stalled_rechecks()

    # Every hour: a run that is missed is not made up for, and the next finds what is still to do.
    @worker.periodic(cron="2 * * * *")
    @worker.task(name="recheck_present_guests", queueing_lock="recheck_present_guests")
    def run_recheck_present_guests(timestamp: int) -> None:
        with in_job():
            for time_zone in (EASTERN, CENTRAL, WESTERN):
                recheck_present_guests(time_zone)

    @worker.periodic(cron="37 * * * *")
    @worker.task(name="settle_by_time", queueing_lock="settle_by_time")
    def run_settle_by_time(timestamp: int) -> None:
        with in_job():
            run_nightly()
