"""The hourly walk goes on where one stay or one part of it fails, and waits for permits to come."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from apoa.crosscheck.affected import check_permits
from apoa.crosscheck.findings import nightly
from apoa.crosscheck.models import CheckFailure
from apoa.crosscheck.watchlist.entries import add_watchlist_entry
from apoa.crosscheck.watchlist.models import WatchlistEntry
from apoa.crosscheck.watchlist.schema import WatchedPersonSchema
from apoa.db.base import session
from apoa.db.scope import NOTHING, scope, set_scope
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.findings.support import (
    ARRIVAL,
    feed_as_of,
    findings,
    make_permit,
    night,
    nov,
    on_day,
    register,
    report,
    the_finding,
    work,
)


def watch(cast: Cast) -> UUID:
    person = {
        "kind": "interest",
        "surname": "Eriksson",
        "given_names": "Anna Maria",
        "birth_date": "1974-08-12",
        "document_number": "L898902C3",
        "valid_from": "2026-11-01",
    }
    supervisor = cast.act_as("supervisor_blitar")
    return add_watchlist_entry(supervisor, cast.office_blitar, WatchedPersonSchema().read(person))


def spoil(entry_id: UUID) -> None:
    """Makes the entry's document unreadable."""
    with scope(EVERYWHERE):
        session().get_one(WatchlistEntry, entry_id).document_number_sealed = b"\x02d1" + b"x" * 40
        session().commit()


def visitor(cast: Cast) -> None:
    """Came in on the 2nd and was reported by nobody."""
    register(
        make_permit(
            "2A11KB0009",
            "Q77",
            surname="LUND",
            given_names="OSKAR",
            sex="M",
            birth_date="1988-01-30",
            kind="voa",
            entered_on=nov(2),
            issuing_office_id=cast.office_bengkulu,
        )
    )


def failures() -> dict[UUID, str]:
    with scope(EVERYWHERE):
        found = {one.stay_id: one.kind for one in session().query(CheckFailure)}
        session().rollback()
    return found


def test_an_entry_that_cannot_be_read_hinders_nobody_else(cast: Cast) -> None:
    with on_day(nov(12)):
        visitor(cast)
        watched = report(cast)
        another = report(cast, surname="BERG", given_names="OLA", document_number="K1")
        work()
        entry_id = watch(cast)
        work()
        spoil(entry_id)
        feed_as_of(ARRIVAL + timedelta(hours=48))
        night()
        assert {one.stay_id for one in findings("no-permit")} == {another}
        assert failures() == {watched: "CannotDecrypt"}
        assert the_finding("no-stay-reported").stay_id is None


@pytest.mark.parametrize("name", ["settle_waiting_stays", "walk_lodgings", "walk_holders"])
def test_no_walk_waits_for_another(cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    done = []
    for one in ("settle_waiting_stays", "walk_lodgings", "walk_holders"):
        monkeypatch.setattr(nightly, one, lambda one=one: done.append(one))

    def fails() -> None:
        raise RuntimeError(name)

    fails.__name__ = name
    monkeypatch.setattr(nightly, name, fails)
    with pytest.raises(RuntimeError, match=name):
        nightly.run_nightly()
    assert len(done) == 2


def test_a_permit_that_waits_to_be_checked_is_waited_for(cast: Cast) -> None:
    with on_day(nov(12)):
        report(cast)
        work()
        register(make_permit())
        feed_as_of(ARRIVAL + timedelta(hours=48))
        night()
        assert findings("no-permit") == []
        # Its keys are made, and the check of the guest waits by now.
        [job] = take_jobs("cross_check_permits")
        set_scope(NOTHING)
        check_permits([UUID(one) for one in job["permit_ids"]])
        night()
        assert findings("no-permit") == []
        work()
        night()
        assert findings("no-permit") == []


def test_a_turn_that_is_passed_closes_nothing_and_the_next_comes(cast: Cast) -> None:
    with on_day(nov(12)):
        report(cast)
        other = report(cast, surname="BERG", given_names="OLA", document_number="K1")
        work()
        feed_as_of(ARRIVAL + timedelta(hours=48))
        night()
        assert len(findings("no-permit")) == 2
    with on_day(nov(16)):
        register(make_permit())
        night()
        assert {one.handled_by for one in findings("no-permit")} == {"insarkom"}
        assert {one.state for one in findings("no-permit")} == {"open"}
        work()
        night()
        states = {one.stay_id: (one.state, one.handled_by) for one in findings("no-permit")}
        assert states.pop(other) == ("open", "supervision")
        assert [state for state, _ in states.values()] == ["closed_itself"]


def test_a_check_of_permits_that_failed_holds_up_nobody(cast: Cast) -> None:
    with on_day(nov(12)):
        report(cast)
        work()
        visitor(cast)
        feed_as_of(ARRIVAL + timedelta(hours=48))
        set_scope(EVERYWHERE)
        later = "UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour'"
        session().execute(text(later))
        session().commit()
        night()
        assert len(findings("no-permit")) == 1


def take_jobs(task: str) -> list[dict[str, Any]]:
    """The arguments of a task's waiting jobs, which are gone then."""
    set_scope(NOTHING)
    taken = text("DELETE FROM procrastinate_jobs WHERE task_name = :task RETURNING args")
    found = list(session().scalars(taken, {"task": task}))
    session().commit()
    return found
