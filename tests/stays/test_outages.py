"""A declared outage stops the deadlines, those of stays reported already too."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from apoa.audit.models import AuditRow
from apoa.base.clock import now, pretend
from apoa.base.errors import InvalidInput, NotAllowed, NotFound, StateConflict
from apoa.base.ids import new_id
from apoa.db.base import db
from apoa.db.scope import scope
from apoa.stays.amend import patch_stay
from apoa.stays.check_out import check_out_stay
from apoa.stays.deadlines import deadline_of
from apoa.stays.lines import list_lines, select_lines
from apoa.stays.models import Source, Stay
from apoa.stays.outages import declare_outage, end_outage, list_outages, withdraw_outage
from apoa.stays.read import view_stay
from tests.cast import EVERYWHERE, Cast
from tests.stays.outage_hours import NOON, at, declare, end_at, report_at, stored, withdraw


def due(cast: Cast, hours: float = 0) -> float:
    """How many hours after noon a check-in then is due."""
    deadline = deadline_of(cast.office_bengkulu, at(hours))
    return (deadline.due_at - NOON).total_seconds() / 3600


@pytest.mark.parametrize(
    ("outages", "expected"),
    [
        ([], 24),
        ([(2, 5)], 27),
        ([(-5, -1)], 24),
        ([(-5, 3)], 27),
        ([(24, 30)], 24),
        ([(23, 30)], 31),
        ([(2, 5), (4, 6)], 28),
        ([(2, 10), (3, 4)], 32),
        ([(2, 5), (25, 26)], 28),
        ([(2, 5), (28, 29)], 27),
    ],
)
def test_each_hour_of_an_outage_counts_once(
    cast: Cast, outages: list[tuple[float, float]], expected: float
) -> None:
    for begin, end in outages:
        declare(cast, begin, end)
    assert due(cast) == expected


def test_an_outage_that_lasts_cuts_the_time_until_now(cast: Cast) -> None:
    declare(cast, 10, None)
    with pretend(at(40)):
        assert due(cast) == 54
    with pretend(at(50)):
        assert due(cast) == 64


@pytest.mark.parametrize(("hours", "state"), [(20, "on_time"), (26, "extended"), (28, "late")])
def test_a_report_in_time_thanks_to_an_outage_is_extended(
    cast: Cast, hours: float, state: str
) -> None:
    declare(cast, 2, 5)
    report_at(cast, hours)
    assert stored(cast) == (state, 27)


@pytest.mark.parametrize(("hours", "state"), [(20, "on_time"), (26, "extended"), (28, "late")])
def test_an_outage_declared_later_moves_what_is_stored(
    cast: Cast, hours: float, state: str
) -> None:
    report_at(cast, hours)
    assert stored(cast) == ("late" if hours > 24 else "on_time", 24)
    declare(cast, 2, 5)
    assert stored(cast) == (state, 27)
    with scope(EVERYWHERE):
        row = db.session.scalars(select(AuditRow).where(AuditRow.action == "declare_outage")).one()
        assert row.detail["deadlines_moved"] == 1


def test_the_end_of_an_outage_fixes_the_deadlines(cast: Cast) -> None:
    declare(cast, 10, None)
    report_at(cast, 40)
    assert stored(cast)[0] == "extended"
    [outage] = list_outages()
    end_outage(cast.act_as("directorate"), outage.id, at(12))
    assert stored(cast) == ("late", 26)
    with pytest.raises(StateConflict):
        end_outage(cast.act_as("directorate"), outage.id, at(13))


@pytest.mark.parametrize(("hours", "state"), [(20, "on_time"), (26, "extended"), (28, "late")])
def test_a_withdrawn_outage_never_was_but_for_who_relied_on_it(
    cast: Cast, hours: float, state: str
) -> None:
    declare(cast, 2, 5)
    report_at(cast, hours)
    [outage] = list_outages()
    withdrawn = withdraw_outage(cast.act_as("directorate"), outage.id, "Salah hari")
    assert withdrawn.withdrawn_at is not None
    assert stored(cast) == (state, 27 if state == "extended" else 24)
    assert due(cast) == 24
    assert list_outages() == []
    assert [one.withdrawn_reason for one in list_outages(also_withdrawn=True)] == ["Salah hari"]
    # Another outage of those hours does not make it late either.
    declare(cast, 2, 3)
    assert stored(cast)[0] == state
    with scope(EVERYWHERE):
        row = db.session.scalars(select(AuditRow).where(AuditRow.action == "withdraw_outage")).one()
        assert row.detail["deadlines_moved"] == (0 if state == "extended" else 1)
        assert row.purpose == "Salah hari"


def warned(cast: Cast) -> list[str]:
    """The codes of the one stay's warnings, the same on its page and in the list."""
    clerk = cast.act_as("clerk_a")
    [line] = list_lines(select_lines())
    stay = view_stay(clerk, cast.property_a, line.stay_id)
    assert stay.warnings == line.warnings
    return [one.code for one in stay.warnings]


