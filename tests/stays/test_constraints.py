"""What must never be is refused by the database itself, whoever asks."""

from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from apoa.access.actors import Actor
from apoa.base.ids import new_id
from apoa.db.base import db
from tests.cast import Cast
from tests.stays.conftest import Reporter

STAY_FAULTS = [
    ("state = 'deleted'", "ck_stays_state"),
    ("state = 'departed'", "ck_stays_departed"),
    ("state = 'cancelled'", "ck_stays_cancelled_with_reason"),
    ("cancel_reason = 'x'", "ck_stays_cancelled_with_reason"),
    ("checked_out_at = checked_in_at", "ck_stays_in_house"),
    ("state = 'departed', checked_out_at = checked_in_at - interval '1 second'",
     "ck_stays_out_after_in"),
    ("sex = 'Q'", "ck_stays_sex"),
    ("nationality = 'IDN'", "ck_stays_foreigner"),
    ("nationality = 'se'", "ck_stays_nationality"),
    ("birth_date = '1974'", "ck_stays_birth_date"),
    ("surname = NULL, given_names = NULL", "ck_stays_some_name"),
    ("mononym = true", "ck_stays_mononym"),
    ("document_number_sealed = NULL", "ck_stays_document"),
    ("document_blind = NULL", "ck_stays_document_blind"),
    ("document_unavailable_reason = 'x'", "ck_stays_document_or_reason"),
    ("deadline_state = 'perhaps'", "ck_stays_deadline_state"),
    ("source = 'phone'", "ck_stays_source"),
    ("version = 0", "ck_stays_version"),
    ("due_at = NULL", "due_at"),
    ("first_received_at = NULL", "first_received_at"),
    ("checked_in_at = NULL", "checked_in_at"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "named"), STAY_FAULTS, ids=[f[0] for f in STAY_FAULTS])
def test_a_stay_cannot_become_what_it_must_not_be(
    reported: Reporter, owner: Any, change: str, named: str
) -> None:
    reported()
    with pytest.raises(psycopg.errors.IntegrityError) as caught:
        owner.execute(f"UPDATE stays SET {change}")  # noqa: S608 - the table above
    assert named in (caught.value.diag.constraint_name or caught.value.diag.column_name or "")


def test_a_guest_without_names_in_both_columns_is_refused(reported: Reporter, owner: Any) -> None:
    reported()
    with pytest.raises(psycopg.errors.CheckViolation):
        owner.execute("UPDATE stays SET surname = '', given_names = ''")


@pytest.mark.parametrize("column", ["client_ref", "submission_id"])
def test_a_reference_is_unique_in_a_property(reported: Reporter, owner: Any, column: str) -> None:
    first, second = reported(), reported(document_number="X1")
    value = str(new_id())
    change = f"UPDATE stays SET {column} = %s WHERE id = %s"  # noqa: S608 - the names above
    owner.execute(change, (value, first.stay_id))
    with pytest.raises(psycopg.errors.UniqueViolation):
        owner.execute(change, (value, second.stay_id))


def test_a_version_exists_once_and_of_a_stay(reported: Reporter, owner: Any) -> None:
    reported()
    for change, error in (
        ("version", psycopg.errors.UniqueViolation),
        ("version + 1", psycopg.errors.ForeignKeyViolation),
    ):
        stay = "stay_id" if change == "version" else "gen_random_uuid()"
        with pytest.raises(error):
            owner.execute(
                f"INSERT INTO stay_versions SELECT property_id, {stay}, {change}, act,"  # noqa: S608
                " content_sealed, changed, reason, source, actor_id, received_at, office_id"
                " FROM stay_versions"
            )


def test_a_version_has_one_receipt(reported: Reporter, owner: Any) -> None:
    reported()
    with pytest.raises(psycopg.errors.UniqueViolation):
        owner.execute(
            "INSERT INTO receipts SELECT property_id, gen_random_uuid(), stay_id, version, number,"
            " issued_at, payload, key_id, signature, content_salt, office_id FROM receipts"
        )


@pytest.mark.parametrize("hours", [0, 721, -1])
def test_a_deadline_is_an_hour_to_a_month(cast: Cast, owner: Any, hours: int) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        owner.execute("UPDATE deadline_rules SET hours = %s", (hours,))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM stays",
        "DELETE FROM stay_versions",
        "DELETE FROM receipts",
        "DELETE FROM audit_rows",
        "UPDATE stay_versions SET version = 2",
        "UPDATE stay_versions SET content_sealed = ''",
        "UPDATE receipts SET payload = ''",
        "UPDATE receipt_keys SET public_key = ''",
        "DELETE FROM receipt_keys",
        "UPDATE audit_rows SET action = 'x'",
        "UPDATE deadline_rules SET hours = 1",
    ],
)
def test_the_application_cannot_undo_what_was_said(
    reported: Reporter, clerk: Actor, statement: str
) -> None:
    reported()
    with pytest.raises(ProgrammingError, match="permission denied"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_a_stay_of_another_property_is_not_touched_by_any_sql(
    reported: Reporter, cast: Cast
) -> None:
    reported()
    cast.act_as("clerk_b")
    assert db.session.execute(text("SELECT count(*) FROM stays")).scalar() == 0
    assert db.session.execute(text("UPDATE stays SET room = 'x'")).rowcount == 0  # type: ignore[attr-defined]
    db.session.rollback()


def test_an_officer_reads_and_does_not_write(reported: Reporter, cast: Cast) -> None:
    reported()
    cast.act_as("supervisor_bengkulu")
    assert db.session.execute(text("SELECT count(*) FROM stays")).scalar() == 1
    assert db.session.execute(text("UPDATE stays SET room = 'x'")).rowcount == 0  # type: ignore[attr-defined]
    db.session.rollback()
