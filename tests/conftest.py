"""A real PostgreSQL for every test: one server a run, one migrated database a worker."""

import base64
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from psycopg import sql

from apoa.app import create_app
from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.base.settings import Settings, settings_from
from apoa.cli import register_commands
from apoa.db.base import db
from apoa.db.roles import load_as_owner
from apoa.db.scope import NOTHING, set_scope
from apoa.offices.load import load_regions
from apoa.permits.load_tables import load_permit_tables
from apoa.start.embedded import ADMIN, EmbeddedPostgres, create_database
from tests.cast import Cast, make_cast
from tests.client import PageClient

# Durability is proved by the journeys, which run the system as it is; here it only costs time.
FAST = (("fsync", "off"), ("synchronous_commit", "off"), ("full_page_writes", "off"))
# What the system comes with; what a test adds to these goes, what it ends is open again.
PERMIT_TABLES = {"permit_kinds", "permit_indexes", "nationality_lists"}
KEPT_TABLES = {"regions", "alembic_version", "offices"} | PERMIT_TABLES
BACK_TO_THE_BEGINNING = (
    "DELETE FROM permit_indexes WHERE created_by IS NOT NULL;"
    "DELETE FROM nationality_lists WHERE created_by IS NOT NULL;"
    "UPDATE nationality_lists SET effective_until = NULL, ended_by = NULL, ended_at = NULL"
    " WHERE ended_by IS NOT NULL;"
)


StartWorker = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """The server of this test process."""
    folder = Path(tempfile.mkdtemp(prefix="apoa-test-"))
    server = EmbeddedPostgres(folder, FAST)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


def key(letter: str) -> str:
    """A key for tests; each letter makes another one."""
    return base64.b64encode(letter.encode() * 32).decode()


def environment_for(server: EmbeddedPostgres, database: str, folder: Path) -> dict[str, str]:
    """The settings of a system under test."""
    return {
        "APOA_ENV": "test",
        "APOA_INSTANCE": str(folder),
        "APOA_DATABASE_URL": server.url("apoa_app", database),
        "APOA_OWNER_DATABASE_URL": server.url("apoa_owner", database),
        "APOA_SECRET_KEY": "s" * 64,
        "APOA_DOCUMENT_KEYS": f"d1:{key('d')}",
        "APOA_BLIND_KEY": key("b"),
        "APOA_RECEIPT_KEYS": f"r1:{key('r')}",
        "APOA_ARGON2_TIME_COST": "1",
        "APOA_ARGON2_MEMORY_KIB": "8",
        "APOA_LOG_LEVEL": "ERROR",
    }


@pytest.fixture(scope="session")
def settings(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the application under test, over an empty database of its own."""
    with psycopg.connect(postgres.url(ADMIN, "postgres"), autocommit=True) as connection:
        create_database(connection, "tests")
    folder = tmp_path_factory.mktemp("instance")
    return settings_from(environment_for(postgres, "tests", folder))


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The application over a migrated database with all regions."""
    made = create_app(settings)
    register_commands(made)
    made.config["PROPAGATE_EXCEPTIONS"] = False
    made.testing = False
    with made.app_context():
        upgrade()
        load_as_owner(settings.owner_database_url, load_regions)
        load_as_owner(settings.owner_database_url, load_permit_tables)
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def clean(app: Flask, postgres: EmbeddedPostgres) -> Iterator[None]:
    """An application context over a database with nothing but regions in it."""
    _empty(postgres)
    with app.app_context():
        set_scope(NOTHING)
        yield
        db.session.remove()
        set_scope(NOTHING)


_empty_statement: dict[str, sql.Composed] = {}


def _empty(postgres: EmbeddedPostgres) -> None:
    with psycopg.connect(postgres.url(ADMIN, "tests"), autocommit=True) as connection:
        if "tests" not in _empty_statement:
            rows = connection.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace ="
                " 'public'::regnamespace"
            )
            tables = [row[0] for row in rows if row[0] not in KEPT_TABLES]
            deletes = [sql.SQL("DELETE FROM {};").format(sql.Identifier(t)) for t in tables]
            # The sandbox office comes with the migrations and stays.
            deletes.append(
                sql.SQL("DELETE FROM offices WHERE id <> {};").format(str(SANDBOX_OFFICE_ID))
            )
            _empty_statement["tests"] = sql.SQL("SET session_replication_role = replica;") + (
                sql.SQL("").join([*deletes, sql.SQL(BACK_TO_THE_BEGINNING)])
            )
        connection.execute(_empty_statement["tests"])


@pytest.fixture
def cast(clean: None) -> Cast:
    """The standing cast: two lodgings in Bengkulu, one in Blitar, and everybody around them."""
    return make_cast()


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A browser without a session; it reads every page strictly."""
    app.test_client_class = PageClient
    return app.test_client()


@pytest.fixture(autouse=True)
def _no_outside_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("APOA_"):
            monkeypatch.delenv(name)


@pytest.fixture
def start_worker(settings: Settings, postgres: EmbeddedPostgres) -> Iterator[StartWorker]:
    """Starts the worker as an operator does."""
    running = []

    def start() -> "subprocess.Popen[bytes]":
        environ = {k: v for k, v in os.environ.items() if not k.startswith("APOA_")}
        environ |= environment_for(postgres, "tests", settings.instance_path)
        environ["FLASK_APP"] = "wsgi"
        started = subprocess.Popen(
            [sys.executable, "-m", "flask", "worker"],
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        running.append(started)
        return started

    yield start
    for one in running:
        if one.poll() is None:
            one.kill()
        one.wait(20)
