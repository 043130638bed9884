"""The worker's jobs for permit feeds: take one over, find those that stopped, forget old files."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import procrastinate

from apoa.permits.feed.run import run_feed
from apoa.permits.feed.start import QUEUE, TASK, forget_old_files, resume_stalled_feeds

_RETRY = procrastinate.RetryStrategy(max_attempts=5, exponential_wait=5)


def add_permit_feed_tasks(
    worker: procrastinate.App, in_job: Callable[[], AbstractContextManager[object]]
) -> None:
    """Puts the jobs on the worker; `in_job` is what every job runs in."""

    @worker.task(name=TASK, queue=QUEUE, retry=_RETRY)
    def run_permit_feed(feed_id: str) -> None:
        with in_job():
            run_feed(UUID(feed_id))

    @worker.periodic(cron="* * * * *")
    @worker.task(name="resume_stalled_feeds", queueing_lock="resume_stalled_feeds")
    def run_resume_stalled_feeds(timestamp: int) -> None:
        with in_job():
            resume_stalled_feeds()

    @worker.periodic(cron="17 4 * * *")
    @worker.task(name="forget_old_feed_files", queueing_lock="forget_old_feed_files")
    def run_forget_old_feed_files(timestamp: int) -> None:
        with in_job():
            forget_old_files()
