"""A declared outage stops the deadlines, those of stays reported already too."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from apoa.audit.models import AuditRow
from apoa.base.clock import now, pretend
from apoa.base.errors import InvalidInput, NotAllowed, NotFound, StateConflict
from apoa.base.ids import new_id
from apoa.db.base import db
from apoa.db.scope import scope
from apoa.stays.deadlines import deadline_of
from apoa.stays.models import Source, Stay
from apoa.stays.outages import declare_outage, end_outage, list_outages, withdraw_outage
from apoa.stays.report import report_stay
from tests.cast import EVERYWHERE, Cast
from tests.factories import make_report

NOON = now().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=3)


def at(hours: float) -> datetime:
    """So many hours after noon three days ago."""
    return NOON + timedelta(hours=hours)


def declare(cast: Cast, begin: float, end: float | None) -> None:
    declare_outage(
        cast.act_as("directorate"),
        starts_at=at(begin),
        ends_at=None if end is None else at(end),
        reason="Pusat data padam",
    )


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


def report_at(cast: Cast, hours: float) -> None:
    with pretend(at(hours)):
        actor = cast.act_as("clerk_a")
        report_stay(actor, cast.property_a, make_report(checked_in_at=NOON), source=Source.WEB)


def stored(cast: Cast) -> tuple[str, float]:
    with scope(EVERYWHERE):
        stay = db.session.scalars(select(Stay)).one()
        return stay.deadline_state, (stay.due_at - NOON).total_seconds() / 3600


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
