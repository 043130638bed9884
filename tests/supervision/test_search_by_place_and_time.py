"""A guest is found by where and when, on the lodging's own calendar."""

from datetime import datetime
from uuid import UUID

import pytest

from apoa.db.base import db
from apoa.db.scope import NOTHING, Scope, scope, set_scope
from apoa.properties.models import Property
from apoa.stays.cancel import cancel_stay
from apoa.stays.check_out import check_out_stay
from apoa.stays.models import Source
from tests.cast import Cast
from tests.supervision.finding import at, found, report


def check_out(cast: Cast, stay_id: UUID, left_at: datetime) -> None:
    actor = cast.act_as("clerk_a")
    check_out_stay(actor, cast.property_a, stay_id, left_at, source=Source.WEB)


@pytest.mark.parametrize("code", ["17", "17.71", "17.71.01", "17.71.01.1001"])
def test_region_at_each_level(cast: Cast, code: str) -> None:
    here = report(cast).stay_id
    there = report(cast, "property_b").stay_id
    village = len(code) > 8
    assert found(cast, region_code=code) == ({here} if village else {here, there})


@pytest.mark.parametrize("code", ["35", "17.02", "17.71.02"])
def test_a_region_elsewhere_finds_none(cast: Cast, code: str) -> None:
    report(cast)
    assert found(cast, region_code=code) == set()


def test_one_lodging(cast: Cast) -> None:
    here = report(cast).stay_id
    report(cast, "property_b")
    assert found(cast, property_id=str(cast.property_a)) == {here}


@pytest.mark.parametrize("typed", ["pantai", "panjang hotel", "PANTAI PAN", "Hotel Pantai Panjang"])
def test_part_of_a_lodgings_name(cast: Cast, typed: str) -> None:
    here = report(cast).stay_id
    report(cast, "property_b")
    assert found(cast, property_name=typed) == {here}


@pytest.mark.parametrize("typed", ["pan%", "%zz%"])
def test_wildcards_in_a_lodgings_name_are_only_signs(cast: Cast, typed: str) -> None:
    here = report(cast).stay_id
    report(cast, "property_b")
    assert found(cast, property_name=typed) == ({here} if typed == "pan%" else set())


def test_states(cast: Cast) -> None:
    gone = report(cast, checked_in_at=at("2026-11-10 03:00")).stay_id
    check_out(cast, gone, at("2026-11-12 03:00"))
    here = report(cast, checked_in_at=at("2026-11-11 03:00")).stay_id
    wrong = report(cast, checked_in_at=at("2026-11-09 03:00")).stay_id
    cancel_stay(cast.act_as("clerk_a"), cast.property_a, wrong, reason="keliru", source=Source.WEB)
    assert found(cast, name="eriksson", state="departed") == {gone}
    assert found(cast, name="eriksson", state="in_house") == {here}
    assert found(cast, name="eriksson", state="cancelled") == {wrong}
    assert found(cast, name="eriksson") == {gone, here, wrong}


@pytest.mark.parametrize(
    ("day", "is_found"),
    [
        ("2026-11-09", False),
        ("2026-11-10", True),  # arrived at 06:30 of that day in Jakarta, the 9th in UTC
        ("2026-11-11", True),
        ("2026-11-12", True),  # left at 00:30 of that day in Jakarta, the 11th in UTC
        ("2026-11-13", False),
    ],
)
def test_in_house_on_a_day_of_the_lodgings_calendar(cast: Cast, day: str, is_found: bool) -> None:
    stay = report(cast, checked_in_at=at("2026-11-09 23:30")).stay_id
    check_out(cast, stay, at("2026-11-11 17:30"))
    assert found(cast, in_house_on=day) == ({stay} if is_found else set())


def test_a_day_begins_earlier_in_the_east(cast: Cast) -> None:
    set_scope(NOTHING)
    with scope(Scope(everywhere=True)):
        lodging = db.session.get(Property, cast.property_b)
        assert lodging is not None
        lodging.time_zone = "Asia/Jayapura"
        db.session.commit()
    west = report(cast, checked_in_at=at("2026-11-10 15:30")).stay_id  # 22:30 of the 10th
    east = report(cast, "property_b", checked_in_at=at("2026-11-10 15:30")).stay_id  # the 11th
    assert found(cast, in_house_on="2026-11-10") == {west}
    assert found(cast, in_house_on="2026-11-11") == {west, east}


def test_who_has_not_left_is_still_here(cast: Cast) -> None:
    stay = report(cast, checked_in_at=at("2026-11-10 03:00")).stay_id
    assert found(cast, in_house_on="2027-06-01") == {stay}


def test_a_cancelled_report_was_never_in_house(cast: Cast) -> None:
    stay = report(cast, checked_in_at=at("2026-11-10 03:00")).stay_id
    cancel_stay(cast.act_as("clerk_a"), cast.property_a, stay, reason="keliru", source=Source.WEB)
    assert found(cast, in_house_on="2026-11-10") == set()


@pytest.mark.parametrize(
    ("first", "last", "is_found"),
    [
        ("2026-11-01", "2026-11-09", False),
        ("2026-11-01", "2026-11-10", True),
        ("2026-11-11", "2026-11-11", True),
        ("2026-11-12", "2026-11-30", True),
        ("2026-11-13", "2026-11-30", False),
        ("2026-11-12", None, True),
        ("2026-11-13", None, False),
        (None, "2026-11-10", True),
        (None, "2026-11-09", False),
    ],
)
def test_in_house_between_two_days(
    cast: Cast, first: str | None, last: str | None, is_found: bool
) -> None:
    stay = report(cast, checked_in_at=at("2026-11-10 03:00")).stay_id
    check_out(cast, stay, at("2026-11-12 03:00"))
    assert found(cast, in_house_from=first, in_house_to=last) == ({stay} if is_found else set())
