"""Watchlist, another document, another person's document, an expired document."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from apoa.crosscheck.conflicts import is_somebody_else
from apoa.crosscheck.rules.facts import ConflictFacts, WatchFacts
from tests.crosscheck.rules.facts import (
    WIT,
    found,
    make_facts,
    make_match,
    make_permit,
    make_stay,
    nov,
    the_one,
)

WATCH, MISMATCH = "watchlist-hit", "document-mismatch"
CONFLICT, EXPIRED = "identity-conflict", "document-expired"


def watched(number: int = 1, **changes: Any) -> WatchFacts:
    values: dict[str, Any] = {
        "entry_id": UUID(int=700 + number),
        "kind": "penangkalan",
        "band": "linked",
        "score": 15.0,
        "valid_from": date(2026, 1, 1),
    } | changes
    return WatchFacts(**values)


def test_somebody_on_the_watchlist_is_told_at_once() -> None:
    cause = the_one(WATCH, make_facts(match=None, watch=(watched(),)))
    assert (cause.severity, cause.handled_by) == ("urgent", "supervision")
    assert cause.evidence["band"] == "linked"


def test_somebody_who_may_be_on_it_is_told_unless_the_rule_says_not() -> None:
    facts = make_facts(watch=(watched(band="review"),))
    assert the_one(WATCH, facts)
    assert found(WATCH, facts, include_probable=False) == []
    assert found(WATCH, make_facts(watch=(watched(band="none"),))) == []


def test_each_entry_is_a_cause_of_its_own() -> None:
    causes = found(WATCH, make_facts(watch=(watched(1), watched(2))))
    assert len({cause.key for cause in causes}) == 2


@pytest.mark.parametrize(
    ("first", "last", "is_hit"),
    [(12, None, True), (13, None, False), (1, 10, True), (1, 9, False)],
)
def test_an_entry_counts_on_its_days_first_and_last_included(
    first: int, last: int | None, is_hit: bool
) -> None:
    """The guest was seen from the 10th to the 12th."""
    entry = watched(valid_from=nov(first), valid_until=nov(last) if last else None)
    assert bool(found(WATCH, make_facts(nov(12), watch=(entry,)))) is is_hit


@pytest.mark.parametrize("band", ["linked", "review"])
def test_the_holder_with_another_number(band: str) -> None:
    match = make_match(band=band, document_agrees=False, differing=("document",))
    stay = make_stay(document_last="2C3")
    cause = the_one(MISMATCH, make_facts(match=match, stay=stay))
    assert cause.handled_by == "insarkom"
    assert cause.evidence["document_last"] == "2C3"


def test_the_same_number_an_unknown_one_or_a_confirmed_match_is_no_mismatch() -> None:
    assert found(MISMATCH, make_facts(match=make_match(document_agrees=True))) == []
    assert found(MISMATCH, make_facts(match=make_match(document_agrees=None))) == []
    confirmed = make_match(document_agrees=False, is_confirmed=True)
    assert found(MISMATCH, make_facts(match=confirmed)) == []
    assert found(MISMATCH, make_facts(match=make_match(band="none", document_agrees=False))) == []


def test_a_document_of_another_person() -> None:
    conflict = ConflictFacts(make_permit(9), -12.0, ("birth_date", "name"))
    cause = the_one(CONFLICT, make_facts(match=None, conflict=conflict))
    assert (cause.severity, cause.permit_id) == ("high", make_permit(9).permit_id)
    assert found(CONFLICT, make_facts()) == []


def reasons(*codes: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"field": field, "code": code, "weight": 0.0} for field, code in codes]


@pytest.mark.parametrize(
    ("codes", "is_other"),
    [
        ([("name", "other"), ("birth_date", "same")], True),
        ([("name", "same"), ("surname", "other"), ("birth_date", "same")], False),
        ([("name", "same"), ("surname", "other"), ("birth_date", "other")], True),
        ([("name", "same"), ("birth_date", "other")], False),
        ([("given_names", "other"), ("surname", "other"), ("birth_date", "same")], True),
        ([("name", "typo"), ("birth_date", "swapped-day-month")], False),
    ],
)
def test_who_is_somebody_else(codes: list[tuple[str, str]], is_other: bool) -> None:
    assert is_somebody_else(reasons(*codes)) is is_other


def test_a_document_is_good_on_its_last_day() -> None:
    stay = make_stay(document_expires_on=nov(12))
    assert found(EXPIRED, make_facts(nov(12), stay=stay)) == []
    cause = the_one(EXPIRED, make_facts(nov(13), stay=stay))
    assert cause.evidence["first_day_over"] == "2026-11-13"
    left = replace(stay, checked_out_on=nov(12), state="departed")
    assert found(EXPIRED, make_facts(nov(20), stay=left)) == []


def test_a_document_expires_by_the_lodgings_day() -> None:
    stay = make_stay(document_expires_on=nov(12), time_zone=WIT)
    assert found(EXPIRED, make_facts(nov(12), stay=stay)) == []
    assert the_one(EXPIRED, make_facts(nov(13), stay=stay))


def test_an_unknown_expiry_says_nothing() -> None:
    assert found(EXPIRED, make_facts()) == []