def test_the_warnings_follow_the_deadline(cast: Cast) -> None:
    report_at(cast, 26)
    assert warned(cast) == ["late", "late-without-reason"]
    lasting = declare(cast, 2, None)
    assert warned(cast) == []
    end_at(cast, lasting, 3)
    assert warned(cast) == ["late", "late-without-reason"]


def test_one_made_late_afterwards_is_told_by_how_much(cast: Cast) -> None:
    lasting = declare(cast, 10, None)
    report_at(cast, 40)
    assert warned(cast) == []
    end_at(cast, lasting, 12.5)
    clerk = cast.act_as("clerk_a")
    stay_id = db.session.scalars(select(Stay.id)).one()
    shown = view_stay(clerk, cast.property_a, stay_id).warnings
    assert shown[0].params == {"hours": "13", "minutes": "30"}
    left = check_out_stay(clerk, cast.property_a, stay_id, now(), source=Source.WEB)
    assert left.warnings == shown


def test_the_end_of_another_outage_takes_nothing_from_who_relied_on_it(cast: Cast) -> None:
    mistaken = declare(cast, 2, 5)
    report_at(cast, 26)
    withdraw(cast, mistaken)
    lasting = declare(cast, 3, None)
    end_at(cast, lasting, 3.5)
    assert stored(cast) == ("extended", 27)
    withdraw(cast, lasting)
    assert stored(cast) == ("extended", 27)


@pytest.mark.parametrize(("minutes", "state"), [(1, "extended"), (-90, "late")])
def test_nor_does_a_corrected_check_in(cast: Cast, minutes: int, state: str) -> None:
    mistaken = declare(cast, 2, 5)
    report_at(cast, 26)
    withdraw(cast, mistaken)
    clerk = cast.act_as("clerk_a")
    stay_id = db.session.scalars(select(Stay.id)).one()
    patch = {"checked_in_at": (NOON + timedelta(minutes=minutes)).isoformat()}
    patch_stay(clerk, cast.property_a, stay_id, patch, expected_version=1, source=Source.API)
    assert stored(cast)[0] == state


def test_who_reports_after_the_withdrawal_has_no_more_time(cast: Cast) -> None:
    with pretend(at(10)):
        mistaken = declare(cast, 2, 5)
    with pretend(at(25)):
        withdraw(cast, mistaken)
    report_at(cast, 26)
    assert stored(cast) == ("late", 24)


def test_an_outage_withdrawn_while_it_lasted_gave_time_until_then(cast: Cast) -> None:
    with pretend(at(11)):
        mistaken = declare(cast, 10, None)
    report_at(cast, 40)
    with pretend(at(41)):
        withdraw(cast, mistaken)
    assert stored(cast) == ("extended", 55)
    assert due(cast) == 24


def test_a_withdrawn_outage_that_lasts_is_over(cast: Cast) -> None:
    declare(cast, 10, None)
    [outage] = list_outages()
    directorate = cast.act_as("directorate")
    with pytest.raises(InvalidInput):
        withdraw_outage(directorate, outage.id, " ")
    withdraw_outage(directorate, outage.id, "Salah tekan")
    with pretend(at(40)):
        assert due(cast) == 24
    for act in (
        lambda: withdraw_outage(directorate, outage.id, "lagi"),
        lambda: end_outage(directorate, outage.id, at(12)),
    ):
        with pytest.raises(StateConflict) as caught:
            act()
        assert caught.value.problems[0].code == "outage-withdrawn"
    with pytest.raises(NotFound):
        withdraw_outage(directorate, new_id(), "x")


@pytest.mark.parametrize("who", ["auditor", "head_bengkulu", "manager_ab", "stranger"])
def test_only_the_directorate_declares_and_ends(cast: Cast, who: str) -> None:
    actor = cast.act_as(who)
    with pytest.raises(NotAllowed):
        declare_outage(actor, starts_at=at(0), ends_at=None, reason="x")
    with pytest.raises(NotAllowed):
        end_outage(actor, new_id(), at(1))
    with pytest.raises(NotAllowed):
        withdraw_outage(actor, new_id(), "x")


def test_all_faults_are_told(cast: Cast) -> None:
    actor = cast.act_as("directorate")
    future = now() + timedelta(hours=1)
    for starts_at, ends_at, reason, expected in (
        (at(2), at(1), "x", [("/ends_at", "outage-order")]),
        (
            future,
            future,
            "x",
            [("/starts_at", "outage-in-future"), ("/ends_at", "outage-in-future")],
        ),
        (at(0).replace(tzinfo=None), None, "x", [("/starts_at", "invalid-instant")]),
        (at(0), None, " ", [("/reason", "required")]),
    ):
        with pytest.raises(InvalidInput) as caught:
            declare_outage(actor, starts_at=starts_at, ends_at=ends_at, reason=reason)
        assert [(p.pointer, p.code) for p in caught.value.problems] == expected
    with pytest.raises(NotFound):
        end_outage(actor, new_id(), at(1))


def test_old_outages_are_shown_no_longer(cast: Cast) -> None:
    declare(cast, 0, 1)
    assert len(list_outages()) == 1
    with pretend(now() + timedelta(days=100)):
        assert list_outages() == []
