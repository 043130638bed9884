"""Whichever way a page of hits is looked for, it is the same page."""

from typing import Any
from uuid import UUID

import pytest

from apoa.supervision import find_hits as module
from apoa.supervision.cursor import Cursor
from apoa.supervision.find_hits import find_hits
from apoa.supervision.queries import Reach, hits_anywhere
from tests.cast import Cast
from tests.supervision.finding import at, report, terms


def reported(cast: Cast) -> list[UUID]:
    """Twelve guests on six days, every third one a Swede called ERIKSSON."""
    made = []
    for number in range(12):
        changes: dict[str, Any] = {"document_number": f"N{number}"}
        if number % 3:
            changes |= {"surname": "SMITH", "nationality": "AUS", "birth_date": "1980-01-01"}
        day = at(f"2026-11-{1 + number // 2:02} 03:00")
        made.append(report(cast, checked_in_at=day, **changes).stay_id)
    return made


@pytest.mark.parametrize(("short", "by_name", "long"), [(1, 2, 3), (3, 12, 12), (50, 50, 50)])
@pytest.mark.parametrize(
    "wanted",
    [
        {"name": "eriksson"},
        {"name": "anna"},
        {"nationality": "SWE"},
        {"birth_date": "1974-00-00", "name": "eri"},
        {"in_house_on": "2026-11-03"},
        {"region_code": "17"},
        {"region_code": "35"},
    ],
)
def test_a_walk_finds_what_an_index_finds(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    short: int,
    by_name: int,
    long: int,
    wanted: dict[str, str],
) -> None:
    reported(cast)
    monkeypatch.setattr(module, "SHORT_WALK", short)
    monkeypatch.setattr(module, "LONG_WALK_BY_NAME", by_name)
    monkeypatch.setattr(module, "LONG_WALK", long)
    cast.act_as("supervisor_bengkulu")
    asked = terms(**wanted)
    offices = frozenset({cast.office_bengkulu})
    everything = _all(asked, Reach(offices))
    for size in (1, 2, 5):
        assert list(find_hits(asked, Reach(offices), size)) == everything[:size]
    if len(everything) > 2:
        middle = everything[1]
        for backwards in (False, True):
            reach = Reach(offices, Cursor(backwards, middle.checked_in_on, middle.id))
            assert list(find_hits(asked, reach, 3)) == _all(asked, reach)[:3]


def _all(asked: Any, reach: Reach) -> list[Any]:
    return list(module.session().execute(hits_anywhere(asked, reach, 100)))
