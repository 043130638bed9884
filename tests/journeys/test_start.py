"""`make run` on a fresh machine: starts, keeps its data, refuses what is unsafe, ends cleanly."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg
import pytest

from apoa.start.embedded import ADMIN, EmbeddedPostgres
from tests.journeys.system import ROOT, System, free_port

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("start")]
# Without the sandboxes in which test keys of the API report.
LODGINGS = "properties WHERE sandbox_of IS NULL"
ROLES = {
    "clerk",
    "manager",
    "insarkom",
    "supervision",
    "head_of_office",
    "directorate",
    "auditor",
}


def count(system: System, table: str) -> int:
    server = EmbeddedPostgres(system.folder)
    with psycopg.connect(server.url(ADMIN)) as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    assert row is not None
    return int(row[0])


def test_every_role_has_a_demo_account_and_every_office_its_officers(system: System) -> None:
    accounts = system.accounts()
    assert {one["role"] for one in accounts} == ROLES
    for role in ("insarkom", "supervision", "head_of_office"):
        offices = {one["office"] for one in accounts if one["role"] == role}
        assert offices == {"bengkulu", "blitar", "tanjung-uban"}
    for one in accounts:
        assert set(one) == {"role", "email", "password", "office", "properties"}
        assert bool(one["properties"]) == (one["role"] in ("clerk", "manager"))


def test_the_start_prints_address_mail_folder_and_accounts(system: System) -> None:
    log = system.log()
    assert system.url in log
    assert str(system.folder / "mail") in log
    assert all(one["email"] in log and one["password"] in log for one in system.accounts())


def test_a_second_start_of_the_same_instance_is_refused(system: System) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "apoa.start"],
        cwd=ROOT,
        env=os.environ | {"APOA_INSTANCE": str(system.folder), "PORT": str(free_port())},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert second.returncode != 0
    assert "runs already" in second.stderr
    urllib.request.urlopen(system.url).close()


def test_a_taken_port_is_named(system: System, tmp_path: Path) -> None:
    other = subprocess.run(
        [sys.executable, "-m", "apoa.start"],
        cwd=ROOT,
        env=os.environ | {"APOA_INSTANCE": str(tmp_path), "PORT": str(system.port)},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert other.returncode != 0
    assert f"port {system.port} is taken" in other.stderr


def test_production_refuses_the_trial_instances_secrets(system: System) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"],
        cwd=ROOT,
        env=os.environ
        | {
            "APOA_INSTANCE": str(system.folder),
            "APOA_ENV": "production",
            "PORT": str(free_port()),
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    for name in ("APOA_SECRET_KEY", "APOA_DOCUMENT_KEYS", "APOA_BLIND_KEY", "APOA_RECEIPT_KEYS"):
        assert f"{name} is missing" in done.stderr


def test_the_page_answers_while_the_database_is_down(system: System) -> None:
    server = EmbeddedPostgres(system.folder)
    server.stop()
    try:
        with urllib.request.urlopen(system.url + "/") as answer:
            assert answer.status == 200
        request = urllib.request.Request(system.url + "/sign-in")
        request.add_header("Cookie", "apoa=some-session")
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request)
        assert caught.value.code == 503
        page = caught.value.read().decode()
        assert "<h1" in page
        assert "psycopg" not in page
    finally:
        server.start()
    with urllib.request.urlopen(system.url + "/sign-in") as answer:
        assert answer.status == 200


def test_the_worker_gives_way_to_the_web_server(system: System) -> None:
    [worker] = system.pids_of("flask worker")
    assert os.getpriority(os.PRIO_PROCESS, worker) == 19
    sessions_share = Path(f"/proc/{worker}/autogroup")
    if sessions_share.exists():
        assert sessions_share.read_text().strip().endswith(" nice 19")
        for web in system.pids_of("gunicorn"):
            assert Path(f"/proc/{web}/autogroup").read_text().strip().endswith(" nice 0")


@pytest.mark.parametrize("what", ["database", "flask worker", "gunicorn"])
def test_what_is_killed_comes_back_by_itself(system: System, what: str) -> None:
    def pids() -> list[int]:
        return [system.postgres_pid()] if what == "database" else system.pids_of(what)

    assert system.process is not None
    killed = pids()
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + 60
    while time.monotonic() < end and not (set(pids()) - set(killed) and answers(system)):
        time.sleep(0.2)
    assert set(pids()) - set(killed)
    assert answers(system)
    assert system.process.poll() is None


def answers(system: System) -> bool:
    """Whether a page that looks into the database is shown."""
    request = urllib.request.Request(system.url + "/sign-in")
    request.add_header("Cookie", "apoa=some-session")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_ctrl_c_ends_all_and_a_second_start_keeps_the_data_and_is_quick(system: System) -> None:
    before = {table: count(system, table) for table in ("users", "stays", LODGINGS, "regions")}
    accounts = system.accounts()
    assert before["stays"] == 60
    assert before[LODGINGS] == 60
    assert before["regions"] == 38 + 514 + 7285 + 83762
    assert system.interrupt() == 0
    assert not EmbeddedPostgres(system.folder).is_running()
    began = time.monotonic()
    system.start()
    assert time.monotonic() - began < 30
    assert {table: count(system, table) for table in before} == before
    assert system.accounts() == accounts


def test_a_long_or_closed_folder_is_no_hindrance(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    folder = closed / ("long" * 20) / "instance"
    server = EmbeddedPostgres(folder)
    modes = closed.stat().st_mode
    try:
        assert server.start() is True
        assert server.start() is False
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("apoa_app",)
    finally:
        server.stop()
    assert not server.is_running()
    assert closed.stat().st_mode == modes
