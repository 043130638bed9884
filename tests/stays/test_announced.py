"""Deadlines of guests whom a lodging's system named and did not report."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from apoa.access.api_models import KeyMode
from apoa.base.clock import now, pretend
from apoa.db.base import db
from apoa.db.scope import NOTHING, scope_of_property, set_scope
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.announced import note_unreported, tell_of_deadlines
from apoa.stays.deadlines import set_deadline
from apoa.stays.models import Source
from apoa.stays.outages import OutageView, declare_outage, end_outage, withdraw_outage
from apoa.stays.queries import get_lodging
from apoa.stays.reconcile import reconcile
from apoa.stays.report import report_stay
from apoa.webhooks.register_endpoint import register_endpoint
from apoa.webhooks.schemas import read_endpoint
from tests.cast import Cast
from tests.factories import make_report
from tests.webhooks.conftest import everything

TOLD = "SELECT type, data FROM webhook_events ORDER BY id"
KEPT = "SELECT client_ref FROM announced_arrivals ORDER BY client_ref"


@pytest.fixture
def listening(cast: Cast) -> None:
    """Somebody listens to lodging A's deadlines."""
    asked = read_endpoint(
        {"url": "https://pms.example.com/", "events": ["deadline.approaching", "deadline.missed"]},
        allow_local=False,
    )
    manager = cast.act_as("manager_ab")
    register_endpoint(manager, asked, mode=KeyMode.LIVE, property_id=cast.property_a)


def note(cast: Cast, **arrivals: datetime) -> None:
    named = {name.replace("_", "-"): at for name, at in arrivals.items()}
    with scope_of_property(cast.property_a), unit_of_work():
        note_unreported(get_lodging(cast.property_a), named)


def run(after: timedelta = timedelta(0)) -> int:
    set_scope(NOTHING)
    with pretend(now() + after):
        return tell_of_deadlines()


def told() -> list[tuple[str, Any]]:
    return [(row.type, row.data["client_ref"]) for row in everything(TOLD)]


def test_both_are_told_once_and_in_time(cast: Cast, listening: None) -> None:
    note(cast, R_1=now() - timedelta(hours=1))
    assert run() == 0
    assert run(timedelta(hours=20)) == 1
    assert run(timedelta(hours=21)) == 0
    assert told() == [("deadline.approaching", "R-1")]
    assert run(timedelta(hours=24)) == 1
    assert run(timedelta(hours=30)) == 0
    assert told() == [("deadline.approaching", "R-1"), ("deadline.missed", "R-1")]
    assert everything(TOLD)[1].data.keys() == {"property_id", "client_ref", "due_at"}


def test_a_guest_named_too_late_is_told_of_as_missed_alone(cast: Cast, listening: None) -> None:
    note(cast, R_1=now() - timedelta(hours=30))
    assert run() == 1
    assert told() == [("deadline.missed", "R-1")]


def test_who_is_reported_is_forgotten(cast: Cast, listening: None) -> None:
    note(cast, R_1=now() - timedelta(hours=2))
    clerk = cast.act_as("clerk_a")
    report_stay(clerk, cast.property_a, make_report(client_ref="R-1"), source=Source.API)
    assert run(timedelta(hours=30)) == 0
    assert everything(KEPT) == []


def test_a_new_comparison_replaces_the_old_one(cast: Cast, listening: None) -> None:
    checked_in_at = now() - timedelta(hours=21)
    note(cast, R_1=checked_in_at, R_2=checked_in_at)
    assert run() == 2
    note(cast, R_2=checked_in_at, R_3=checked_in_at)
    assert [row.client_ref for row in everything(KEPT)] == ["R-2", "R-3"]
    assert run() == 1
    note(cast)
    assert everything(KEPT) == []


