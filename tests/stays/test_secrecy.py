"""What nobody reads: sealed columns in the table, persons in the audit and in errors' texts."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from apoa.access.actors import Actor
from apoa.base.clock import now
from apoa.base.crypto import CannotDecrypt
from apoa.base.errors import ApoaError
from apoa.base.ids import new_id
from apoa.db.base import db
from apoa.stays.amend import amend_stay
from apoa.stays.cancel import cancel_stay
from apoa.stays.content import Contact, PermitClaim
from apoa.stays.find_in_property import find_in_property
from apoa.stays.models import Source, Stay
from apoa.stays.queries import get_stay
from apoa.stays.read import view_stay
from apoa.stays.report import report_stay
from apoa.stays.returning import find_returning_guest
from tests.cast import Cast
from tests.factories import make_report

MRZ = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
CHANGES: dict[str, Any] = {
    "mrz": MRZ,
    "permit": PermitClaim("itas", "2C21JE1234-X"),
    "contact": Contact("anna@example.se", "+46 70 123 45 67"),
    "client_ref": "RES-1",
    "late_reason": "Listrik padam",
}
SECRET = ("L898902C3", "ZE184226B", "2C21JE1234", "anna@example.se", "123 45 67")
PERSONAL = (*SECRET, "ERIKSSON", "ANNA", "1974-08-12", "ZENITH", "RES-1", "Listrik")


@pytest.fixture
def stay(clerk: Actor, cast: Cast) -> Any:
    return report_stay(clerk, cast.property_a, make_report(**CHANGES), source=Source.WEB)


def everything(owner: Any, table: str) -> str:
    rows = owner.execute(f"SELECT row_to_json(t)::text FROM {table} t").fetchall()  # noqa: S608
    columns = owner.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        " AND data_type = 'bytea'",
        (table,),
    ).fetchall()
    found = "\n".join(row[0] for row in rows)
    for (column,) in columns:
        for (value,) in owner.execute(f"SELECT {column} FROM {table}").fetchall():  # noqa: S608
            found += (value or b"").decode("latin-1")
    return found


def test_sealed_values_are_nowhere_in_the_tables(stay: Any, owner: Any) -> None:
    names = owner.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r'"
        " AND relnamespace = 'public'::regnamespace AND relname <> 'regions'"
    ).fetchall()
    assert ("stays",) in names
    for (table,) in names:
        stored = everything(owner, table)
        assert not [secret for secret in SECRET if secret in stored], table


def test_a_sealed_value_moved_to_another_stay_does_not_open(
    stay: Any, clerk: Actor, cast: Cast, owner: Any
) -> None:
    other = report_stay(
        clerk, cast.property_a, make_report(document_number="X1"), source=Source.WEB
    )
    owner.execute(
        "UPDATE stays SET document_number_sealed = (SELECT document_number_sealed FROM stays"
        " WHERE id = %s) WHERE id = %s",
        (stay.stay_id, other.stay_id),
    )
    with pytest.raises(CannotDecrypt):
        view_stay(clerk, cast.property_a, other.stay_id)


def test_the_audit_names_fields_and_never_a_person(
    stay: Any, clerk: Actor, cast: Cast, owner: Any
) -> None:
    changed = make_report(**CHANGES | {"surname": "ERIKSON", "document_number": "L898902C4"})
    amend_stay(
        clerk, cast.property_a, stay.stay_id, changed,
        expected_version=1, source=Source.WEB, reason="ANNA ERIKSSON salah ketik",
    )  # fmt: skip
    cancel_stay(clerk, cast.property_a, stay.stay_id, reason="ERIKSSON batal", source=Source.WEB)
    find_returning_guest(clerk, cast.property_a, "L898902C3")
    find_in_property(clerk, cast.property_a, "ERIKSSON")
    view_stay(clerk, cast.property_a, stay.stay_id)
    stored = everything(owner, "audit_rows")
    assert not [word for word in PERSONAL if word in stored]
    assert "/guest/surname" in stored
    actions = {row[0] for row in owner.execute("SELECT action FROM audit_rows").fetchall()}
    assert actions == {
        "report_stay", "amend_stay", "cancel_stay", "find_returning_guest", "find_in_property",
        "view_stay",
    }  # fmt: skip


def test_refusals_do_not_quote_the_guest(stay: Any, clerk: Actor, cast: Cast) -> None:
    report = make_report(**CHANGES)
    attempts = [
        replace(report, room="9"),
        replace(report, client_ref=None, checked_in_at=now().replace(year=2001)),
        replace(report, client_ref=None, guest=replace(report.guest, nationality="IDN")),
        replace(report, client_ref=None, guest=replace(report.guest, birth_date="1974-00-12")),
    ]
    for attempt in attempts:
        with pytest.raises(ApoaError) as caught:
            report_stay(clerk, cast.property_a, attempt, source=Source.WEB)
        text = f"{caught.value} {caught.value!r} {getattr(caught.value, 'problems', '')}"
        assert not [word for word in PERSONAL if word in text]


def test_a_report_shows_no_person_when_it_is_logged() -> None:
    text = repr(make_report(**CHANGES | {"client_ref": None, "late_reason": None}))
    assert not [word for word in PERSONAL if word in text]


def test_a_database_error_quotes_no_parameters(clerk: Actor, cast: Cast) -> None:
    values = {"property_id": cast.property_a, "id": new_id(), "surname": "ERIKSSON"}
    with pytest.raises(IntegrityError) as caught:
        db.session.execute(insert(Stay).values(**values))
    assert "[parameters" not in str(caught.value)
    db.session.rollback()


def test_the_columns_hold_what_the_version_holds(stay: Any, clerk: Actor, cast: Cast) -> None:
    row = get_stay(cast.property_a, stay.stay_id)
    for sealed in (
        row.document_number_sealed, row.mrz_sealed, row.permit_number_sealed, row.contact_sealed,
    ):  # fmt: skip
        assert sealed is not None
    view = view_stay(clerk, cast.property_a, stay.stay_id)
    assert view.report == make_report(
        **CHANGES,
        checked_in_at=view.report.checked_in_at,
        expected_departure_on=view.report.expected_departure_on,
    )
    assert db.session.scalar(select(Stay.document_blind)) not in (None, b"L898902C3")
