"""Runs the whole system until Ctrl-C: database, migrations, demo, web server, worker."""

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import IO

from apoa.base.settings import read_env_file
from apoa.start.embedded import EmbeddedPostgres
from apoa.start.instance import instance_folder, prepare_instance

_STOP_SECONDS = 20
_PR_SET_PDEATHSIG = 1


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
    children: list[subprocess.Popen[bytes]] = []
    try:
        if server is not None:
            server.start()
            environ["APOA_DATABASE_URL"] = server.url()
            environ["APOA_OWNER_DATABASE_URL"] = server.url("apoa_owner")
        _command(environ, "prepare")
        children = [
            _child(environ, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"),
            _child(environ, "-m", "flask", "worker"),
        ]
        _wait_until_open(int(port), children)
        _command(environ, "demo", "welcome")
        return _watch(children)
    except _Stop:
        return 0
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _end(children)
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


def _child(environ: dict[str, str], *words: str) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches us alone, and we end the children in order.
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, *words],
        env=environ,
        cwd=_root(),
        start_new_session=True,
        preexec_fn=_die_with_parent,
    )


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_until_open(port: int, children: list[subprocess.Popen[bytes]]) -> None:
    import socket

    for _ in range(600):
        if any(child.poll() is not None for child in children):
            raise SystemExit(1)
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the web server did not open its port")


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    while True:
        for child in children:
            code = child.poll()
            if code is not None:
                print(f"a process ended by itself ({code}); ending all", file=sys.stderr)
                return 1
        time.sleep(0.5)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + _STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _root() -> Path:
    return Path(__file__).parents[2]
