"""A report that was on its way while an outage was declared gets its deadline all the same."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from apoa.audit.models import AuditRow
from apoa.db.base import db
from apoa.db.scope import NOTHING, scope, set_scope
from apoa.db.unit_of_work import unit_of_work
from apoa.delivery.worker import make_worker
from apoa.stays.move_deadlines import settle_outage
from tests.cast import EVERYWHERE, Cast
from tests.stays.outage_hours import declare, report_at, stored, withdraw
from tests.webhooks.conftest import everything

LEFT = "SELECT args FROM procrastinate_jobs WHERE task_name = 'settle_outage' ORDER BY id"


def elsewhere(app: Flask, act: Callable[[], Any]) -> Any:
    """What the act gives in a connection of its own."""

    def run() -> Any:
        with app.app_context():
            try:
                return act()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def run_last() -> int:
    """Runs the job that was left last; gives how many have been left by now."""
    set_scope(NOTHING)
    args = everything(LEFT)[-1].args
    settle_outage(UUID(args["outage_id"]), args.get("begun_before"))
    return len(everything(LEFT))


def run_to_the_end() -> None:
    """Runs the jobs until none is left again; PostgreSQL's own upkeep may be at work too."""
    for _ in range(50):
        left = len(everything(LEFT))
        if run_last() == left:
            return
        sleep(0.1)
    pytest.fail("the job never found everybody done")


def test_a_report_on_its_way_is_judged_when_it_has_arrived(app: Flask, cast: Cast) -> None:
    with unit_of_work():
        report_at(cast, 26)
        elsewhere(app, lambda: declare(cast, 2, 5))
        # While the report is not committed the job waits, with the mark that it set itself.
        assert elsewhere(app, run_last) == 2
        assert elsewhere(app, run_last) == 3
    first, *later = [row.args for row in everything(LEFT)]
    assert "begun_before" not in first
    assert later[0]["begun_before"] == later[1]["begun_before"]
    assert stored(cast) == ("late", 24)
    run_to_the_end()
    assert stored(cast) == ("extended", 27)
    with scope(EVERYWHERE):
        row = db.session.scalars(select(AuditRow).where(AuditRow.action == "settle_outage")).one()
        assert row.detail["deadlines_moved"] == 1


def test_where_nobody_was_on_the_way_nothing_is_left_to_do(cast: Cast) -> None:
    report_at(cast, 26)
    withdraw(cast, declare(cast, 2, 5))
    run_to_the_end()
    assert stored(cast) == ("extended", 27)
    assert everything("SELECT 1 FROM audit_rows WHERE action = 'settle_outage'") == []


def test_the_worker_knows_the_job(app: Flask, cast: Cast) -> None:
    declare(cast, 2, 5)
    make_worker(app).run_worker(
        queues=["default"],
        wait=False,
        concurrency=1,
        install_signal_handlers=False,
        listen_notify=False,
    )
    done = "SELECT status::text FROM procrastinate_jobs WHERE task_name = 'settle_outage'"
    assert "succeeded" in [row.status for row in everything(done)]
