"""Days of a stay against the days of permits: expired, about to expire, ended early; fines."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apoa.crosscheck.rules.facts import FineRate
from apoa.crosscheck.rules.fines import SHIPPED_RATES, fine_for
from tests.crosscheck.rules.facts import (
    WIB,
    WIT,
    WITA,
    found,
    make_facts,
    make_match,
    make_permit,
    make_stay,
    nov,
    the_one,
)

EXPIRED, SOON, ENDED = "permit-expired", "permit-expires-during-stay", "permit-cancelled"


def until(day: date, **changes: Any) -> Any:
    return make_permit(valid_until=day, **changes)


def out_on(day: date) -> Any:
    return make_stay(checked_out_on=day)


def test_a_guest_seen_after_the_last_day_is_over() -> None:
    cause = the_one(EXPIRED, make_facts(nov(20), permit=until(nov(10)), stay=out_on(nov(13))))
    assert (cause.severity, cause.handled_by) == ("high", "supervision")
    assert cause.evidence["first_day_over"] == "2026-11-11"
    assert cause.evidence["last_day_over"] == "2026-11-13"
    assert (cause.evidence["days_over"], cause.evidence["fine"]) == (3, 3_000_000)


def test_who_leaves_on_the_last_day_is_not_over_and_on_the_next_is_by_one_day() -> None:
    stay = out_on(nov(13))
    assert found(EXPIRED, make_facts(nov(20), permit=until(nov(13)), stay=stay)) == []
    cause = the_one(EXPIRED, make_facts(nov(20), permit=until(nov(12)), stay=stay))
    assert cause.evidence["days_over"] == 1


def test_the_last_day_itself_can_be_excluded() -> None:
    facts = make_facts(nov(20), permit=until(nov(13)), stay=out_on(nov(13)))
    cause = the_one(EXPIRED, facts, last_day_inclusive=False)
    assert cause.evidence["days_over"] == 1


def test_days_to_come_do_not_count() -> None:
    """In house until the 13th as planned, on the permit's last day: nothing is over yet."""
    facts = make_facts(nov(12), permit=until(nov(12)))
    assert found(EXPIRED, facts) == []
    assert the_one(EXPIRED, make_facts(nov(13), permit=until(nov(12)))).evidence["days_over"] == 1


@pytest.mark.parametrize(
    ("zone", "over"), [(WIB, False), (WITA, True), (WIT, True)], ids=["WIB", "WITA", "WIT"]
)
def test_a_day_begins_at_the_lodgings_own_midnight(zone: str, over: bool) -> None:
    """At 23.30 in Jakarta on the last day it is the next day in Makassar and Jayapura."""
    at = datetime(2026, 11, 12, 23, 30, tzinfo=ZoneInfo(WIB))
    stay = make_stay(time_zone=zone)
    facts = make_facts(permit=until(nov(12)), stay=stay, at=at)
    assert bool(found(EXPIRED, facts)) is over


def test_an_extension_entered_later_takes_the_cause_away() -> None:
    stay = out_on(nov(13))
    assert found(EXPIRED, make_facts(nov(14), permit=until(nov(10)), stay=stay))
    extended = until(nov(30), status="extended", status_on=nov(20))
    assert found(EXPIRED, make_facts(nov(21), permit=extended, stay=stay)) == []


def test_another_permit_of_the_holder_covers_and_one_that_begins_later_does_not_cover_the_gap() -> (
    None
):
    old, new = until(nov(10)), make_permit(2, valid_from=nov(11), valid_until=nov(30))
    match = make_match(old, more_permits=(new,))
    assert found(EXPIRED, make_facts(nov(20), match=match, stay=out_on(nov(13)))) == []
    late = replace(new, valid_from=nov(13))
    match = make_match(old, more_permits=(late,))
    cause = the_one(EXPIRED, make_facts(nov(20), match=match, stay=out_on(nov(13))))
    assert (cause.evidence["last_day_over"], cause.evidence["days_over"]) == ("2026-11-12", 2)
    assert cause.permit_id == old.permit_id


def test_a_permit_that_begins_after_the_stay_has_not_expired() -> None:
    permit = make_permit(valid_from=date(2026, 12, 1), valid_until=date(2026, 12, 30))
    assert found(EXPIRED, make_facts(nov(20), permit=permit, stay=out_on(nov(13)))) == []


@pytest.mark.parametrize("band", ["review", "none"])
def test_only_a_sure_match_makes_days_over(band: str) -> None:
    match = make_match(until(nov(1)), band=band)
    assert found(EXPIRED, make_facts(match=match)) == []
    assert found(EXPIRED, make_facts(match=None)) == []


@pytest.mark.parametrize("rule", [EXPIRED, SOON, ENDED])
def test_a_cancelled_stay_is_no_stay(rule: str) -> None:
    permit = until(nov(1), status="revoked", status_on=nov(1))
    stay = make_stay(state="cancelled")
    assert found(rule, make_facts(permit=permit, stay=stay)) == []


def test_a_guest_without_a_night_counts_by_the_day() -> None:
    day_use = make_stay(checked_out_on=nov(10))
    assert found(EXPIRED, make_facts(permit=until(nov(10)), stay=day_use)) == []
    assert the_one(EXPIRED, make_facts(permit=until(nov(9)), stay=day_use))


def test_a_departure_planned_after_the_last_day_is_told_before() -> None:
    facts = make_facts(nov(11), permit=until(nov(12)))
    cause = the_one(SOON, facts)
    assert (cause.severity, cause.evidence["days_over"]) == ("low", 1)
    assert found(SOON, make_facts(nov(11), permit=until(nov(13)))) == []
    assert the_one(SOON, make_facts(nov(11), permit=until(nov(13))), last_day_inclusive=False)


