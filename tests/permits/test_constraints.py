"""What the database itself refuses, and what the system comes with."""

from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from apoa.base.settings import Settings
from apoa.db.base import db
from apoa.db.roles import load_as_owner
from apoa.db.scope import scope
from apoa.permits.load_tables import load_permit_tables
from apoa.permits.tables import kind_of_index, list_kinds, nationality_spans
from apoa.start.embedded import ADMIN, EmbeddedPostgres
from tests.cast import EVERYWHERE
from tests.permits.support import permit, rows, store

pytestmark = pytest.mark.usefixtures("cast")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("status = 'lost'", "status"),
        ("status = 'revoked', status_on = NULL", "status_on"),
        ("sex = 'Z'", "sex"),
        ("surname = '', given_names = NULL", "some_name"),
        ("birth_date = '1974'", "birth_date"),
        ("nationality = 'se'", "nationality"),
        ("nationality = 'IDN'", "foreigner"),
        ("issuing_state = 'SE1'", "issuing_state"),
        ("valid_until = valid_from - 1", "until_after_from"),
        ("version = 0", "version"),
        ("kind = 'visa'", "fk_permits_kind"),
    ],
)
def test_a_permit_must_be(change: str, constraint: str) -> None:
    store(permit())
    with scope(EVERYWHERE), pytest.raises(IntegrityError, match=constraint):
        db.session.execute(text(f"UPDATE permits SET {change}"))  # noqa: S608 - of this file


def test_a_permit_that_lasts_a_day_and_one_without_a_first_day_are_sound() -> None:
    store(permit(valid_until=permit().valid_from), permit(number="Y1", valid_from=None))
    assert len(rows("SELECT 1 FROM permits")) == 2


def test_one_document_is_current() -> None:
    store(permit())
    with scope(EVERYWHERE), pytest.raises(IntegrityError, match="uq_permit_documents_current"):
        db.session.execute(
            text(
                "INSERT INTO permit_documents SELECT permit_id, sha256(number_blind),"
                " number_sealed, issuing_state, expires_on, true, false, added_at"
                " FROM permit_documents"
            )
        )


BAD_INDEXES: dict[str, dict[str, Any]] = {
    "first_length": {"first_days": 30, "first_months": 1},
    "first_length ": {"first_days": None},
    "extension": {"extension_days": 1, "extension_months": 1, "most_extensions": 1},
    "most_extensions": {"extension_days": 30, "most_extensions": 0},
    "most_extensions ": {"most_extensions": 1},
    "positive": {"first_days": 0},
    "until_after_from": {"effective_until": "2019-12-31"},
    "code": {"code": "a1"},
    "uq_permit_indexes_code_effective_from": {"code": "B1"},
    "fk_permit_indexes_kind": {"kind": "x"},
}


@pytest.mark.parametrize("constraint", BAD_INDEXES)
def test_an_index_code_must_be(constraint: str, postgres: EmbeddedPostgres) -> None:
    values = {
        "code": "Z9",
        "kind": "voa",
        "first_days": 30,
        "first_months": None,
        "extension_days": None,
        "extension_months": None,
        "most_extensions": 0,
        "effective_from": "2020-01-01",
        "effective_until": None,
    } | BAD_INDEXES[constraint]
    statement = (
        f"INSERT INTO permit_indexes (id, name_id, name_en, created_at, {', '.join(values)})"  # noqa: S608
        f" VALUES (gen_random_uuid(), 'x', 'x', now(), {', '.join(f'%({n})s' for n in values)})"
    )
    with (
        psycopg.connect(postgres.url(ADMIN, "tests")) as connection,
        pytest.raises(psycopg.IntegrityError, match=constraint.strip()),
    ):
        connection.execute(statement, values)


def test_the_tables_that_the_system_comes_with() -> None:
    spans = nationality_spans()
    assert {kind.code for kind in list_kinds()} == {
        *("bvk", "voa", "itk", "itas", "itap", "diplomatic", "service")
    }
    assert kind_of_index()["E33G"] == "itas"
    assert ("bvk", "MYS") in spans
    assert ("bvk", "SWE") not in spans
    assert ("voa", "SWE") in spans
    assert ("voa", "SYR") not in spans
    assert all(last is None for found in spans.values() for _, last in found)


def test_loading_again_changes_nothing(settings: Settings) -> None:
    before = rows("SELECT * FROM permit_indexes ORDER BY id")
    assert load_as_owner(settings.owner_database_url, load_permit_tables) == 7 + 13 + 112
    assert rows("SELECT * FROM permit_indexes ORDER BY id") == before
    assert rows("SELECT count(*) FROM nationality_lists")[0][0] == 112
