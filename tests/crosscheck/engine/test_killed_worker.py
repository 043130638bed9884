"""A worker killed in the middle of a walk over all stays: nothing is lost, nothing is doubled."""

import signal
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from apoa.base.clock import now
from apoa.crosscheck.affected import check_permits
from apoa.crosscheck.models import Recheck
from apoa.crosscheck.recheck import start_recheck
from apoa.db.base import session
from apoa.db.scope import NOTHING, scope, set_scope
from apoa.permits.content import DocumentContent
from apoa.stays.models import Source
from apoa.stays.outcome import ReportedStay
from apoa.stays.report import report_items
from tests.cast import EVERYWHERE, Cast
from tests.conftest import StartWorker
from tests.crosscheck.engine.conftest import make_permit, register
from tests.factories import make_mapping

STAYS = 250


def run_sql(statement: str) -> list[Any]:
    """The rows, seen with everybody's eyes."""
    with scope(EVERYWHERE):
        rows = list(session().execute(text(statement)))
        session().rollback()
    return rows


def change(statement: str) -> None:
    with scope(EVERYWHERE):
        session().execute(text(statement))
        session().commit()


def fill(cast: Cast) -> None:
    """So many guests of a lodging, each with a permit of their own that has run out."""
    numbers = [f"E{place:07}" for place in range(STAYS)]
    names = [f"GUEST{chr(65 + place % 26)}{chr(65 + place // 26)}" for place in range(STAYS)]
    births = [
        f"19{50 + place % 50}-{place % 12 + 1:02}-{place % 28 + 1:02}" for place in range(STAYS)
    ]
    yesterday = now().date() - timedelta(days=2)
    permit_ids = register(
        *(
            make_permit(
                f"P{number}",
                surname=name,
                birth_date=birth,
                valid_until=yesterday,
                documents=(DocumentContent(number, "SWE"),),
            )
            for number, name, birth in zip(numbers, names, births, strict=True)
        )
    )
    set_scope(NOTHING)
    check_permits(permit_ids)
    clerk = cast.act_as("clerk_a")
    items = [
        make_mapping(
            surname=name,
            birth_date=birth,
            document_number=number,
            room=number,
            checked_in_at=now() - timedelta(hours=20),
        )
        for number, name, birth in zip(numbers, names, births, strict=True)
    ]
    answers = report_items(clerk, cast.property_a, items, source=Source.API)
    assert all(isinstance(one, ReportedStay) for one in answers)
    change("DELETE FROM procrastinate_jobs")


def wait_until(recheck_id: UUID, is_so: Callable[[Recheck], bool]) -> Recheck:
    end = time.monotonic() + 180
    while True:
        with scope(EVERYWHERE):
            found = session().get_one(Recheck, recheck_id)
            session().expunge(found)
            session().rollback()
        if is_so(found):
            return found
        assert time.monotonic() < end, (found.state, found.done)
        time.sleep(0.05)


@pytest.mark.slow
def test_the_walk_goes_on_where_it_was(cast: Cast, start_worker: StartWorker) -> None:
    fill(cast)
    recheck_id = start_recheck(cast.act_as("directorate"))
    set_scope(NOTHING)
    worker = start_worker()
    # In the middle of a step: one is noted, and the next has stored something already.
    wait_until(recheck_id, lambda one: one.done >= 100)
    while run_sql("SELECT count(*) FROM matches")[0][0] <= 100:
        time.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    assert worker.wait(20) == -signal.SIGKILL
    stopped = wait_until(recheck_id, lambda _: True)
    assert stopped.state == "running"
    assert stopped.done < STAYS
    # The sweep does so a minute after the last heartbeat.
    change("UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL WHERE status = 'doing'")
    again = start_worker()
    done = wait_until(recheck_id, lambda one: one.state == "done")
    again.send_signal(signal.SIGTERM)
    assert again.wait(30) == 0
    assert (done.total, done.done, done.failed) == (STAYS, STAYS, 0)
    [row] = run_sql(
        "SELECT count(*), count(DISTINCT stay_id), count(DISTINCT permit_id),"
        " bool_and(band = 'linked') FROM matches"
    )
    assert tuple(row) == (STAYS, STAYS, STAYS, True)
    [row] = run_sql(
        "SELECT count(*), count(DISTINCT stay_id) FROM findings WHERE rule = 'permit-expired'"
        " AND state = 'open'"
    )
    assert tuple(row) == (STAYS, STAYS)
    [row] = run_sql(
        "SELECT count(*) FROM finding_events e JOIN findings f ON f.id = e.finding_id"
        " WHERE f.rule = 'permit-expired'"
    )
    assert row[0] == STAYS, "each was opened once and nothing was done to it since"
    assert run_sql("SELECT * FROM check_failures") == []
    assert run_sql("SELECT id FROM procrastinate_jobs WHERE queue_name = 'crosscheck'") == []
