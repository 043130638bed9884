"""The background worker: its jobs, and the sweep for jobs that a killed worker left behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import procrastinate
import structlog
from flask import Flask
from sqlalchemy.engine import make_url

from apoa.access.call_log import forget_old_calls
from apoa.access.issue_token import forget_expired_tokens
from apoa.access.kept_answers import forget_old_answers
from apoa.access.throttle import forget_full_buckets
from apoa.audit.record import Origin, set_origin
from apoa.base.settings import Settings
from apoa.conformance.runs import forget_old_runs
from apoa.db.base import db
from apoa.db.scope import NOTHING, set_scope
from apoa.delivery.crosscheck_tasks import add_crosscheck_tasks
from apoa.delivery.give_way import giving_way
from apoa.delivery.mail_out import send_mail, send_waiting_mails
from apoa.delivery.permit_feed_tasks import add_permit_feed_tasks
from apoa.delivery.webhook_tasks import add_webhook_tasks
from apoa.stays.move_deadlines import SETTLE, settle_outage
from apoa.supervision.stored_search import forget_expired_searches

log = structlog.get_logger()
_RETRY = procrastinate.RetryStrategy(max_attempts=12, exponential_wait=3)


def make_worker(app: Flask) -> procrastinate.App:
    """The job application over the same database; each job runs inside the Flask application."""
    settings: Settings = app.extensions["apoa_settings"]
    worker = procrastinate.App(connector=procrastinate.PsycopgConnector(**_connection(settings)))

    @worker.task(name="send_mail", queue="mail", retry=_RETRY)
    def run_send_mail(mail_id: str) -> None:
        with app.app_context(), _job():
            send_mail(UUID(mail_id))

    @worker.periodic(cron="*/5 * * * *")
    @worker.task(name="send_forgotten_mails", queue="mail", queueing_lock="send_forgotten_mails")
    def run_send_forgotten_mails(timestamp: int) -> None:
        with app.app_context(), _job():
            send_waiting_mails()

    @worker.periodic(cron="23 3 * * *")
    @worker.task(name="forget_full_buckets", queueing_lock="forget_full_buckets")
    def run_forget_full_buckets(timestamp: int) -> None:
        with app.app_context(), _job():
            forget_full_buckets()

    @worker.periodic(cron="41 3 * * *")
    @worker.task(name="forget_old_answers", queueing_lock="forget_old_answers")
    def run_forget_old_answers(timestamp: int) -> None:
        with app.app_context(), _job():
            forget_old_answers()
            forget_expired_tokens()

    @worker.periodic(cron="53 3 * * *")
    @worker.task(name="forget_old_calls", queueing_lock="forget_old_calls")
    def run_forget_old_calls(timestamp: int) -> None:
        with app.app_context(), _job():
            forget_old_calls()
            forget_old_runs()

    @worker.periodic(cron="11 4 * * *")
    @worker.task(name="forget_expired_searches", queueing_lock="forget_expired_searches")
    def run_forget_expired_searches(timestamp: int) -> None:
        with app.app_context(), _job():
            forget_expired_searches()

    @worker.task(name=SETTLE, retry=_RETRY)
    def run_settle_outage(outage_id: str, begun_before: int | None = None) -> None:
        with app.app_context(), _job():
            settle_outage(UUID(outage_id), begun_before)

    @worker.periodic(cron="* * * * *")
    @worker.task(name="retry_stalled_jobs", queueing_lock="retry_stalled_jobs", pass_context=True)
    async def retry_stalled_jobs(context: procrastinate.JobContext, timestamp: int) -> None:
        """Jobs stay `doing` when their worker is killed; its heartbeat tells that it is gone."""
        for job in await worker.job_manager.get_stalled_jobs(seconds_since_heartbeat=60):
            await worker.job_manager.retry_job(job)
            log.warning("stalled_job_retried", task=job.task_name)

    add_webhook_tasks(worker, lambda: _in_job(app))
    add_permit_feed_tasks(worker, lambda: _in_job(app))
    add_crosscheck_tasks(worker, lambda: _giving_way(app))
    return worker


@contextmanager
def _in_job(app: Flask) -> Iterator[None]:
    with app.app_context(), _job():
        yield


@contextmanager
def _giving_way(app: Flask) -> Iterator[None]:
    with giving_way(), _in_job(app):
        yield


class _job:
    """A job begins and ends without scope: it says aloud what it must see."""

    def __enter__(self) -> None:
        set_scope(NOTHING)
        set_origin(Origin(kind="worker"))

    def __exit__(self, *_exc: object) -> None:
        db.session.remove()
        set_scope(NOTHING)


def _connection(settings: Settings) -> dict[str, object]:
    url = make_url(settings.database_url).set(drivername="postgresql")
    return {
        "conninfo": url.render_as_string(hide_password=False),
        "kwargs": {"options": "-c role=apoa_app"},
        "min_size": 1,
        "max_size": 8,
    }
