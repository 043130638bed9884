"""A PMS that sends a report again until it is answered, and what the database then holds of it."""

import http.client
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

from apoa.start.embedded import ADMIN, EmbeddedPostgres
from tests.api.running import Running

PATIENCE = 120.0
PAUSE = 0.1
# Answers that ask for another try; a connection that breaks asks for it too.
_AGAIN = {409: "idempotency-in-progress", 503: "unavailable"}


@dataclass
class Told:
    """The answer at last; `broken` is how often there was none, `put_off` how often "later"."""

    status: int
    body: dict[str, Any]
    replayed: bool
    broken: int = 0
    put_off: int = 0


@dataclass
class Pms:
    """Reports for one lodging with one key of the running system."""

    running: Running
    key: dict[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where stays of the lodging are reported."""
        return f"/api/v1/properties/{self.key['properties'][0]['id']}/stays"

    def insist(
        self, report: dict[str, Any], key: str | None = None, path: str | None = None
    ) -> Told:
        """Sends until there is an answer, as the guide of retries says."""
        end = time.monotonic() + PATIENCE
        broken = put_off = 0
        while time.monotonic() < end:
            told = self.try_once(report, key, path)
            if told is None:
                broken += 1
            elif told.body.get("code") == _AGAIN.get(told.status, ""):
                put_off += 1
            else:
                told.broken, told.put_off = broken, put_off
                return told
            time.sleep(PAUSE)
        raise AssertionError(f"no answer in {PATIENCE:.0f} seconds: {broken} broken, {put_off} 409")

    def try_once(
        self, report: dict[str, Any], key: str | None = None, path: str | None = None
    ) -> Told | None:
        """One try over a connection of its own; None where the answer does not come."""
        headers = {} if key is None else {"Idempotency-Key": key}
        return self.send("POST", path or self.path, json.dumps(report), headers)

    def read(self, stay_id: str) -> dict[str, Any]:
        """The stay as it is stored."""
        told = self.send("GET", f"{self.path}/{stay_id}")
        assert told is not None
        assert told.status == 200
        return told.body

    def send(
        self, method: str, path: str, body: str | None = None, more: dict[str, str] | None = None
    ) -> Told | None:
        """Any request."""
        headers = {"Authorization": f"Bearer {self.key['key']}", "Content-Type": "application/json"}
        connection = http.client.HTTPConnection("127.0.0.1", self.running.system.port, timeout=30)
        try:
            connection.request(method, path, body, headers | (more or {}))
            answer = connection.getresponse()
            read = json.loads(answer.read())
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        return Told(answer.status, read, "Idempotency-Replayed" in answer.headers)


@contextmanager
def as_admin(running: Running) -> Iterator[psycopg.Connection[Any]]:
    """A connection that sees all rows, whoever's they are."""
    with psycopg.connect(EmbeddedPostgres(running.system.folder).url(ADMIN)) as connection:
        yield connection


def kept_of(running: Running, rooms: list[str]) -> dict[str, tuple[int, ...]]:
    """How many stays, versions, receipts and audit rows each room's report has made."""
    query = """
        SELECT s.room, count(DISTINCT s.id), count(DISTINCT v.version),
               count(DISTINCT r.id), count(DISTINCT a.id)
        FROM stays s
        LEFT JOIN stay_versions v ON v.stay_id = s.id
        LEFT JOIN receipts r ON r.stay_id = s.id
        LEFT JOIN audit_rows a ON a.subject_id = s.id AND a.action = 'report_stay'
        WHERE s.room = ANY(%s) GROUP BY s.room"""
    with as_admin(running) as connection:
        rows = connection.execute(query, [rooms]).fetchall()
    return {room: tuple(counts) for room, *counts in rows}


@contextmanager
def held_table(running: Running, table: str) -> Iterator[None]:
    """Nobody writes to the table meanwhile: who wants to waits in mid-request."""
    with as_admin(running) as connection:
        connection.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(sql.Identifier(table)))
        yield


def wait_until_waited_for(running: Running, table: str) -> None:
    """Until a request has arrived at the held table."""
    query = "SELECT count(*) FROM pg_locks WHERE relation = %s::regclass AND NOT granted"
    end = time.monotonic() + PATIENCE
    with as_admin(running) as connection:
        while time.monotonic() < end:
            row = connection.execute(query, [table]).fetchone()
            if row is not None and row[0]:
                return
            time.sleep(0.02)
    raise AssertionError(f"nobody waits for {table}")


def worker_pids(running: Running) -> list[int]:
    """gunicorn's workers, without the process that starts them."""
    pids = running.system.pids_of("gunicorn")
    parents = {pid: _parent_of(pid) for pid in pids}
    return [pid for pid in pids if parents[pid] in pids]


def kill(pid: int) -> None:
    """With -9: the process learns nothing of it."""
    os.kill(pid, signal.SIGKILL)


class Killer(threading.Thread):
    """Kills the oldest worker whenever so many more answers have come, while the block runs."""

    def __init__(self, running: Running, every: int) -> None:
        super().__init__()
        self._running, self._every = running, every
        self._over = threading.Event()
        self.answers = self.killed = 0

    def answered(self) -> None:
        """One more answer has come."""
        self.answers += 1

    def run(self) -> None:
        """By progress and not by time: workers need seconds to come up on a busy machine."""
        while not self._over.wait(0.02):
            workers = worker_pids(self._running)
            # For a moment there may be none: the last one was killed, and the next is not there.
            if workers and self.answers >= (self.killed + 1) * self._every:
                kill(min(workers))
                self.killed += 1

    def __enter__(self) -> "Killer":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()


def _parent_of(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return int(stat.read().rpartition(")")[2].split()[1])
    except OSError:
        return 0
