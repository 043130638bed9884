"""Walking over many stays: progress, going on where it was, one step done once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from apoa.base.clock import now, pretend, today
from apoa.base.errors import NotAllowed, NotFound, StateConflict
from apoa.base.ids import new_id
from apoa.crosscheck import recheck as module
from apoa.crosscheck.backlog import get_backlog
from apoa.crosscheck.check import Checked
from apoa.crosscheck.models import Match, Recheck
from apoa.crosscheck.recheck import (
    recheck_present_guests,
    recheck_rule,
    run_step,
    start_recheck,
    stop_recheck,
)
from apoa.db.base import session
from apoa.db.scope import NOTHING, scope, set_scope
from apoa.stays.check_out import check_out_stay
from apoa.stays.models import Source
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.engine.conftest import get_match, make_permit, register, report, work


def read(recheck_id: UUID) -> Recheck:
    with scope(EVERYWHERE):
        found = session().get(Recheck, recheck_id)
        assert found is not None
        session().expunge(found)
        session().rollback()
    return found


def forget_matches() -> None:
    with scope(EVERYWHERE):
        session().query(Match).delete()
        session().commit()


@pytest.fixture
def five_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """Two stays in each lodging of Bengkulu, one in Blitar; two to a step; none matched."""
    monkeypatch.setattr(module, "STAYS_IN_A_STEP", 2)
    register(make_permit())
    ids = [
        report(cast, name, room=str(number))
        for number, name in enumerate(
            ("property_a", "property_a", "property_b", "property_b", "property_c")
        )
    ]
    work()
    forget_matches()
    return ids


def test_a_whole_walk_checks_every_stay_and_shows_its_progress(
    cast: Cast, five_stays: list[UUID]
) -> None:
    directorate = cast.act_as("directorate")
    recheck_id = start_recheck(directorate)
    assert read(recheck_id).total == 5
    set_scope(NOTHING)
    assert run_step(recheck_id)
    first = read(recheck_id)
    assert (first.state, first.done, first.failed) == ("running", 2, 0)
    [shown] = get_backlog(cast.act_as("directorate")).rechecks
    assert (shown.percent, shown.office_name) == (40, None)
    work()
    whole = read(recheck_id)
    assert (whole.state, whole.done, whole.failed) == ("done", 5, 0)
    assert whole.ended_at is not None
    assert {get_match(one).band for one in five_stays} == {"linked"}


def test_an_office_checks_its_own(cast: Cast, five_stays: list[UUID]) -> None:
    head = cast.act_as("head_bengkulu")
    recheck_id = start_recheck(head, cast.office_bengkulu)
    work()
    assert read(recheck_id).done == 4
    with scope(EVERYWHERE):
        assert session().query(Match).count() == 4
        session().rollback()


def test_a_step_done_twice_counts_once(cast: Cast, five_stays: list[UUID]) -> None:
    recheck_id = start_recheck(cast.act_as("directorate"))
    set_scope(NOTHING)
    check = module.check_stays
    steps = 0

    def overtaken(*given: Any, **named: Any) -> Checked:
        nonlocal steps
        steps += 1
        if steps == 1:
            # Another worker does this very step while we are still at it.
            assert run_step(recheck_id)
        return check(*given, **named)

    module.check_stays = overtaken  # type: ignore[assignment]
    try:
        assert not run_step(recheck_id)
    finally:
        module.check_stays = check
    assert read(recheck_id).done == 2
    work()
    assert (read(recheck_id).done, read(recheck_id).state) == (5, "done")


def test_the_same_walk_runs_once_at_a_time_and_can_be_stopped(
    cast: Cast, five_stays: list[UUID]
) -> None:
    head = cast.act_as("head_bengkulu")
    recheck_id = start_recheck(head, cast.office_bengkulu)
    with pytest.raises(StateConflict) as caught:
        start_recheck(cast.act_as("insarkom_bengkulu"), cast.office_bengkulu)
    assert caught.value.problems[0].code == "recheck-running"
    stop_recheck(cast.act_as("head_bengkulu"), recheck_id)
    work()
    stopped = read(recheck_id)
    assert (stopped.state, stopped.done) == ("stopped", 0)
    assert start_recheck(cast.act_as("head_bengkulu"), cast.office_bengkulu)


@pytest.mark.parametrize(
    ("name", "office", "error"),
    [
        ("head_bengkulu", None, NotAllowed),
        ("head_bengkulu", "blitar", NotFound),
        ("supervisor_bengkulu", "bengkulu", NotAllowed),
        ("auditor", None, NotAllowed),
        ("clerk_a", None, NotAllowed),
    ],
)
def test_who_may_not_start_one(
    cast: Cast, name: str, office: str | None, error: type[Exception]
) -> None:
    with pytest.raises(error):
        start_recheck(cast.act_as(name), cast.offices[office] if office else None)


def test_an_office_does_not_stop_anothers(cast: Cast, five_stays: list[UUID]) -> None:
    national = start_recheck(cast.act_as("directorate"))
    with pytest.raises(NotAllowed):
        stop_recheck(cast.act_as("head_bengkulu"), national)
    with pytest.raises(NotFound):
        stop_recheck(cast.act_as("head_bengkulu"), new_id())
    own = start_recheck(cast.act_as("head_bengkulu"), cast.office_bengkulu)
    with pytest.raises(NotFound):
        stop_recheck(cast.act_as("insarkom_blitar"), own)


def test_a_changed_rule_asks_the_rules_and_leaves_the_matches(cast: Cast) -> None:
    register(make_permit())
    work()
    stay_id = report(cast)
    work()
    before = get_match(stay_id)
    set_scope(NOTHING)
    first = recheck_rule("permit-expired")
    second = recheck_rule("permit-expired")
    assert read(first).state == "stopped"
    work()
    assert (read(second).state, read(second).done) == ("done", 1)
    assert get_match(stay_id).checked_at == before.checked_at


def test_a_new_day_asks_about_who_is_or_lately_was_there(cast: Cast) -> None:
    gone, here = report(cast), report(cast, room="9")
    clerk = cast.act_as("clerk_a")
    check_out_stay(clerk, cast.property_a, gone, now(), source=Source.WEB)
    work()
    set_scope(NOTHING)
    assert recheck_present_guests("Asia/Jayapura") is not None
    recheck_id = recheck_present_guests("Asia/Jakarta")
    assert recheck_id is not None
    assert read(recheck_id).total == 2
    assert recheck_present_guests("Asia/Jakarta") is None
    work()
    later = now() + timedelta(days=40)
    with pretend(later):
        assert today("Asia/Jakarta") > now().date() - timedelta(days=2)
        again = recheck_present_guests("Asia/Jakarta")
        assert again is not None
        assert read(again).total == 1
    assert here != gone
