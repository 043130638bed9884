"""Each local day has its walk over the guests in house, also after a break of the worker."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import procrastinate
import pytest
from flask import Flask
from sqlalchemy import select, text

from apoa.base.clock import pretend
from apoa.crosscheck.models import Recheck, RecheckState
from apoa.crosscheck.recheck import (
    recheck_present_guests,
    resume_stalled_rechecks,
    start_recheck,
    stop_recheck,
)
from apoa.db.base import session
from apoa.db.scope import NOTHING, scope, set_scope
from apoa.delivery.worker import make_worker
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.findings.support import nov, on_day, report, work

JAKARTA, MAKASSAR, JAYAPURA = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"


@pytest.fixture
def worker(app: Flask, cast: Cast) -> Iterator[procrastinate.App]:
    yield make_worker(app)
    set_scope(NOTHING)


def run(worker: procrastinate.App, task: str, at: datetime) -> None:
    """The periodic job of an instant, as the worker runs it."""
    with pretend(at):
        worker.tasks[task].func(timestamp=int(at.timestamp()))


def walks() -> list[str | None]:
    """The time zones that were walked over, in the order in which that began."""
    with scope(EVERYWHERE):
        asked = select(Recheck.time_zone).order_by(Recheck.started_at, Recheck.id)
        found = list(session().scalars(asked))
        session().rollback()
    return found


def test_a_day_is_walked_once_whenever_the_worker_is_there(worker: procrastinate.App) -> None:
    """Down from the evening of the 9th until 11.00 in Jakarta; then every hour."""
    for hour in range(4, 15):
        run(worker, "recheck_present_guests", datetime(2026, 11, 10, hour, 2, tzinfo=UTC))
        work()
    assert sorted(map(str, walks())) == [JAKARTA, JAYAPURA, MAKASSAR]
    for hour in range(15, 24):
        run(worker, "recheck_present_guests", datetime(2026, 11, 10, hour, 2, tzinfo=UTC))
        work()
    assert walks()[3:] == [JAYAPURA, MAKASSAR, JAKARTA]


def test_a_day_waits_for_the_walk_of_yesterday(cast: Cast) -> None:
    set_scope(NOTHING)
    with on_day(nov(10)):
        assert recheck_present_guests(JAKARTA) is not None
    with on_day(nov(11)):
        assert recheck_present_guests(JAKARTA) is None
        work()
        assert recheck_present_guests(JAKARTA) is not None
        work()
        assert recheck_present_guests(JAKARTA) is None


def forget_jobs() -> None:
    set_scope(NOTHING)
    session().execute(text("DELETE FROM procrastinate_jobs"))
    session().commit()


def test_a_walk_that_lost_its_step_goes_on(cast: Cast, worker: procrastinate.App) -> None:
    at = datetime(2026, 11, 12, 5, tzinfo=UTC)
    with pretend(at):
        report(cast)
        work()
        set_scope(NOTHING)
        recheck_id = recheck_present_guests(JAKARTA)
        forget_jobs()
        assert resume_stalled_rechecks() == 0
    run(worker, "find_unchecked", at + timedelta(minutes=17))
    with pretend(at + timedelta(minutes=18)):
        assert resume_stalled_rechecks() == 0
        work()
        with scope(EVERYWHERE):
            done = session().get_one(Recheck, recheck_id)
            assert (done.state, done.done) == (RecheckState.DONE, 1)
            session().rollback()


def test_a_walk_that_was_stopped_stays_so(cast: Cast) -> None:
    with on_day(nov(12)):
        recheck_id = start_recheck(cast.act_as("directorate"))
        stop_recheck(cast.act_as("directorate"), recheck_id)
        forget_jobs()
    with on_day(nov(13)):
        assert resume_stalled_rechecks() == 0
