"""How common names are: counted among holders, anew when the register has grown."""

import pytest

from apoa.crosscheck import frequencies as module
from apoa.crosscheck.frequencies import (
    count_names,
    count_names_at_night,
    count_names_if_grown,
    name_frequencies,
)
from apoa.db.base import session
from apoa.db.scope import NOTHING, scope, set_scope
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.engine.conftest import make_permit, register


def bits(word: str, nationality: str = "SWE") -> float:
    with scope(EVERYWHERE):
        found = name_frequencies().rarity(word, nationality)
        session().rollback()
    return found


def fill(count: int, start: int = 0) -> None:
    register(
        *(make_permit(f"P{start + n}", given_names=f"ANNA N{start + n}") for n in range(count))
    )
    set_scope(NOTHING)


def test_a_name_that_many_bear_says_little(cast: Cast) -> None:
    fill(40)
    assert count_names() == 40
    assert bits("ERIKSSON") < bits("N7")
    assert bits("ERIKSSON") == bits("ANNA")


def test_a_register_that_doubled_is_counted_anew(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SMALLEST", 10)
    monkeypatch.setattr(module, "_LOOK_SECONDS", 0.0)
    fill(9)
    assert not count_names_if_grown()
    fill(3, start=9)
    assert count_names_if_grown()
    assert not count_names_if_grown()
    fill(12, start=12)
    assert count_names_if_grown()


def test_it_looks_once_a_minute(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SMALLEST", 1)
    fill(4)
    assert count_names_if_grown()
    fill(8, start=4)
    assert not count_names_if_grown()


def test_a_large_feed_means_another_look_at_all_stays(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SMALLEST", 3)
    fill(3)
    assert not count_names_at_night()
    fill(1, start=3)
    assert count_names_at_night()
