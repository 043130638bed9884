"""Lists of a lodging's stays: pages, filters, the returning guest, the box that finds."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from apoa.access.actors import Actor
from apoa.base.clock import now, today
from apoa.base.errors import InvalidInput, NotFound
from apoa.stays.board import load_board
from apoa.stays.cancel import cancel_stay
from apoa.stays.check_out import check_out_stay
from apoa.stays.find_in_property import find_in_property
from apoa.stays.listing import StayFilter, list_stays
from apoa.stays.models import Source, StayState
from apoa.stays.report import report_stay
from apoa.stays.returning import find_returning_guest
from tests.cast import Cast
from tests.factories import make_report
from tests.stays.conftest import Reporter

HERE = today("Asia/Jakarta")


def arrival(hours: float) -> datetime:
    return now().replace(microsecond=0) - timedelta(hours=hours)


def test_pages_follow_each_other_without_gap_or_repeat(
    reported: Reporter, clerk: Actor, cast: Cast
) -> None:
    same = arrival(5)
    made = [
        reported(document_number=f"P{n}", checked_in_at=same if n < 4 else arrival(n)).stay_id
        for n in range(7)
    ]
    seen: list[Any] = []
    cursor = None
    while True:
        page = list_stays(clerk, cast.property_a, StayFilter(), cursor, 2)
        assert len(page.lines) <= 2
        seen += page.lines
        cursor = page.next_cursor
        if cursor is None:
            break
    assert sorted(line.stay_id for line in seen) == sorted(made)
    arrivals = [line.checked_in_at for line in seen]
    assert arrivals == sorted(arrivals, reverse=True)


def test_a_full_last_page_has_no_next(reported: Reporter, clerk: Actor, cast: Cast) -> None:
    for n in range(2):
        reported(document_number=f"P{n}")
    assert list_stays(clerk, cast.property_a, StayFilter(), None, 2).next_cursor is None


@pytest.mark.parametrize("cursor", ["x", "eHh4", "!!!", "MjAyNi0wMS0wMSAx", "é"])
def test_a_made_up_cursor_is_refused(clerk: Actor, cast: Cast, cursor: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        list_stays(clerk, cast.property_a, StayFilter(), cursor)
    assert caught.value.problems[0].pointer == "/cursor"


def test_filters_narrow_the_list(reported: Reporter, clerk: Actor, cast: Cast) -> None:
    old = reported(checked_in_at=arrival(24 * 9), party_ref="BUS", client_ref="OLD").stay_id
    gone = reported(document_number="G", party_ref="BUS").stay_id
    lost = reported(document_number="L").stay_id
    check_out_stay(clerk, cast.property_a, gone, now(), source=Source.WEB)
    changed_at = now()
    cancel_stay(clerk, cast.property_a, lost, reason="x", source=Source.WEB)
    week = HERE - timedelta(days=5)
    for wanted, ids in (
        (StayFilter(), {old, gone, lost}),
        (StayFilter(state=StayState.IN_HOUSE), {old}),
        (StayFilter(state=StayState.DEPARTED), {gone}),
        (StayFilter(state=StayState.CANCELLED), {lost}),
        (StayFilter(checked_in_from=week), {gone, lost}),
        (StayFilter(checked_in_to=week), {old}),
        (StayFilter(checked_in_from=HERE + timedelta(days=1)), set()),
        (StayFilter(party_ref="BUS"), {old, gone}),
        (StayFilter(party_ref="BUS", state=StayState.DEPARTED), {gone}),
        (StayFilter(client_ref="OLD"), {old}),
        (StayFilter(updated_since=changed_at), {lost}),
    ):
        lines = list_stays(clerk, cast.property_a, wanted).lines
        assert {line.stay_id for line in lines} == ids, wanted


def test_a_line_has_the_present_receipt(reported: Reporter, clerk: Actor, cast: Cast) -> None:
    stay_id = reported().stay_id
    left = check_out_stay(clerk, cast.property_a, stay_id, now(), source=Source.WEB)
    (line,) = list_stays(clerk, cast.property_a, StayFilter()).lines
    assert (line.receipt_number, line.version) == (left.receipt_number, 2)
    assert line.guest_name == "ANNA MARIA ERIKSSON"


def test_the_board_counts_the_late(reported: Reporter, clerk: Actor, cast: Cast) -> None:
    reported()
    reported(document_number="L", checked_in_at=arrival(30))
    cancelled = reported(document_number="C", checked_in_at=arrival(31)).stay_id
    cancel_stay(clerk, cast.property_a, cancelled, reason="x", source=Source.WEB)
    board = load_board(clerk, cast.property_a, now=now())
    assert (len(board.in_house), board.late_count) == (2, 1)
    assert [line.checked_in_at for line in board.in_house] == sorted(
        line.checked_in_at for line in board.in_house
    )


@pytest.mark.parametrize(
    ("number", "state", "is_found"),
    [
        ("L898902C3", None, True),
        ("l898-902 c3", "SWE", True),
        ("L898902C3", "NOR", False),
        ("L898902C4", None, False),
        ("---", None, False),
        ("", None, False),
    ],
)
def test_a_returning_guest_is_known_by_the_document(
    reported: Reporter, clerk: Actor, cast: Cast, number: str, state: str | None, is_found: bool
) -> None:
    reported(room="1", checked_in_at=arrival(24 * 30))
    reported(room="2")
    found = find_returning_guest(clerk, cast.property_a, number, state)
    assert (found is not None) is is_found
    if found is not None:
        assert found.room == "2"
        assert found.document.number == "L898902C3"


def test_a_returning_guest_of_another_property_is_unknown(reported: Reporter, cast: Cast) -> None:
    reported()
    manager = cast.act_as("manager_ab")
    assert find_returning_guest(manager, cast.property_b, "L898902C3") is None


def test_a_cancelled_report_is_nobodys_return(reported: Reporter, clerk: Actor, cast: Cast) -> None:
    cancel_stay(clerk, cast.property_a, reported().stay_id, reason="x", source=Source.WEB)
    assert find_returning_guest(clerk, cast.property_a, "L898902C3") is None


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("eriksson anna", True),
        ("Ériks", True),
        ("maria erik", True),
        ("l898 902c3", True),
        ("BUS 7", True),
        ("bengt", False),
        ("anna bengt", False),
        ("%", False),
    ],
)
def test_the_box_finds_by_name_number_or_party(
    reported: Reporter, clerk: Actor, cast: Cast, text: str, is_found: bool
) -> None:
    found = reported(party_ref="BUS 7").stay_id
    reported(surname="BERG", given_names="ULLA", document_number="X1")
    lines = find_in_property(clerk, cast.property_a, text)
    assert [line.stay_id for line in lines] == ([found] if is_found else [])


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "required"), ("  ", "required"), ("a\x00", "control-character"), ("x" * 151, "too-long")],
)
def test_the_box_refuses_what_cannot_be_looked_for(
    clerk: Actor, cast: Cast, text: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        find_in_property(clerk, cast.property_a, text)
    assert [(one.pointer, one.code) for one in caught.value.problems] == [("/text", code)]


def test_the_box_looks_in_one_property(reported: Reporter, cast: Cast) -> None:
    reported()
    manager = cast.act_as("manager_ab")
    report_stay(manager, cast.property_b, make_report(), source=Source.WEB)
    assert len(find_in_property(manager, cast.property_b, "eriksson")) == 1


def test_lists_are_closed_to_others(reported: Reporter, cast: Cast) -> None:
    reported()
    for name in ("clerk_b", "supervisor_bengkulu", "stranger"):
        actor = cast.act_as(name)
        for read in (
            lambda: load_board(actor, cast.property_a, now=now()),  # noqa: B023 - called at once
            lambda: list_stays(actor, cast.property_a, StayFilter()),  # noqa: B023
            lambda: find_in_property(actor, cast.property_a, "anna"),  # noqa: B023
            lambda: find_returning_guest(actor, cast.property_a, "L898902C3"),  # noqa: B023
        ):
            with pytest.raises(NotFound):
                read()
