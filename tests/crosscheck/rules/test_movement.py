"""In two places, in many, and far from the registered address."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apoa.crosscheck.rules.facts import Facts, StayFacts
from tests.crosscheck.rules.facts import (
    OTHER_OFFICE,
    WIB,
    WIT,
    found,
    make_facts,
    make_permit,
    make_stay,
    nov,
    the_one,
)

TWO, MOVER, AWAY = "two-places", "frequent-mover", "away-from-address"
AFTERWARDS = nov(28)


def spell(number: int, first: int, last: int, **changes: Any) -> StayFacts:
    """A stay from one day of November to another."""
    values = {
        "checked_in_on": nov(first),
        "checked_out_on": nov(last),
        "expected_departure_on": nov(last),
    } | changes
    return make_stay(number, **values)


def with_others(stay: StayFacts, *others: StayFacts, today: date = AFTERWARDS) -> Facts:
    return make_facts(today, stay=stay, others=others)


def test_a_night_in_two_lodgings() -> None:
    one, other = spell(1, 10, 14), spell(2, 13, 16, office_id=OTHER_OFFICE)
    cause = the_one(TWO, with_others(one, other))
    assert cause.evidence["nights"] == 1
    assert cause.evidence["first_night"] == "2026-11-13"
    # It belongs to where the person went last, and both sides see one and the same cause.
    assert (cause.property_id, cause.office_id) == (other.property_id, OTHER_OFFICE)
    assert cause.key == the_one(TWO, with_others(other, one)).key
    assert found(TWO, with_others(one, other), least_nights=2) == []


def test_moving_on_the_day_of_check_out_is_no_night_in_two_places() -> None:
    assert found(TWO, with_others(spell(1, 10, 13), spell(2, 13, 16))) == []


def test_a_day_without_a_night_is_no_second_place() -> None:
    assert found(TWO, with_others(spell(1, 10, 14), spell(2, 12, 12))) == []


def test_two_reports_of_one_lodging_are_not_two_places() -> None:
    one = spell(1, 10, 14)
    twin = replace(spell(2, 10, 14), property_id=one.property_id)
    assert found(TWO, with_others(one, twin)) == []


def test_a_night_counts_when_it_is_over() -> None:
    one, other = make_stay(1), make_stay(2, checked_in_on=nov(12))
    assert found(TWO, with_others(one, other, today=nov(12))) == []
    assert the_one(TWO, with_others(one, other, today=nov(13)))


def test_each_lodgings_own_day_decides_when_a_night_is_over() -> None:
    """Past midnight in Jayapura it is still the evening before in Jakarta."""
    one, other = make_stay(1, time_zone=WIT), make_stay(2, time_zone=WIB)
    at = datetime(2026, 11, 11, 0, 30, tzinfo=ZoneInfo(WIT))
    assert found(TWO, make_facts(stay=one, others=(other,), at=at)) == []
    assert the_one(TWO, make_facts(stay=one, others=(other,), at=at + timedelta(hours=2)))


def test_a_check_out_that_nobody_reported_goes_to_insarkom() -> None:
    """Planned to leave on the 13th, still in house, and since the 13th elsewhere."""
    forgotten = make_stay(1, expected_departure_on=nov(13))
    cause = the_one(TWO, with_others(forgotten, spell(2, 13, 16)))
    assert (cause.handled_by, cause.evidence["check_out_missing"]) == ("insarkom", True)
    staying = make_stay(1, expected_departure_on=nov(14))
    cause = the_one(TWO, with_others(staying, spell(2, 13, 16)))
    assert (cause.handled_by, cause.evidence["check_out_missing"]) == ("supervision", False)


def test_a_cancelled_report_is_no_place() -> None:
    cancelled = replace(spell(2, 10, 14), state="cancelled")
    assert found(TWO, with_others(spell(1, 10, 14), cancelled)) == []


def moves(count: int, *, every: int = 2) -> list[StayFacts]:
    first = date(2026, 9, 1)
    return [
        make_stay(
            number,
            checked_in_on=first + timedelta(days=number * every),
            checked_out_on=first + timedelta(days=number * every + every),
            expected_departure_on=first + timedelta(days=number * every + every),
        )
        for number in range(count)
    ]


def test_more_lodgings_than_the_limit_and_just_as_many() -> None:
    seven = moves(7)
    cause = the_one(MOVER, with_others(seven[0], *seven[1:]))
    assert cause.evidence["properties"] == 7
    assert cause.stay_id == seven[-1].stay_id
    assert found(MOVER, with_others(seven[0], *seven[1:6])) == []


def test_lodgings_further_apart_than_the_days_do_not_add_up() -> None:
    """Seven arrivals, one each five days: the first is thirty days before the last."""
    seven = moves(7, every=5)
    assert found(MOVER, with_others(seven[0], *seven[1:])) == []
    assert the_one(MOVER, with_others(seven[0], *seven[1:]), within_days=31)


def test_the_same_lodging_again_is_one_lodging() -> None:
    seven = [replace(one, property_id=moves(1)[0].property_id) for one in moves(7)]
    assert found(MOVER, with_others(seven[0], *seven[1:])) == []


def test_one_more_move_is_the_same_cause() -> None:
    eight = moves(8)
    before = the_one(MOVER, with_others(eight[0], *eight[1:7]))
    after = the_one(MOVER, with_others(eight[7], *eight[:7]))
    assert before.key == after.key
    assert len(after.stays) == 8


@given(st.permutations(range(8)))
def test_every_stay_of_the_run_sees_the_same_cause(order: list[int]) -> None:
    eight = moves(8)
    first, *rest = (eight[number] for number in order)
    assert the_one(MOVER, with_others(first, *rest)).key == (
        the_one(MOVER, with_others(eight[0], *eight[1:])).key
    )


BEFORE = date(2026, 7, 1)


def resident(
    nights: int,
    *,
    kind: str = "itas",
    home: str = "17.02",
    since: date | None = BEFORE,
    **changes: Any,
) -> Facts:
    first = date(2026, 8, 1)
    stay = make_stay(
        1,
        checked_in_on=first,
        checked_out_on=first + timedelta(days=nights),
        expected_departure_on=first + timedelta(days=nights),
        **changes,
    )
    days = {"valid_from": since, "valid_until": date(2027, 8, 1)}
    permit = make_permit(kind=kind, region_code=home, **days)
    return make_facts(nov(28), stay=stay, permit=permit)


def test_a_resident_for_many_nights_outside_the_registered_regency() -> None:
    cause = the_one(AWAY, resident(31))
    assert (cause.evidence["nights"], cause.evidence["registered_region"]) == (31, "17.02")
    assert cause.severity == "low"
    assert found(AWAY, resident(30)) == []


def test_nights_before_the_permit_began_do_not_count() -> None:
    """Forty nights since 1 August; the permit from the 11th on leaves thirty of them."""
    assert found(AWAY, resident(40, since=date(2026, 8, 11))) == []
    cause = the_one(AWAY, resident(40, since=date(2026, 8, 10)))
    assert cause.evidence["nights"] == 31
    assert the_one(AWAY, resident(40, since=None)).evidence["nights"] == 40


@pytest.mark.parametrize("kind", ["itk", "voa", "bvk"])
def test_only_residents_have_an_address(kind: str) -> None:
    assert found(AWAY, resident(40, kind=kind)) == []
    assert the_one(AWAY, resident(40, kind="itap"))


def test_the_region_is_the_regency_or_the_province() -> None:
    assert found(AWAY, resident(40, home="17.71.05")) == []
    assert found(AWAY, resident(40, home="17")) == []
    assert found(AWAY, resident(40), same_regency=False) == []
    assert the_one(AWAY, resident(40, home="35.72"), same_regency=False)


def test_nights_in_several_lodgings_add_up_within_the_days() -> None:
    first = date(2026, 8, 1)
    stays = [
        make_stay(
            number,
            checked_in_on=first + timedelta(days=after),
            checked_out_on=first + timedelta(days=after + 16),
            expected_departure_on=first + timedelta(days=after + 16),
        )
        for number, after in ((1, 0), (2, 40))
    ]
    days = {"valid_from": BEFORE, "valid_until": date(2027, 8, 1)}
    permit = make_permit(kind="itas", region_code="17.02", **days)
    facts = make_facts(nov(28), stay=stays[0], others=(stays[1],), permit=permit)
    cause = the_one(AWAY, facts)
    assert cause.evidence["nights"] == 32
    assert cause.stay_id == stays[1].stay_id
    # Within fifty days there are sixteen nights, and ten of the other stay.
    assert found(AWAY, facts, within_days=50) == []


def test_nights_to_come_do_not_count() -> None:
    stay = make_stay(checked_in_on=nov(1), expected_departure_on=date(2027, 1, 1))
    days = {"valid_from": BEFORE, "valid_until": date(2027, 8, 1)}
    permit = make_permit(kind="itas", region_code="17.02", **days)
    facts = make_facts(date(2026, 12, 1), stay=stay, permit=permit)
    assert found(AWAY, facts) == []
    assert the_one(AWAY, make_facts(date(2026, 12, 2), stay=stay, permit=permit))
