"""Two who write the same permits at the same time: each number once, no deadlock, no lost act."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from flask import Flask

from apoa.base.clock import now
from apoa.db.base import db
from apoa.db.scope import scope
from apoa.permits import upsert
from apoa.permits.content import PermitContent
from apoa.permits.extend import extend_permit
from apoa.permits.incoming import UpsertSource
from apoa.permits.upsert import Upserted, upsert_permits
from tests.cast import EVERYWHERE, Cast
from tests.permits.support import permit, rows, store

NUMBERS = [f"K{number}" for number in range(120)]


def at_once(app: Flask, *works: Callable[[], Any]) -> list[Any]:
    """Runs each in a thread with a connection of its own, begun together."""
    gate = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        with app.app_context():
            try:
                gate.wait(10)
                return work()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def taking(contents: list[PermitContent]) -> Callable[[], list[Upserted]]:
    def run() -> list[Upserted]:
        with scope(EVERYWHERE):
            return upsert_permits(contents, UpsertSource(None, now()))

    return run


def test_two_feeds_bring_the_same_new_numbers(app: Flask, cast: Cast) -> None:
    forwards = [permit(number=number) for number in NUMBERS]
    first, second = at_once(app, taking(forwards), taking(forwards[::-1]))
    outcomes = Counter(one.outcome.value for one in first + second)
    assert outcomes == {"new": 120, "unchanged": 120}
    assert [one.permit_id for one in first] == [one.permit_id for one in second[::-1]]
    assert rows("SELECT count(*), count(DISTINCT number_blind) FROM permits") == [(120, 120)]
    assert rows("SELECT count(*) FROM permit_history")[0][0] == 120


def test_two_feeds_change_the_same_numbers(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(*[permit(number=number) for number in NUMBERS])
    one = [permit(number=number, sponsor="PT Satu") for number in NUMBERS]
    other = [permit(number=number, sponsor="PT Dua") for number in NUMBERS[::-1]]
    results = at_once(app, taking(one), taking(other))
    assert {done.outcome for result in results for done in result} <= {
        upsert.UpsertOutcome.CHANGED,
        # Who came last may say it as of an earlier moment.
        upsert.UpsertOutcome.OUTDATED,
    }
    assert rows("SELECT count(DISTINCT sponsor) FROM permits")[0][0] == 1
    said = rows(
        "SELECT count(*) FROM permits p WHERE version <>"
        " (SELECT max(seq) FROM permit_history h WHERE h.permit_id = p.id)"
    )
    assert said[0][0] == 0


def test_an_officer_and_a_feed_change_the_same_permit(app: Flask, cast: Cast) -> None:
    [done] = store(permit())
    actor = cast.actor("insarkom_bengkulu")

    def extend() -> None:
        with scope(actor.scope):
            extend_permit(actor, done.permit_id, date(2027, 6, 1), granted_on=date(2026, 12, 1))

    as_of = now()
    changed = permit(sponsor="PT Lain")

    def feed() -> list[Upserted]:
        with scope(EVERYWHERE):
            return upsert_permits([changed], UpsertSource(None, as_of))

    _, [fed] = at_once(app, extend, feed)
    [(version, valid_until, sponsor)] = rows("SELECT version, valid_until, sponsor FROM permits")
    # Either way the officer's later act stands.
    assert valid_until == date(2027, 6, 1)
    if fed.outcome is upsert.UpsertOutcome.CHANGED:
        assert (version, sponsor) == (3, "PT Lain")
    else:
        assert (version, sponsor) == (2, "PT Contoh")
