"""Runs the whole system until Ctrl-C: database, migrations, demo, web server, worker."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn

from apoa.base.settings import read_env_file
from apoa.start.embedded import EmbeddedPostgres, EmbeddedPostgresFailed
from apoa.start.instance import instance_folder, prepare_instance
from apoa.start.part import Part

_STOP_SECONDS = 20


class _Stop(Exception):
    """Somebody asked us to end."""


def run() -> int:
    """Starts everything, waits, ends everything; the exit code is 0 after a wanted end."""
    folder = instance_folder()
    prepare_instance(folder)
    lock = _hold_alone(folder)
    signal.signal(signal.SIGTERM, _on_signal)
    signal.signal(signal.SIGINT, _on_signal)
    environ = read_env_file(folder / "apoa.env") | dict(os.environ)
    environ["APOA_INSTANCE"] = str(folder)
    port = environ.setdefault("PORT", "8000")
    environ.setdefault("APOA_BASE_URL", f"http://127.0.0.1:{port}")
    _require_free(int(port))
    server = None if environ.get("APOA_DATABASE_URL") else EmbeddedPostgres(folder)
    parts: list[Part] = []
    try:
        if server is not None:
            server.start()
            environ["APOA_DATABASE_URL"] = server.url()
            environ["APOA_OWNER_DATABASE_URL"] = server.url("apoa_owner")
        _command(environ, "prepare")
        parts.append(Part(environ, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"))
        parts.append(Part(environ, "-m", "flask", "worker"))
        _wait_until_open(int(port), parts)
        _command(environ, "demo", "welcome")
        _watch(parts, server)
    except _Stop:
        return 0
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _end(parts)
        if server is not None:
            server.stop()
        lock.close()


def _hold_alone(folder: Path) -> IO[str]:
    """Keeps a second start away from the same instance: it would end the first one's database."""
    lock = (folder / "running.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise SystemExit(f"APOA runs already in {folder}") from None
    return lock


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise SystemExit(f"port {port} is taken; choose another one: PORT={port + 1} make run")


def _on_signal(_number: int, _frame: FrameType | None) -> None:
    raise _Stop


def _command(environ: dict[str, str], *words: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "flask", *words], env=environ, cwd=_root()
    )
    if done.returncode:
        raise SystemExit(done.returncode)


def _wait_until_open(port: int, parts: list[Part]) -> None:
    for _ in range(600):
        if any(part.has_ended() for part in parts):
            raise SystemExit(1)
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the web server did not open its port")


def _watch(parts: list[Part], server: EmbeddedPostgres | None) -> NoReturn:
    """Starts again what was killed. A database that was stopped on purpose stays stopped."""
    while True:
        if server is not None and server.was_killed():
            print("the database was killed; starting it again", file=sys.stderr)
            try:
                server.start()
            except EmbeddedPostgresFailed as error:
                print(error, file=sys.stderr)
        for part in parts:
            part.keep()
        time.sleep(0.5)


def _end(parts: list[Part]) -> None:
    for part in parts:
        if not part.has_ended():
            part.process.terminate()
    deadline = time.monotonic() + _STOP_SECONDS
    for part in parts:
        part.end(deadline)


def _root() -> Path:
    return Path(__file__).parents[2]
