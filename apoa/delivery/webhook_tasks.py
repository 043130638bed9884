"""The worker's jobs for webhooks: tell endpoints, try deliveries, find what fell through."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import procrastinate

from apoa.delivery.webhooks import deliver_webhook
from apoa.stays.announced import tell_of_deadlines
from apoa.webhooks.announce import QUEUE
from apoa.webhooks.forget import forget_old_events
from apoa.webhooks.tell import find_forgotten, tell_of_events

# A try that ended in a fault of ours is found again by the sweep; the rest is retried by itself.
_RETRY = procrastinate.RetryStrategy(max_attempts=5, exponential_wait=3)


def add_webhook_tasks(
    worker: procrastinate.App, in_job: Callable[[], AbstractContextManager[object]]
) -> None:
    """Puts the jobs on the worker; `in_job` is what every job runs in."""

    @worker.task(name="tell_of_events", queue=QUEUE, retry=_RETRY)
    def run_tell_of_events(property_id: str) -> None:
        with in_job():
            tell_of_events(UUID(property_id))

    @worker.task(name="deliver_webhook", queue=QUEUE)
    def run_deliver_webhook(property_id: str, delivery_id: str) -> None:
        with in_job():
            deliver_webhook(UUID(property_id), UUID(delivery_id))

    @worker.periodic(cron="*/5 * * * *")
    @worker.task(name="find_forgotten_webhooks", queueing_lock="find_forgotten_webhooks")
    def run_find_forgotten_webhooks(timestamp: int) -> None:
        with in_job():
            find_forgotten()

    @worker.periodic(cron="2-59/5 * * * *")
    @worker.task(name="tell_of_deadlines", queueing_lock="tell_of_deadlines")
    def run_tell_of_deadlines(timestamp: int) -> None:
        with in_job():
            tell_of_deadlines()

    @worker.periodic(cron="37 3 * * *")
    @worker.task(name="forget_old_webhook_events", queueing_lock="forget_old_webhook_events")
    def run_forget_old_events(timestamp: int) -> None:
        with in_job():
            forget_old_events()
