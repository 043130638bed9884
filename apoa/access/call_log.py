"""Writes the log of calls apart from their work: many at once, each second, off the caller's way.

It is a log and not a proof: a process that is killed loses its last second of it.
"""

import atexit
import os
import threading
from collections import deque
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import Engine, delete, insert, text

from apoa.access.call_models import ApiCall
from apoa.base.clock import now
from apoa.db.base import Base, session
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work

log = structlog.get_logger()

KEPT_FOR = timedelta(days=30)
EVERY_SECONDS = 1.0
_MOST_WAITING = 10_000
_MOST_AT_ONCE = 500
_INSERT = insert(Base.metadata.tables[ApiCall.__tablename__])
# Losing the last instant of a log is no harm; waiting for the disk on every call would be.
_NOT_WAITING = text("SET LOCAL synchronous_commit = off")


class CallLog:
    """The calls of one process that are not written yet.

    Without `in_background` each call is written at once, as a test wants it.
    """

    def __init__(self, *, in_background: bool) -> None:
        self._in_background = in_background
        self._engine: Engine | None = None
        self._begin()
        if in_background:
            atexit.register(self.flush)
            # Threads and held locks do not live on in a fork; what waited is the parent's to write.
            os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        self._waiting: deque[dict[str, Any]] = deque(maxlen=_MOST_WAITING)
        self._writing = threading.Lock()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, engine: Engine, row: dict[str, Any], *, at_once: bool = False) -> None:
        """Keeps a call for the next writing, or writes it now. It never raises."""
        self._engine = engine
        self._waiting.append(row)
        if at_once or not self._in_background:
            self.flush()
        elif self._thread is None:
            self._start()

    def flush(self) -> None:
        """Writes what waits; what cannot be written is given up, with a line in the log."""
        with self._writing:
            while self._waiting and self._engine is not None:
                rows = [
                    self._waiting.popleft() for _ in range(min(len(self._waiting), _MOST_AT_ONCE))
                ]
                self._write(self._engine, rows)

    def _write(self, engine: Engine, rows: Sequence[dict[str, Any]]) -> None:
        try:
            with engine.begin() as connection:
                connection.execute(_NOT_WAITING)
                connection.execute(_INSERT, rows)
        except Exception as error:
            log.warning("calls_not_logged", count=len(rows), kind=type(error).__name__)

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="call-log", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        rest = threading.Event()
        while not rest.wait(EVERY_SECONDS):
            self.flush()


def forget_old_calls() -> int:
    """Deletes the calls of more than thirty days ago; says how many. For a daily job."""
    with unit_of_work(), scope_everywhere("old calls forgotten"):
        done: Any = session().execute(delete(ApiCall).where(ApiCall.at < now() - KEPT_FOR))
        return int(done.rowcount)
