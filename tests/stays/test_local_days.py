"""Days are the lodging's own: midnight, the three zones of Indonesia, offsets from abroad."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from apoa.access.actors import Actor
from apoa.base.errors import InvalidInput
from apoa.stays.board import load_board
from apoa.stays.check_out import check_out_stay
from apoa.stays.models import Source, Stay
from apoa.stays.queries import get_stay
from apoa.stays.report import report_stay
from apoa.stays.schemas import StayReportSchema
from tests.cast import Cast
from tests.factories import make_mapping, make_report

WIB, WITA, WIT = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"
LATE_EVENING = "2026-03-10T23:59:00+07:00"
NOON_AFTER = datetime(2026, 3, 11, 12, 0, tzinfo=ZoneInfo(WIB))


def in_zone(owner: Any, cast: Cast, time_zone: str) -> None:
    owner.execute(
        "UPDATE properties SET time_zone = %s WHERE id = %s", (time_zone, cast.property_a)
    )


def stored(clerk: Actor, cast: Cast, checked_in_at: str, leaves_on: str) -> Stay:
    report = make_report(
        checked_in_at=datetime.fromisoformat(checked_in_at),
        expected_departure_on=date.fromisoformat(leaves_on),
    )
    outcome = report_stay(clerk, cast.property_a, report, source=Source.WEB)
    return get_stay(cast.property_a, outcome.stay_id)


@pytest.mark.parametrize(
    ("time_zone", "instant", "day"),
    [
        (WIB, LATE_EVENING, "2026-03-10"),
        (WITA, LATE_EVENING, "2026-03-11"),
        (WIT, LATE_EVENING, "2026-03-11"),
        (WIB, "2026-03-11T00:00:00+07:00", "2026-03-11"),
        (WIT, "2026-03-11T00:00:00+09:00", "2026-03-11"),
        (WIT, "2026-03-10T23:59:59.999999+09:00", "2026-03-10"),
        (WIB, "2026-03-10T18:59:00+02:00", "2026-03-10"),
        (WIB, "2026-03-10T19:00:00+02:00", "2026-03-11"),
        (WIB, "2026-03-10T09:30:00-08:00", "2026-03-11"),
    ],
)
def test_the_day_of_check_in_is_the_lodgings_own(
    cast: Cast, owner: Any, time_zone: str, instant: str, day: str
) -> None:
    in_zone(owner, cast, time_zone)
    clerk = cast.act_as("clerk_a")
    with time_machine.travel(NOON_AFTER, tick=False):
        assert stored(clerk, cast, instant, "2026-03-12").checked_in_on.isoformat() == day


@pytest.mark.parametrize(("time_zone", "is_refused"), [(WIB, False), (WITA, True), (WIT, True)])
def test_leaving_on_the_day_of_arrival_depends_on_the_zone(
    cast: Cast, owner: Any, time_zone: str, is_refused: bool
) -> None:
    in_zone(owner, cast, time_zone)
    clerk = cast.act_as("clerk_a")
    mapping = make_mapping() | {
        "checked_in_at": LATE_EVENING, "expected_departure_on": "2026-03-10",
    }  # fmt: skip
    with time_machine.travel(NOON_AFTER, tick=False):
        if not is_refused:
            assert stored(clerk, cast, LATE_EVENING, "2026-03-10").version == 1
            StayReportSchema(time_zone).read(mapping)
            return
        with pytest.raises(InvalidInput):
            stored(clerk, cast, LATE_EVENING, "2026-03-10")
        with pytest.raises(InvalidInput):
            StayReportSchema(time_zone).read(mapping)


def test_an_offset_is_only_a_way_of_writing_an_instant(clerk: Actor, cast: Cast) -> None:
    written = ["2026-07-01T12:00:00+02:00", "2026-07-01T17:00:00+07:00", "2026-07-01T10:00:00Z"]
    with time_machine.travel(datetime.fromisoformat("2026-07-01T11:00:00+00:00"), tick=False):
        stays = [stored(clerk, cast, instant, "2026-07-04") for instant in written]
        assert len({stay.checked_in_at for stay in stays}) == 1
        assert len({stay.due_at for stay in stays}) == 1
        assert {stay.deadline_state for stay in stays} == {"on_time"}


def test_a_deadline_of_a_day_is_24_hours_also_when_clocks_abroad_change(
    clerk: Actor, cast: Cast
) -> None:
    before_the_change = datetime(2026, 3, 28, 20, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    report = make_report(checked_in_at=before_the_change)
    with time_machine.travel(before_the_change + timedelta(hours=1), tick=False):
        outcome = report_stay(clerk, cast.property_a, report, source=Source.API)
    assert (outcome.due_at - outcome.first_received_at) == timedelta(hours=23)
    assert outcome.due_at.isoformat() == "2026-03-29T19:00:00+00:00"


def test_the_board_turns_at_the_lodgings_midnight(cast: Cast, owner: Any) -> None:
    in_zone(owner, cast, WIT)
    clerk = cast.act_as("clerk_a")
    evening = datetime(2026, 3, 10, 22, 0, tzinfo=ZoneInfo(WIT))
    with time_machine.travel(evening, tick=False):
        stay = stored(clerk, cast, "2026-03-10T21:00:00+09:00", "2026-03-11")
    for at, arrived, due_out, overdue in (
        (evening, 1, 0, 0),
        (evening + timedelta(hours=1, minutes=59), 1, 0, 0),
        (evening + timedelta(hours=2), 0, 1, 0),
        (evening + timedelta(hours=26), 0, 0, 1),
    ):
        board = load_board(clerk, cast.property_a, now=at)
        found = (board.arrived_today, board.due_out_today, board.overdue)
        assert tuple(len(lines) for lines in found) == (arrived, due_out, overdue)
        assert [line.stay_id for line in board.in_house] == [stay.id]


def test_who_left_today_is_on_todays_board(clerk: Actor, cast: Cast) -> None:
    arrived = datetime(2026, 3, 10, 1, 0, tzinfo=ZoneInfo(WIB))
    left = datetime(2026, 3, 10, 23, 30, tzinfo=ZoneInfo(WIB))
    with time_machine.travel(left, tick=False):
        stay = stored(clerk, cast, arrived.isoformat(), "2026-03-10")
        check_out_stay(clerk, cast.property_a, stay.id, left, source=Source.WEB)
        board = load_board(clerk, cast.property_a, now=left)
        assert len(board.departed_today) == len(board.arrived_today) == 1
        assert (board.in_house, board.late_count) == ([], 0)
        tomorrow = load_board(clerk, cast.property_a, now=left + timedelta(hours=1))
        assert tomorrow.departed_today == []


@pytest.mark.parametrize(("minutes", "is_refused"), [(59, False), (61, True)])
def test_a_check_in_may_be_an_hour_ahead(
    clerk: Actor, cast: Cast, minutes: int, is_refused: bool
) -> None:
    at = datetime(2026, 3, 10, 12, 0, tzinfo=ZoneInfo(WIB))
    ahead = (at + timedelta(minutes=minutes)).isoformat()
    with time_machine.travel(at, tick=False):
        if not is_refused:
            assert stored(clerk, cast, ahead, "2026-03-12").deadline_state == "on_time"
            return
        with pytest.raises(InvalidInput):
            stored(clerk, cast, ahead, "2026-03-12")
