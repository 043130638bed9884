"""By when a report is due: the rule in force at check-in, the office's own before the national."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select

from apoa.audit.models import AuditRow
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotAllowed, NotFound, StateConflict
from apoa.base.ids import new_id
from apoa.db.base import db
from apoa.db.scope import scope_of_property
from apoa.stays.deadlines import due_at, list_deadlines, set_deadline
from apoa.stays.models import DeadlineRule, Source
from apoa.stays.report import report_stay
from tests.cast import Cast
from tests.factories import make_report

START = datetime(2026, 1, 1, tzinfo=UTC)
# (office, hours, days after START): the cast has a national rule of 24 hours since 2020.
RULES = [
    (None, 48, 10),
    ("bengkulu", 12, 5),
    ("bengkulu", 6, 20),
    ("blitar", 72, 15),
    (None, 36, 30),
]
TABLE = [
    ("bengkulu", 0, 24),
    ("bengkulu", 4.99, 24),
    ("bengkulu", 5, 12),
    ("bengkulu", 12, 12),
    ("bengkulu", 20, 6),
    ("bengkulu", 40, 6),
    ("blitar", 0, 24),
    ("blitar", 10, 48),
    ("blitar", 14.99, 48),
    ("blitar", 15, 72),
    ("blitar", 40, 72),
    ("other", 9.99, 24),
    ("other", 10, 48),
    ("other", 30, 36),
    ("other", -3000, 24),
]


@pytest.fixture
def rules(cast: Cast) -> None:
    for office, hours, days in RULES:
        db.session.add(
            DeadlineRule(
                id=new_id(),
                office_id=cast.offices[office] if office else None,
                hours=hours,
                effective_from=START + timedelta(days=days),
                created_at=now(),
            )
        )
    db.session.commit()


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(("office", "days", "hours"), TABLE)
def test_the_rule_in_force_at_check_in_counts(
    cast: Cast, office: str, days: float, hours: int
) -> None:
    checked_in_at = START + timedelta(days=days)
    office_id = cast.offices.get(office) or new_id()
    assert due_at(office_id, checked_in_at) == checked_in_at + timedelta(hours=hours)


def test_without_any_rule_a_day_is_given(clean: None) -> None:
    assert due_at(new_id(), START) == START + timedelta(hours=24)


@pytest.mark.parametrize(
    ("delay", "state"),
    [
        (timedelta(0), "on_time"),
        (timedelta(hours=24), "on_time"),
        (timedelta(hours=24, seconds=1), "late"),
        (timedelta(minutes=-55), "on_time"),
        (timedelta(days=400), "late"),
    ],
)
def test_on_time_is_up_to_the_very_second(cast: Cast, delay: timedelta, state: str) -> None:
    clerk = cast.act_as("clerk_a")
    arrived = now().replace(microsecond=0) - timedelta(days=500)
    with time_machine.travel(arrived + delay, tick=False):
        outcome = report_stay(
            clerk, cast.property_a, make_report(checked_in_at=arrived), source=Source.OFFLINE
        )
    assert outcome.deadline_state == state
    assert outcome.first_received_at == arrived + delay


def test_a_new_rule_leaves_earlier_reports_alone(cast: Cast) -> None:
    directorate = cast.act_as("directorate")
    set_deadline(directorate, None, 2, now() + timedelta(seconds=1))
    clerk = cast.act_as("clerk_a")
    outcome = report_stay(clerk, cast.property_a, make_report(), source=Source.WEB)
    assert (outcome.due_at - make_report().checked_in_at) >= timedelta(hours=23)


def set_by(cast: Cast, name: str, **changes: Any) -> Any:
    values: dict[str, Any] = {
        "office_id": None, "hours": 48, "effective_from": now() + timedelta(days=1),
    } | changes  # fmt: skip
    return set_deadline(cast.act_as(name), **values)


def test_the_directorate_adds_a_rule_and_it_is_audited(cast: Cast) -> None:
    rule = set_by(cast, "directorate", office_id=cast.office_blitar, hours=48)
    assert (rule.office_name, rule.hours, rule.is_in_force) == (
        "Kantor Imigrasi Kelas II Non TPI Blitar", 48, False,
    )  # fmt: skip
    row = db.session.scalars(select(AuditRow)).one()
    assert (row.action, row.subject_id, row.office_id) == (
        "set_deadline", rule.id, cast.office_blitar,
    )  # fmt: skip
    assert row.detail["hours"] == 48
    listed = list_deadlines(cast.actor("directorate"))
    assert [(one.hours, one.is_in_force) for one in listed] == [(24, True), (48, False)]


@pytest.mark.parametrize("name", ["clerk_a", "insarkom_bengkulu", "head_bengkulu", "auditor"])
def test_nobody_else_sets_deadlines(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        set_by(cast, name)
    with pytest.raises(NotAllowed):
        list_deadlines(cast.actor(name))


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"hours": 0}, "/hours", "out-of-range"),
        ({"hours": 721}, "/hours", "out-of-range"),
        ({"effective_from": now() - timedelta(days=2)}, "/effective_from", "deadline-in-past"),
        ({"effective_from": datetime(2030, 1, 1)}, "/effective_from", "invalid-instant"),
    ],
)
def test_an_impossible_rule_is_refused(
    cast: Cast, changes: dict[str, Any], pointer: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        set_by(cast, "directorate", **changes)
    assert [(one.pointer, one.code) for one in caught.value.problems] == [(pointer, code)]


def test_a_rule_may_begin_today(cast: Cast) -> None:
    assert set_by(cast, "directorate", effective_from=now()).is_in_force


@pytest.mark.parametrize("office", [None, "bengkulu"])
def test_two_rules_cannot_begin_at_once(cast: Cast, office: str | None) -> None:
    office_id: UUID | None = cast.offices[office] if office else None
    start = now() + timedelta(days=3)
    set_by(cast, "directorate", office_id=office_id, effective_from=start)
    with pytest.raises(StateConflict) as caught:
        set_by(cast, "directorate", office_id=office_id, effective_from=start, hours=12)
    assert caught.value.problems[0].code == "deadline-already-set"


def test_a_rule_for_no_office_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        set_by(cast, "directorate", office_id=new_id())


def test_the_propertys_office_decides(cast: Cast) -> None:
    arrived = now() - timedelta(hours=2)
    with scope_of_property(cast.property_a):
        db.session.add(
            DeadlineRule(
                id=new_id(),
                office_id=cast.office_bengkulu,
                hours=1,
                effective_from=START,
                created_at=now(),
            )
        )
        db.session.commit()
    for name, property_id, state in (
        ("clerk_a", cast.property_a, "late"),
        ("clerk_c", cast.property_c, "on_time"),
    ):
        clerk = cast.act_as(name)
        report = make_report(checked_in_at=arrived)
        assert report_stay(clerk, property_id, report, source=Source.WEB).deadline_state == state