def test_what_is_over_already_is_no_longer_about_to_be() -> None:
    facts = make_facts(nov(12), permit=until(nov(11)))
    assert found(SOON, facts) == []
    assert the_one(EXPIRED, facts)


def test_who_has_left_does_not_expire_during_the_stay() -> None:
    facts = make_facts(nov(12), permit=until(nov(12)), stay=out_on(nov(12)))
    assert found(SOON, facts) == []


@pytest.mark.parametrize("status", ["revoked", "cancelled", "departed"])
def test_a_permit_ended_before_the_guest_was_there(status: str) -> None:
    permit = make_permit(status=status, status_on=nov(11))
    cause = the_one(ENDED, make_facts(nov(20), permit=permit, stay=out_on(nov(13))))
    assert (cause.evidence["ended_on"], cause.evidence["days_after"]) == ("2026-11-11", 2)
    assert found(EXPIRED, make_facts(nov(20), permit=permit, stay=out_on(nov(13)))) == []


def test_the_day_of_the_end_itself_is_let_pass() -> None:
    permit = make_permit(status="departed", status_on=nov(13))
    assert found(ENDED, make_facts(nov(20), permit=permit, stay=out_on(nov(13)))) == []
    permit = make_permit(status="departed", status_on=nov(12))
    assert the_one(ENDED, make_facts(nov(20), permit=permit, stay=out_on(nov(13))))
    facts = make_facts(nov(20), permit=permit, stay=out_on(nov(13)))
    assert found(ENDED, facts, days_to_leave=1) == []


@pytest.mark.parametrize("status", ["active", "extended", "converted"])
def test_a_permit_that_goes_on_has_not_ended(status: str) -> None:
    permit = make_permit(status=status, status_on=nov(1))
    assert found(ENDED, make_facts(permit=permit)) == []


def test_a_permit_that_ran_out_before_it_was_cancelled_has_expired() -> None:
    permit = until(nov(10), status="cancelled", status_on=nov(20))
    facts = make_facts(nov(25), permit=permit, stay=out_on(nov(13)))
    assert found(ENDED, facts) == []
    assert the_one(EXPIRED, facts)


def test_another_permit_makes_up_for_the_one_that_ended() -> None:
    ended = make_permit(status="cancelled", status_on=nov(5))
    match = make_match(ended, more_permits=(make_permit(2, kind="itas", valid_from=nov(5)),))
    facts = make_facts(nov(20), match=match, stay=out_on(nov(13)))
    assert found(ENDED, facts) == []
    assert found(EXPIRED, facts) == []


def test_each_day_costs_the_rate_in_force_on_it() -> None:
    """Two days of April at 300,000 and two of May at 1,000,000 (PP 28/2019)."""
    assert fine_for(SHIPPED_RATES, date(2019, 5, 1), date(2019, 5, 4)) == 2_600_000
    stay = make_stay(
        checked_in_on=date(2019, 5, 1),
        expected_departure_on=date(2019, 5, 4),
        checked_out_on=date(2019, 5, 4),
    )
    permit = until(date(2019, 4, 30), valid_from=None)
    cause = the_one(EXPIRED, make_facts(date(2019, 6, 1), permit=permit, stay=stay))
    assert (cause.evidence["fine"], cause.evidence["rate"]) == (2_600_000, 1_000_000)


def test_sixty_days_have_a_fine_and_sixty_one_have_deportation() -> None:
    stay = out_on(nov(13))
    permit = until(nov(13) - timedelta(days=60))
    cause = the_one(EXPIRED, make_facts(nov(20), permit=permit, stay=stay))
    assert (cause.evidence["fine"], cause.evidence["beyond_fine"]) == (60_000_000, False)
    permit = until(nov(13) - timedelta(days=61), valid_from=None)
    cause = the_one(EXPIRED, make_facts(nov(20), permit=permit, stay=stay))
    assert (cause.evidence["fine"], cause.evidence["beyond_fine"]) == (None, True)


def test_a_day_without_a_rate_has_no_fine() -> None:
    assert fine_for((), nov(1), nov(2)) is None
    assert fine_for((FineRate(nov(2), 5, 60),), nov(1), nov(2)) is None


days = st.integers(0, 60).map(lambda number: date(2026, 10, 1) + timedelta(days=number))


@given(valid_until=days, checked_in=days, nights=st.integers(0, 20), today=days)
def test_expired_is_whoever_was_seen_after_the_last_day(
    valid_until: date, checked_in: date, nights: int, today: date
) -> None:
    """Against the definition: the last local day seen, compared with the permit's last day."""
    checked_out = checked_in + timedelta(days=nights)
    if today < checked_in:
        return
    is_out = checked_out <= today
    stay = make_stay(
        checked_in_on=checked_in,
        expected_departure_on=checked_out,
        checked_out_on=checked_out if is_out else None,
    )
    facts = make_facts(today, permit=until(valid_until, valid_from=None), stay=stay)
    seen_last = checked_out if is_out else today
    causes = found(EXPIRED, facts)
    assert bool(causes) is (seen_last > valid_until)
    if causes:
        assert causes[0].evidence["days_over"] == (seen_last - valid_until).days
        assert found(SOON, facts) == []
    elif not is_out:
        assert bool(found(SOON, facts)) is (checked_out > max(valid_until, today))
