"""Migrations: each goes up and down with data in place, and their end equals the models."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, text

from apoa.app import create_app
from apoa.base.settings import settings_from
from apoa.cli import register_commands
from apoa.db.base import Base, db
from apoa.start.embedded import ADMIN, EmbeddedPostgres, create_database
from tests.conftest import environment_for

REVISIONS = sorted(path.name[:4] for path in Path("migrations/versions").glob("*.py"))
# What stands in the tables while migrations go down and up; by the revision that makes its table.
ROWS = {
    "0002": "INSERT INTO regions VALUES ('17', NULL, 1, 'Bengkulu', 'bengkulu');"
    "INSERT INTO offices VALUES ('01900000-0000-7000-8000-000000000001', 'x', 'X', 'I', now())",
    "0003": "INSERT INTO users (id, email, name, locale, created_at) VALUES"
    " ('01900000-0000-7000-8000-000000000002', 'a@example.com', 'A', 'id', now())",
    "0010": "INSERT INTO permit_kinds VALUES ('voa', 'VoA', 'VoA');"
    "INSERT INTO permits (id, number_sealed, number_blind, issuing_state, kind, surname,"
    " birth_date, nationality, valid_until, status, version, content_mark, as_of, created_at,"
    " updated_at) VALUES ('01900000-0000-7000-8000-000000000003', 'x', 'x', 'SWE', 'voa', 'A',"
    " '1990-00-00', 'SWE', '2026-01-01', 'active', 1, 'x', now(), now(), now());"
    "INSERT INTO permit_history (permit_id, seq, act, status, valid_until, at, content_sealed)"
    " VALUES ('01900000-0000-7000-8000-000000000003', 1, 'imported', 'active', '2026-01-01',"
    " now(), 'x')",
}


@pytest.fixture
def other_app(postgres: EmbeddedPostgres, tmp_path: Path, app: Flask) -> Iterator[Flask]:
    """An application over an empty database of its own."""
    with psycopg.connect(postgres.url(ADMIN, "postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS migrated")
        create_database(connection, "migrated")
    made = create_app(settings_from(environment_for(postgres, "migrated", tmp_path)))
    register_commands(made)
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


def run_as_admin(postgres: EmbeddedPostgres, statement: str) -> None:
    with psycopg.connect(postgres.url(ADMIN, "migrated"), autocommit=True) as connection:
        connection.execute(statement)


def test_revisions_are_numbered_without_a_gap() -> None:
    assert REVISIONS == [f"{number:04}" for number in range(1, len(REVISIONS) + 1)]


def test_each_migration_goes_up_down_and_up_again_with_data(
    other_app: Flask, postgres: EmbeddedPostgres
) -> None:
    before = "base"
    for revision in REVISIONS:
        upgrade(revision=revision)
        downgrade(revision=before)
        upgrade(revision=revision)
        if revision in ROWS:
            run_as_admin(postgres, ROWS[revision])
        before = revision
    downgrade(revision="base")
    with psycopg.connect(postgres.url(ADMIN, "migrated")) as connection:
        left = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relname NOT LIKE 'alembic%'"
            " UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        ).fetchall()
    assert left == []
    upgrade()


def test_the_last_migration_equals_the_models(other_app: Flask, postgres: EmbeddedPostgres) -> None:
    upgrade()
    url = postgres.url("apoa_owner", "migrated").replace("postgresql", "postgresql+psycopg")
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": lambda _o, name, kind, *_r: (
                    not (kind == "table" and name.startswith("procrastinate_"))
                ),
            },
        )
        differences = compare_metadata(context, Base.metadata)
        checks = connection.execute(
            text("SELECT conname FROM pg_constraint WHERE contype = 'c' AND conname LIKE 'ck_%'")
        )
        in_database = {row[0] for row in checks}
    engine.dispose()
    assert differences == []
    in_models = {
        constraint.name
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if str(constraint.name).startswith("ck_")
    }
    assert in_database == in_models
