"""Whoever takes a feed over is killed in the middle: it goes on, nothing is lost or doubled."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from apoa.base.clock import now, pretend
from apoa.base.settings import Settings
from apoa.db.scope import NOTHING, set_scope
from apoa.permits.feed.models import FeedState
from apoa.permits.feed.receive import preview_feed
from apoa.permits.feed.run import run_feed
from apoa.permits.feed.start import resume_stalled_feeds, start_feed
from tests.cast import EVERYWHERE, Cast, db, scope
from tests.conftest import environment_for
from tests.permits.feed.rows import counts, csv_file, permit, send, the_feed

# So many that a quick machine is still at it when it is told to stop.
ROWS = 30_000
Begin = Callable[..., "subprocess.Popen[str]"]

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("cast")]


@pytest.fixture
def begin(settings: Settings, postgres: Any) -> Iterator[Begin]:
    """Starts a command of the operator's."""
    running = []

    def start(*command: str) -> "subprocess.Popen[str]":
        environ = {k: v for k, v in os.environ.items() if not k.startswith("APOA_")}
        environ |= environment_for(postgres, "tests", settings.instance_path)
        environ["FLASK_APP"] = "wsgi"
        started = subprocess.Popen(
            [sys.executable, "-m", "flask", *command],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
        )
        running.append(started)
        return started

    yield start
    for one in running:
        if one.poll() is None:
            one.kill()
        one.communicate(timeout=20)


def content() -> bytes:
    """A file with two faulty rows, so that the report too must not be doubled."""
    rows = [permit(one) for one in range(ROWS - 2)]
    return csv_file([*rows[:10], permit(1, sex="?"), *rows[10:], permit(2, kind="?")])


def run_sql(statement: str) -> list[Any]:
    """The rows, seen with everybody's eyes."""
    with scope(EVERYWHERE):
        rows = list(db.session.execute(text(statement)))
        db.session.rollback()
    return rows


def wait_for_rows(at_least: int) -> int:
    """How many rows are done, once there are so many."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        rows = run_sql("SELECT done_rows FROM permit_feeds")
        if rows and rows[0].done_rows >= at_least:
            return int(rows[0].done_rows)
        time.sleep(0.05)
    raise AssertionError("nothing came of it")


def require_consistent(done_rows: int) -> None:
    """What is stored is what the feed says, at any moment."""
    [feed] = run_sql("SELECT * FROM permit_feeds")
    assert feed.done_rows >= done_rows
    assert feed.done_rows % 1000 == 0
    [stored] = run_sql("SELECT count(*) AS permits FROM permits")
    assert stored.permits == feed.new
    assert feed.new + feed.refused == feed.done_rows


def require_whole() -> None:
    """Each row once: permits, their history, and the report."""
    [feed] = run_sql("SELECT * FROM permit_feeds")
    assert (feed.state, feed.new, feed.changed, feed.unchanged, feed.refused) == (
        FeedState.DONE, ROWS - 2, 0, 0, 2,
    )  # fmt: skip
    [stored] = run_sql(
        "SELECT (SELECT count(*) FROM permits) AS permits,"
        " (SELECT count(*) FROM permit_history) AS entries,"
        " (SELECT count(*) FROM permit_feed_faults) AS faults,"
        " (SELECT count(*) FROM permit_feed_pieces) AS pieces"
    )
    assert tuple(stored) == (ROWS - 2, ROWS - 2, 2, 0)


def test_a_killed_worker(cast: Cast, begin: Begin) -> None:
    feed_id = send(content())
    with scope(EVERYWHERE):
        mapping = preview_feed(the_feed(feed_id)).guessed
    start_feed(None, feed_id, mapping=mapping, is_dry_run=False)
    worker = begin("worker")
    done = wait_for_rows(2000)
    worker.send_signal(signal.SIGKILL)
    worker.wait(20)
    require_consistent(done)
    assert the_feed(feed_id).state == FeedState.RUNNING
    set_scope(NOTHING)
    with pretend(now() + timedelta(minutes=3)):
        assert resume_stalled_feeds() == 1
    [waiting] = run_sql(
        "SELECT count(*) AS jobs FROM procrastinate_jobs"
        " WHERE task_name = 'run_permit_feed' AND status = 'todo'"
    )
    assert waiting.jobs == 1
    run_feed(feed_id)
    require_whole()


def test_a_killed_command_goes_on_when_it_is_run_again(
    cast: Cast, begin: Begin, tmp_path: Path
) -> None:
    file = tmp_path / "izin.csv"
    file.write_bytes(content())
    command = begin("permits", "import", str(file), "--as-of", "2026-11-20")
    done = wait_for_rows(2000)
    command.send_signal(signal.SIGKILL)
    command.wait(20)
    require_consistent(done)
    again = begin("permits", "import", str(file), "--as-of", "2026-11-20")
    out, _ = again.communicate(timeout=200)
    assert again.returncode == 0
    assert f"{ROWS:,} rows: {ROWS - 2:,} are new" in out
    require_whole()


def test_ctrl_c_stops_and_the_next_run_goes_on(cast: Cast, begin: Begin, tmp_path: Path) -> None:
    file = tmp_path / "izin.csv"
    file.write_bytes(content())
    command = begin("permits", "import", str(file))
    wait_for_rows(2000)
    command.send_signal(signal.SIGINT)
    command.communicate(timeout=60)
    [feed] = run_sql("SELECT id, state, done_rows FROM permit_feeds")
    assert feed.state == FeedState.STOPPED
    out, _ = begin("permits", "import", str(file)).communicate(timeout=200)
    assert "are new" in out
    require_whole()
    assert counts(the_feed(feed.id))[0] == ROWS - 2
