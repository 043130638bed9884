"""Whose webhooks the database itself shows: the lodging's, and nobody else's."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from apoa.base.ids import new_id
from apoa.db.base import db
from apoa.db.scope import NOTHING, set_scope
from apoa.stays.models import Source
from apoa.stays.report import report_stay
from apoa.webhooks.tell import tell_of_events
from tests.cast import Cast
from tests.factories import make_report
from tests.webhooks.conftest import Register, everything

TABLES = ("webhook_endpoints", "webhook_subscriptions", "webhook_events", "webhook_deliveries")


@pytest.fixture
def sent(cast: Cast, register: Register) -> None:
    """A row of lodging A in each table."""
    register()
    clerk = cast.act_as("clerk_a")
    report_stay(clerk, cast.property_a, make_report(), source=Source.WEB)
    set_scope(NOTHING)
    tell_of_events(cast.property_a)
    assert all(len(everything(f"SELECT 1 FROM {one}")) == 1 for one in TABLES)  # noqa: S608


def count(table: str) -> int:
    return db.session.scalar(text(f"SELECT count(*) FROM {table}")) or 0  # noqa: S608


@pytest.mark.parametrize("table", TABLES)
def test_only_the_lodging_sees_them(cast: Cast, sent: None, table: str) -> None:
    for name in ("clerk_b", "clerk_c", "stranger", "insarkom_bengkulu", "supervisor_bengkulu"):
        cast.act_as(name)
        assert count(table) == 0, name
    for name in ("directorate", "auditor", "head_bengkulu"):
        cast.act_as(name)
        assert count(table) == 0, name
    db.session.rollback()
    set_scope(NOTHING)
    assert count(table) == 0
    cast.act_as("clerk_a")
    assert count(table) == 1


@pytest.mark.parametrize("table", TABLES[:2])
def test_only_the_lodging_changes_them(cast: Cast, sent: None, table: str) -> None:
    change = {
        "webhook_endpoints": "UPDATE webhook_endpoints SET url = 'https://evil.example/'",
        "webhook_subscriptions": "DELETE FROM webhook_subscriptions",
    }[table]
    for name in ("clerk_c", "supervisor_bengkulu", "directorate"):
        cast.act_as(name)
        assert db.session.execute(text(change)).rowcount == 0, name  # type: ignore[attr-defined]


def test_nobody_listens_to_a_lodging_of_others(cast: Cast, sent: None) -> None:
    [endpoint] = everything("SELECT id FROM webhook_endpoints")
    cast.act_as("clerk_c")
    row = {"p": cast.property_a, "e": endpoint.id, "o": cast.office_bengkulu}
    with pytest.raises(DBAPIError, match="row-level security"):
        db.session.execute(
            text("INSERT INTO webhook_subscriptions VALUES (:p, :e, :o)"), row | {"e": new_id()}
        )


def test_endpoints_are_never_deleted(cast: Cast, sent: None) -> None:
    cast.act_as("clerk_a")
    with pytest.raises(DBAPIError, match="permission denied"):
        db.session.execute(text("DELETE FROM webhook_endpoints"))
