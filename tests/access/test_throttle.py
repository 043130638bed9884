"""Token buckets: how many tries, how they come back, and that every worker counts the same."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text

from apoa.access.throttle import forget_full_buckets, take
from apoa.app import create_app
from apoa.base.errors import Throttled
from apoa.base.settings import Settings
from apoa.db.base import db

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def take_three() -> None:
    for _ in range(3):
        take(("try", "somebody"), capacity=3, per_seconds=60)


@pytest.mark.usefixtures("clean")
def test_a_bucket_gives_its_tries_and_then_says_when() -> None:
    with time_machine.travel(NOON, tick=False):
        take_three()
        with pytest.raises(Throttled) as caught:
            take(("try", "somebody"), capacity=3, per_seconds=60)
        assert caught.value.retry_after == 20
        take(("try", "somebody else"), capacity=3, per_seconds=60)


@pytest.mark.usefixtures("clean")
def test_tries_come_back_evenly() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        take_three()
        clock.shift(timedelta(seconds=21))
        take(("try", "somebody"), capacity=3, per_seconds=60)
        with pytest.raises(Throttled):
            take(("try", "somebody"), capacity=3, per_seconds=60)
        clock.shift(timedelta(hours=1))
        take_three()
        with pytest.raises(Throttled):
            take(("try", "somebody"), capacity=3, per_seconds=60)


@pytest.mark.usefixtures("clean")
def test_a_refused_try_does_not_push_the_next_one_away() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        take_three()
        for _ in range(10):
            clock.shift(timedelta(seconds=1))
            with pytest.raises(Throttled):
                take(("try", "somebody"), capacity=3, per_seconds=60)
        clock.shift(timedelta(seconds=10))
        take(("try", "somebody"), capacity=3, per_seconds=60)


@pytest.mark.usefixtures("clean")
def test_a_rollback_does_not_give_the_try_back() -> None:
    db.session.execute(text("SELECT 1"))
    take(("try", "once"), capacity=1, per_seconds=60)
    db.session.rollback()
    with pytest.raises(Throttled):
        take(("try", "once"), capacity=1, per_seconds=60)


@pytest.mark.usefixtures("clean")
def test_two_servers_over_one_database_share_the_tries(app: Flask, settings: Settings) -> None:
    take_three()
    other = create_app(settings)
    with other.app_context():
        with pytest.raises(Throttled):
            take(("try", "somebody"), capacity=3, per_seconds=60)
        db.engine.dispose()


@pytest.mark.usefixtures("clean")
def test_what_was_tried_is_not_stored_in_clear() -> None:
    take(("sign-in-account", "somebody@example.com"), capacity=3, per_seconds=60)
    keys = db.session.execute(text("SELECT key FROM throttles")).scalars().all()
    assert len(keys) == 1
    assert b"somebody" not in keys[0]


@pytest.mark.usefixtures("clean")
def test_full_buckets_are_forgotten() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        take_three()
        assert forget_full_buckets() == 0
        clock.shift(timedelta(days=3))
        assert forget_full_buckets() == 1
