"""The whole system as an operator starts it: `python -m apoa.start`, a browser in front of it."""

import contextlib
import email
import email.policy
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
START_SECONDS = 120


@dataclass
class System:
    """A running system in a folder of its own; it can be killed and started again."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts it and waits until it answers."""
        environ = {k: v for k, v in os.environ.items() if not k.startswith("APOA_")}
        environ |= {
            "APOA_INSTANCE": str(self.folder),
            "PORT": str(self.port),
            "APOA_DEMO_STAYS": "60",
            **self.environ,
        }
        with (self.folder / "system.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "apoa.start"],
                cwd=ROOT,
                env=environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        assert self.process is not None
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(f"it ended: {self.log()[-3000:]}")
            with contextlib.suppress(OSError, urllib.error.URLError):
                urllib.request.urlopen(self.url + "/", timeout=5).close()
                if "Ctrl-C" in self.log().rpartition("APOA: ")[2]:
                    return
            time.sleep(0.2)
        raise AssertionError(f"it did not start: {self.log()[-3000:]}")

    def log(self) -> str:
        """What it printed so far."""
        return (self.folder / "system.log").read_text("utf-8", "replace")

    def interrupt(self) -> int:
        """Ctrl-C; returns the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(40)

    def kill(self) -> None:
        """Kills everything with -9, by the pids of what this system started."""
        assert self.process is not None
        pids = [self.process.pid, *_descendants(self.process.pid), self.postgres_pid()]
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(20)
        end = time.monotonic() + 20
        while time.monotonic() < end and self._port_is_taken():
            time.sleep(0.1)

    def postgres_pid(self) -> int:
        """The pid of its embedded PostgreSQL."""
        return int((self.folder / "pgdata" / "postmaster.pid").read_text().split()[0])

    def pids_of(self, words: str) -> list[int]:
        """The pids of its processes whose command line holds these words."""
        assert self.process is not None
        lines = {pid: Path(f"/proc/{pid}/cmdline") for pid in _descendants(self.process.pid)}
        return [
            pid
            for pid, line in lines.items()
            if line.exists() and words in line.read_text("utf-8", "replace").replace("\0", " ")
        ]

    def _port_is_taken(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def command(self, *words: str) -> str:
        """What a `flask` command prints."""
        environ = {k: v for k, v in os.environ.items() if not k.startswith("APOA_")}
        done = subprocess.run(
            [sys.executable, "-m", "flask", *words],
            cwd=ROOT,
            env=environ | {"APOA_INSTANCE": str(self.folder)},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def accounts(self) -> list[dict[str, Any]]:
        """The demo accounts, as the command prints them."""
        accounts: list[dict[str, Any]] = json.loads(self.command("demo", "credentials", "--json"))[
            "accounts"
        ]
        return accounts

    def mails_to(self, address: str, *, at_least: int = 1) -> list[str]:
        """The texts of the mails to an address, oldest first; waits for the worker."""
        end = time.monotonic() + 30
        while True:
            texts = []
            for path in sorted((self.folder / "mail").glob("*.eml")):
                mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                if mail["To"] == address:
                    texts.append(mail.get_content())
            if len(texts) >= at_least or time.monotonic() > end:
                return texts
            time.sleep(0.2)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _descendants(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout
    parent_of = {int(a): int(b) for a, b in (line.split() for line in listed.splitlines())}
    found: list[int] = []
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        children = [child for child, parent in parent_of.items() if parent == one]
        found += children
        waiting += children
    return found
