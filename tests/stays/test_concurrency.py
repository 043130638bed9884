"""Many at once: one submission is one stay, one version is amended once, nobody waits for ever."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from apoa.access.actors import Actor
from apoa.base.clock import now
from apoa.base.errors import StateConflict, VersionConflict
from apoa.base.ids import new_id
from apoa.db.base import db
from apoa.db.scope import set_scope
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.amend import amend_stay
from apoa.stays.check_out import check_out_stay
from apoa.stays.models import Receipt, Source, Stay, StayVersion
from apoa.stays.report import report_stay
from tests.cast import Cast
from tests.factories import make_report
from tests.stays.conftest import Reporter

THREADS = 6


def all_at_once(app: Flask, actor: Actor, act: Callable[[int], Any]) -> list[Any]:
    """What each thread got back, an error included; all begin together."""
    start = Barrier(THREADS)

    def run(place: int) -> Any:
        with app.app_context():
            set_scope(actor.scope)
            start.wait()
            try:
                return act(place)
            except (StateConflict, VersionConflict) as error:
                return error.problems[0].code
            finally:
                db.session.remove()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_one_submission_sent_by_many_is_one_stay(app: Flask, clerk: Actor, cast: Cast) -> None:
    report, submission = make_report(client_ref="RES-1"), new_id()
    outcomes = all_at_once(
        app,
        clerk,
        lambda _: report_stay(
            clerk, cast.property_a, report, source=Source.WEB, submission_id=submission
        ),
    )
    assert Counter(one.duplicate for one in outcomes) == {False: 1, True: THREADS - 1}
    assert len({one.receipt_number for one in outcomes}) == 1
    assert (count(Stay), count(StayVersion), count(Receipt)) == (1, 1, 1)


def test_one_reference_with_different_content_is_one_stay(
    app: Flask, clerk: Actor, cast: Cast
) -> None:
    outcomes = all_at_once(
        app,
        clerk,
        lambda place: report_stay(
            clerk,
            cast.property_a,
            make_report(client_ref="RES-1", room=str(place)),
            source=Source.API,
        ),
    )
    assert outcomes.count("client-ref-in-use") == THREADS - 1
    assert count(Stay) == 1


def test_a_quicker_but_uncommitted_report_is_waited_for(
    app: Flask, clerk: Actor, cast: Cast
) -> None:
    report = make_report(client_ref="RES-1")

    def slow_then_lost(place: int) -> Any:
        if place:
            return report_stay(clerk, cast.property_a, report, source=Source.API)
        with unit_of_work():
            report_stay(clerk, cast.property_a, report, source=Source.API)
            db.session.execute(select(func.pg_sleep(0.3)))
            raise StateConflict.because("not-in-this-state")

    outcomes = all_at_once(app, clerk, slow_then_lost)
    kept = [one for one in outcomes if not isinstance(one, str)]
    assert Counter(one.duplicate for one in kept) == {False: 1, True: THREADS - 2}
    assert count(Stay) == 1


def test_one_version_is_amended_by_one(
    app: Flask, clerk: Actor, cast: Cast, reported: Reporter
) -> None:
    stay_id, report = reported().stay_id, make_report()
    outcomes = all_at_once(
        app,
        clerk,
        lambda place: amend_stay(
            clerk,
            cast.property_a,
            stay_id,
            replace(report, room=f"R{place}"),
            expected_version=1,
            source=Source.WEB,
        ),
    )
    assert outcomes.count("changed-meanwhile") == THREADS - 1
    assert (count(StayVersion), count(Receipt)) == (2, 2)


def test_a_check_out_by_many_is_one_version(
    app: Flask, clerk: Actor, cast: Cast, reported: Reporter
) -> None:
    stay_id, left = reported().stay_id, now() - timedelta(minutes=1)
    outcomes = all_at_once(
        app,
        clerk,
        lambda _: check_out_stay(clerk, cast.property_a, stay_id, left, source=Source.WEB),
    )
    assert Counter(one.duplicate for one in outcomes) == {False: 1, True: THREADS - 1}
    assert count(StayVersion) == 2


def test_different_guests_at_once_are_all_stored(app: Flask, clerk: Actor, cast: Cast) -> None:
    outcomes = all_at_once(
        app,
        clerk,
        lambda place: [
            report_stay(
                clerk,
                cast.property_a,
                make_report(document_number=f"N{place}-{n}", party_ref="BUS"),
                source=Source.WEB,
            )
            for n in range(3)
        ],
    )
    numbers = {one.receipt_number for several in outcomes for one in several}
    assert len(numbers) == count(Stay) == THREADS * 3
