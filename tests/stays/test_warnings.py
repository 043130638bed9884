"""What is unusual about a stay: warned of, kept beside it, and never in the way."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from apoa.access.actors import Actor
from apoa.base.clock import now, today
from apoa.stays.cancel import cancel_stay
from apoa.stays.models import Source
from apoa.stays.outcome import ReportedStay
from apoa.stays.preview import check_report
from apoa.stays.read import view_stay
from apoa.stays.report import report_stay
from apoa.stays.warnings import Nights, is_minor
from tests.cast import Cast
from tests.factories import make_report
from tests.stays.conftest import Reporter

HERE = today("Asia/Jakarta")
CHILD = {"given_names": "KARIN", "birth_date": f"{HERE.year - 9}-03-01", "document_number": "K1"}


def codes(outcome: ReportedStay) -> list[str]:
    return [warning.code for warning in outcome.warnings]


def test_an_ordinary_report_has_no_warning(reported: Reporter) -> None:
    assert reported().warnings == ()


def test_an_expired_document_is_warned_of(reported: Reporter) -> None:
    yesterday = HERE - timedelta(days=2)
    outcome = reported(expires_on=yesterday)
    assert [(one.pointer, one.code) for one in outcome.warnings] == [
        ("/document/expires_on", "document-expired")
    ]


def test_a_document_that_expires_today_is_valid(reported: Reporter) -> None:
    assert codes(reported(expires_on=HERE)) == []


@pytest.mark.parametrize("number", ["L898902C3", "l898-902 c3", "L898902C3<"])
def test_the_same_document_twice_names_the_other_stay(reported: Reporter, number: str) -> None:
    first = reported()
    second = reported(document_number=number, surname="OTHER", birth_date="1980-01-01")
    assert codes(second) == ["possible-duplicate"]
    assert second.warnings[0].params == {"stay_id": str(first.stay_id)}


@pytest.mark.parametrize(
    ("changes", "is_found"),
    [
        ({}, True),
        ({"surname": "Ériksson", "given_names": "anna  maria"}, True),
        ({"surname": "ANNA MARIA", "given_names": "ERIKSSON"}, True),
        ({"birth_date": "1974-08-13"}, False),
        ({"given_names": "ANNA"}, False),
    ],
)
def test_the_same_name_and_birth_date_is_a_possible_duplicate(
    reported: Reporter, changes: dict[str, Any], is_found: bool
) -> None:
    reported()
    second = reported(document_number="X1", **changes)
    assert ("possible-duplicate" in codes(second)) is is_found


def test_another_time_is_no_duplicate(reported: Reporter) -> None:
    ago = now() - timedelta(days=30)
    leaving = (ago + timedelta(days=2)).date()
    reported(checked_in_at=ago, expected_departure_on=leaving, checked_out_at=ago + timedelta(2))
    assert codes(reported()) == []


def test_who_should_have_left_and_did_not_still_counts(reported: Reporter) -> None:
    ago = now() - timedelta(days=30)
    reported(checked_in_at=ago, expected_departure_on=(ago + timedelta(days=2)).date())
    assert codes(reported()) == ["possible-duplicate"]
    just_now = now() - timedelta(minutes=1)
    assert "possible-duplicate" in codes(reported(checked_in_at=just_now, document_number="X1"))


def test_a_cancelled_stay_is_no_duplicate(reported: Reporter, clerk: Actor, cast: Cast) -> None:
    first = reported()
    cancel_stay(clerk, cast.property_a, first.stay_id, reason="keliru", source=Source.WEB)
    assert codes(reported()) == []


def test_another_property_is_not_looked_at(reported: Reporter, cast: Cast) -> None:
    reported()
    other = cast.act_as("clerk_b")
    outcome = report_stay(other, cast.property_b, make_report(), source=Source.WEB)
    assert outcome.warnings == ()


def test_a_manager_of_both_properties_sees_no_duplicate_across_them(cast: Cast) -> None:
    manager = cast.act_as("manager_ab")
    report_stay(manager, cast.property_a, make_report(), source=Source.WEB)
    outcome = report_stay(manager, cast.property_b, make_report(), source=Source.WEB)
    assert outcome.warnings == ()


def test_a_very_long_stay_in_a_hotel_is_warned_of(reported: Reporter) -> None:
    arrived = (now() - timedelta(hours=2)).replace(microsecond=0)
    usual = reported(expected_departure_on=HERE + timedelta(days=59))
    unusual = reported(
        checked_in_at=arrived, expected_departure_on=HERE + timedelta(days=90), document_number="Z"
    )
    assert "unusual-length" not in codes(usual)
    assert "unusual-length" in codes(unusual)


def test_a_child_alone_is_warned_of(reported: Reporter) -> None:
    assert codes(reported(**CHILD)) == ["minor-alone"]
    assert "minor-alone" in codes(reported(**CHILD, party_ref="FAM"))


def test_a_child_with_an_adult_of_the_party_is_not_alone(reported: Reporter) -> None:
    reported(party_ref="FAM")
    assert codes(reported(**CHILD, party_ref="FAM")) == []


def test_a_parent_reported_second_takes_the_warning_away(
    reported: Reporter, clerk: Actor, cast: Cast
) -> None:
    child = reported(**CHILD, party_ref="FAM")
    assert codes(child) == ["minor-alone"]
    reported(party_ref="FAM")
    view = view_stay(clerk, cast.property_a, child.stay_id)
    assert view.warnings == ()
    assert view.version == 1


def test_an_adult_of_another_party_or_time_does_not_count(reported: Reporter) -> None:
    ago = now() - timedelta(days=30)
    reported(
        party_ref="FAM",
        checked_in_at=ago,
        expected_departure_on=(ago + timedelta(days=1)).date(),
        checked_out_at=ago + timedelta(hours=5),
    )
    reported(party_ref="OTHER", document_number="X9", given_names="EVA")
    assert codes(reported(**CHILD, party_ref="FAM")) == ["minor-alone"]


def test_a_late_report_says_by_how_much(reported: Reporter) -> None:
    arrived = now() - timedelta(hours=26, minutes=30)
    outcome = reported(checked_in_at=arrived)
    assert codes(outcome) == ["late", "late-without-reason"]
    assert outcome.warnings[0].params == {"hours": "2", "minutes": "30"}
    assert outcome.deadline_state == "late"
    with_reason = reported(checked_in_at=arrived, late_reason="Listrik padam", document_number="Q")
    assert "late-without-reason" not in codes(with_reason)
    assert "late" in codes(with_reason)


def test_a_specimen_is_warned_of(reported: Reporter) -> None:
    assert codes(reported(nationality="UTO")) == ["specimen-document"]


def test_a_preview_says_the_same_and_stores_nothing(
    reported: Reporter, clerk: Actor, cast: Cast
) -> None:
    report = make_report(expires_on=date(2020, 1, 1))
    before = check_report(clerk, cast.property_a, report)
    assert [one.code for one in before] == ["document-expired"]
    assert codes(reported(expires_on=date(2020, 1, 1))) == ["document-expired"]


@pytest.mark.parametrize(
    ("birth_date", "is_young"),
    [
        ("2008-11-21", False),
        ("2008-11-22", True),
        ("2008-11-00", True),
        ("2008-10-00", False),
        ("2008-00-00", True),
        ("2007-00-00", False),
        ("2008-02-29", False),
    ],
)
def test_eighteen_is_reached_on_the_birthday(birth_date: str, is_young: bool) -> None:
    assert is_minor(birth_date, date(2026, 11, 21)) is is_young


def test_born_on_29_february_is_adult_on_1_march() -> None:
    assert is_minor("2008-02-29", date(2026, 2, 28))
    assert not is_minor("2008-02-29", date(2026, 3, 1))


@pytest.mark.parametrize(
    ("first", "second", "do"),
    [
        ((1, 3), (3, 5), False),
        ((1, 3), (2, 5), True),
        ((1, 1), (1, 1), True),
        ((1, 1), (2, 3), False),
        ((1, 9), (3, 3), True),
    ],
)
def test_nights_overlap_but_a_departure_day_is_free(
    first: tuple[int, int], second: tuple[int, int], do: bool
) -> None:
    one, other = (Nights(date(2026, 5, a), date(2026, 5, b)) for a, b in (first, second))
    assert one.overlap(other) is do
    assert other.overlap(one) is do


def test_lateness_counts_from_the_deadline_to_the_receipt(reported: Reporter) -> None:
    arrived = (now() - timedelta(hours=30)).replace(microsecond=0)
    outcome = reported(checked_in_at=arrived)
    assert outcome.due_at == arrived + timedelta(hours=24)
    assert isinstance(outcome.first_received_at, datetime)