def test_a_declared_outage_moves_the_deadline(cast: Cast, listening: None) -> None:
    note(cast, R_1=now() - timedelta(hours=30))
    directorate = cast.act_as("directorate")
    declare_outage(
        directorate,
        starts_at=now() - timedelta(hours=20),
        ends_at=now() - timedelta(hours=5),
        reason="gangguan",
    )
    assert run() == 0
    assert run(timedelta(hours=9)) == 1
    assert told() == [("deadline.missed", "R-1")]


def due_in() -> list[float]:
    """In how many hours each announced guest is due."""
    rows = everything("SELECT due_at FROM announced_arrivals ORDER BY client_ref")
    return [round((row.due_at - now()).total_seconds() / 3600, 1) for row in rows]


def declare(cast: Cast, begin: float, end: float | None) -> OutageView:
    """An outage from and until so many hours from now."""
    return declare_outage(
        cast.act_as("directorate"),
        starts_at=now() + timedelta(hours=begin),
        ends_at=None if end is None else now() + timedelta(hours=end),
        reason="gangguan",
    )


def test_every_act_on_an_outage_moves_the_deadline_at_once(cast: Cast, listening: None) -> None:
    note(cast, R_1=now() - timedelta(hours=22))
    assert due_in() == [2]
    over = declare(cast, -20, -17)
    lasting = declare(cast, -10, None)
    assert due_in() == [15]
    end_outage(cast.act_as("directorate"), lasting.id, now() - timedelta(hours=8))
    assert due_in() == [7]
    assert run() == 0
    withdraw_outage(cast.act_as("directorate"), over.id, "salah hari")
    assert due_in() == [4]
    assert run(timedelta(minutes=1)) == 1
    assert told() == [("deadline.approaching", "R-1")]


def test_who_is_named_again_has_the_deadline_of_today(cast: Cast, listening: None) -> None:
    checked_in_at = now() - timedelta(hours=22)
    note(cast, R_1=checked_in_at, R_2=checked_in_at)
    assert run() == 2
    with pretend(checked_in_at - timedelta(days=1)):
        set_deadline(cast.act_as("directorate"), cast.office_bengkulu, 23, now())
    note(cast, R_1=checked_in_at, R_2=checked_in_at - timedelta(hours=1))
    assert due_in() == [1, 0]
    assert run(timedelta(minutes=1)) == 1
    assert told()[2:] == [("deadline.missed", "R-2")]


def test_nothing_is_kept_where_nobody_listens(cast: Cast) -> None:
    note(cast, R_1=now() - timedelta(hours=30))
    assert everything(KEPT) == []


def test_old_ones_are_forgotten(cast: Cast, listening: None) -> None:
    note(cast, R_1=now() - timedelta(hours=30))
    run()
    run(timedelta(days=9))
    assert everything(KEPT) == []


def test_no_officer_reads_who_was_announced(cast: Cast, listening: None) -> None:
    note(cast, R_1=now())
    for name in ("supervisor_bengkulu", "insarkom_bengkulu", "directorate", "auditor", "clerk_c"):
        cast.act_as(name)
        assert db.session.execute(text("SELECT * FROM announced_arrivals")).all() == []
    cast.act_as("clerk_a")
    assert len(db.session.execute(text("SELECT * FROM announced_arrivals")).all()) == 1


def test_a_comparison_of_lists_begins_the_watch(cast: Cast, listening: None) -> None:
    clerk = cast.act_as("clerk_a")
    report_stay(clerk, cast.property_a, make_report(client_ref="R-1"), source=Source.API)
    checked_in_at = now() - timedelta(hours=22)
    listed = [
        {"client_ref": "R-1"},
        {"client_ref": "R-2", "checked_in_at": checked_in_at},
        {"client_ref": "R-3"},
        {"document": {"number": "X1"}, "checked_in_at": checked_in_at},
    ]
    reconcile(clerk, cast.property_a, listed)
    assert [row.client_ref for row in everything(KEPT)] == ["R-2"]
    assert run() == 1
    assert told() == [("deadline.approaching", "R-2")]
