"""What lodgings owe: reports in time, check-outs, and any reports at all."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from apoa.crosscheck.rules.facts import LodgingFacts
from tests.crosscheck.rules.facts import (
    OFFICE,
    WIB,
    WIT,
    at_noon,
    found,
    make_facts,
    make_stay,
    nov,
    the_one,
)

LATE, NOT_OUT, SILENT = "late-report", "departure-not-reported", "silent-property"
LAST_OF_MONTH = nov(30)


def late_by(minutes: int, state: str = "late") -> Any:
    stay = make_stay(deadline_state=state)
    received_at = stay.due_at + timedelta(minutes=minutes)
    return make_facts(stay=replace(stay, first_received_at=received_at))


def test_a_report_after_its_deadline() -> None:
    cause = the_one(LATE, late_by(90))
    assert (cause.handled_by, cause.severity) == ("insarkom", "low")
    assert cause.evidence["minutes_late"] == 90
    assert found(LATE, make_facts()) == []


@pytest.mark.parametrize("state", ["on_time", "extended"])
def test_an_outage_that_moved_the_deadline_excuses(state: str) -> None:
    assert found(LATE, late_by(90, state)) == []


def test_some_hours_may_be_tolerated() -> None:
    assert found(LATE, late_by(120), tolerated_hours=2) == []
    assert the_one(LATE, late_by(121), tolerated_hours=2)


def test_a_departure_that_nobody_reported() -> None:
    """Planned for the 13th; the 14th is let pass."""
    assert found(NOT_OUT, make_facts(nov(14))) == []
    cause = the_one(NOT_OUT, make_facts(nov(15)))
    assert cause.evidence["days_over"] == 2
    assert the_one(NOT_OUT, make_facts(nov(14)), after_days=0)
    gone = make_stay(checked_out_on=nov(13))
    assert found(NOT_OUT, make_facts(nov(20), stay=gone)) == []


@pytest.mark.parametrize(("zone", "is_over"), [(WIB, False), (WIT, True)])
def test_a_departure_is_overdue_by_the_lodgings_day(zone: str, is_over: bool) -> None:
    late_evening = at_noon(nov(14), WIB) + timedelta(hours=11, minutes=30)
    facts = make_facts(stay=make_stay(time_zone=zone), at=late_evening)
    assert bool(found(NOT_OUT, facts)) is is_over


def lodging(today: date = LAST_OF_MONTH, **changes: Any) -> LodgingFacts:
    values: dict[str, Any] = {
        "property_id": UUID(int=101),
        "office_id": OFFICE,
        "is_approved": True,
        "approved_on": date(2026, 1, 1),
        "last_received_on": date(2026, 10, 31),
        "reports_before": 10,
    } | changes
    return LodgingFacts(at_noon(today), today, **values)


def test_a_lodging_that_fell_silent() -> None:
    cause = the_one(SILENT, lodging())
    assert (cause.evidence["silent_days"], cause.handled_by) == (30, "insarkom")
    assert found(SILENT, lodging(nov(29))) == []


def test_a_lodging_with_few_guests_is_not_called_silent() -> None:
    assert found(SILENT, lodging(reports_before=2)) == []
    assert the_one(SILENT, lodging(reports_before=3))


def test_a_lodging_that_never_reported() -> None:
    new = {"last_received_on": None, "reports_before": 0, "approved_on": date(2026, 10, 1)}
    assert the_one(SILENT, lodging(nov(30), **new))
    assert found(SILENT, lodging(nov(29), **new)) == []
    assert found(SILENT, lodging(last_received_on=None, approved_on=None)) == []


def test_a_lodging_that_may_not_report_is_not_silent() -> None:
    assert found(SILENT, lodging(is_approved=False)) == []
