"""No permit found, a nationality that is not eligible, a holder whom nobody reported."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from apoa.crosscheck.rules.facts import HolderFacts, NationalityLists
from tests.crosscheck.rules.facts import (
    OFFICE,
    at_noon,
    found,
    make_facts,
    make_match,
    make_permit,
    make_stay,
    nov,
    the_one,
)

NO_PERMIT, NOT_ELIGIBLE, UNREPORTED = "no-permit", "nationality-not-eligible", "no-stay-reported"
LISTS = NationalityLists(
    {
        ("voa", "SWE"): ((date(2020, 1, 1), None),),
        ("bvk", "SGP"): ((date(2016, 1, 1), date(2026, 11, 9)),),
        ("bvk", "MYS"): ((date(2016, 1, 1), None),),
    }
)
A_WEEK_LATER = nov(17)


def nobody(**changes: Any) -> Any:
    return make_facts(match=make_match(band="none", permit=None), lists=LISTS, **changes)


def test_no_permit_once_the_register_is_recent_enough() -> None:
    stay = make_stay()
    after_grace = stay.checked_in_at + timedelta(hours=48)
    cause = the_one(NO_PERMIT, nobody(feed_as_of=after_grace))
    assert cause.handled_by == "insarkom"
    assert cause.handover is not None
    assert (cause.handover.to, cause.handover.after_days) == ("supervision", 3)
    assert found(NO_PERMIT, nobody(feed_as_of=after_grace - timedelta(seconds=1))) == []
    assert found(NO_PERMIT, nobody(feed_as_of=None)) == []


@pytest.mark.parametrize("band", ["linked", "review"])
def test_a_permit_that_fits_or_may_fit_is_a_permit(band: str) -> None:
    assert found(NO_PERMIT, make_facts(match=make_match(band=band))) == []


def test_a_stay_not_matched_yet_counts_as_without() -> None:
    assert the_one(NO_PERMIT, make_facts(match=None))


def test_a_kind_that_the_register_does_not_hold_is_not_missed() -> None:
    visits = ["itk", "itas", "itap"]
    voa = make_stay(permit_kind="voa")
    assert the_one(NO_PERMIT, nobody(stay=voa))
    assert found(NO_PERMIT, nobody(stay=voa), kinds_expected=visits) == []
    assert found(NO_PERMIT, nobody(stay=make_stay(permit_kind="diplomatic"))) == []


@pytest.mark.parametrize("claimed", [None, "unknown"])
def test_of_an_unknown_kind_the_nationality_tells_what_may_be_missing(claimed: str | None) -> None:
    stay = make_stay(permit_kind=claimed)
    assert the_one(NO_PERMIT, nobody(stay=stay))
    # Sweden may enter with VoA, which this register does not hold.
    assert found(NO_PERMIT, nobody(stay=stay), kinds_expected=["itk", "itas", "itap"]) == []
    afghan = make_stay(permit_kind=claimed, nationality="AFG")
    assert the_one(NO_PERMIT, nobody(stay=afghan), kinds_expected=["itk", "itas", "itap"])


def eligible(kind: str, nationality: str, entered_on: date | None, **changes: Any) -> Any:
    permit = make_permit(kind=kind, nationality=nationality, entered_on=entered_on)
    return make_facts(permit=permit, lists=LISTS, **changes)


def test_a_nationality_that_is_not_on_the_list() -> None:
    cause = the_one(NOT_ELIGIBLE, eligible("voa", "AFG", nov(8)))
    assert cause.evidence == {
        "kind": "voa",
        "nationality": "AFG",
        "day": "2026-11-08",
        "by": "entry",
        "from_register": True,
    }
    assert found(NOT_ELIGIBLE, eligible("voa", "SWE", nov(8))) == []
    assert found(NOT_ELIGIBLE, eligible("itk", "AFG", nov(8))) == []


def test_the_list_of_the_day_of_entry_counts_its_last_day_included() -> None:
    assert found(NOT_ELIGIBLE, eligible("bvk", "SGP", nov(9))) == []
    assert the_one(NOT_ELIGIBLE, eligible("bvk", "SGP", nov(10)))


def test_without_a_day_of_entry_the_check_in_counts() -> None:
    cause = the_one(NOT_ELIGIBLE, eligible("bvk", "SGP", None))
    assert (cause.evidence["by"], cause.evidence["day"]) == ("check-in", "2026-11-10")
    reported = eligible("bvk", "SGP", None, stay=make_stay(entered_on=nov(9)))
    assert found(NOT_ELIGIBLE, reported) == []


def test_without_a_sure_match_the_claim_counts() -> None:
    stay = make_stay(permit_kind="voa", nationality="AFG")
    cause = the_one(NOT_ELIGIBLE, make_facts(match=None, stay=stay, lists=LISTS))
    assert cause.evidence["from_register"] is False


def test_a_list_that_was_empty_says_nothing() -> None:
    assert found(NOT_ELIGIBLE, eligible("voa", "AFG", date(2019, 1, 1))) == []
    permit = make_permit(kind="voa", nationality="AFG")
    assert found(NOT_ELIGIBLE, make_facts(permit=permit)) == []


def holder(today: date = A_WEEK_LATER, **changes: Any) -> HolderFacts:
    permit = make_permit(kind="voa", entered_on=nov(10), **changes.pop("permit", {}))
    return HolderFacts(at_noon(today), today, permit, OFFICE, **changes)


def test_a_holder_whom_nobody_reported_for_a_week() -> None:
    cause = the_one(UNREPORTED, holder())
    assert (cause.severity, cause.handled_by, cause.office_id) == ("low", "supervision", OFFICE)
    assert cause.stay_id is None
    assert found(UNREPORTED, holder(nov(16))) == []


def test_a_report_since_the_entry_answers_and_an_older_one_does_not() -> None:
    assert found(UNREPORTED, holder(last_reported_on=nov(10))) == []
    assert the_one(UNREPORTED, holder(last_reported_on=nov(9)))


def test_who_has_left_is_not_sought() -> None:
    assert the_one(UNREPORTED, holder(permit={"valid_until": nov(17)}))
    assert found(UNREPORTED, holder(permit={"valid_until": nov(16)})) == []
    assert found(UNREPORTED, holder(permit={"status": "departed", "status_on": nov(12)})) == []


def test_other_kinds_and_unknown_entries_are_not_sought() -> None:
    facts = holder()
    assert found(UNREPORTED, facts, kinds=["itk"]) == []
    unknown = HolderFacts(facts.at, facts.today, make_permit(kind="voa"), OFFICE)
    assert found(UNREPORTED, unknown) == []


def test_a_register_of_the_future_is_as_good_as_one_of_now() -> None:
    assert the_one(NO_PERMIT, nobody(feed_as_of=datetime(2030, 1, 1, tzinfo=UTC)))
