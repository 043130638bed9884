"""Who finds what: the own office's stays, the whole country, nothing; and what stays behind."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select, text

from apoa.access.models import OfficerPost
from apoa.access.roles import Role
from apoa.audit.models import AuditRow
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotAllowed, NotFound
from apoa.base.ids import new_id
from apoa.db.base import db
from apoa.db.scope import NOTHING, Scope, scope, set_scope
from apoa.supervision.cursor import Cursor, read_cursor
from apoa.supervision.models import StaySearch
from apoa.supervision.search import run_search, start_search
from apoa.supervision.stored_search import (
    SearchExpired,
    forget_expired_searches,
    get_terms,
    list_searches,
)
from tests.cast import Cast
from tests.supervision.finding import PURPOSE, at, found, look, report, terms


def audit(cast: Cast, action: str) -> list[AuditRow]:
    set_scope(NOTHING)
    with scope(Scope(reads_all=True)):
        rows = db.session.scalars(select(AuditRow).where(AuditRow.action == action))
        found = list(rows)
        db.session.expunge_all()
        return found


@pytest.mark.parametrize("who", ["supervisor_bengkulu", "insarkom_bengkulu", "head_bengkulu"])
def test_the_offices_own_officers_find(cast: Cast, who: str) -> None:
    anna = report(cast).stay_id
    report(cast, "property_c")
    assert found(cast, who, name="eriksson") == {anna}


@pytest.mark.parametrize(
    "wanted", [{"name": "eriksson"}, {"document_number": "L898902C3"}, {"region_code": "17"}]
)
def test_the_other_offices_officer_finds_none(cast: Cast, wanted: dict[str, str]) -> None:
    report(cast)
    assert found(cast, "supervisor_blitar", **wanted) == set()


def test_the_directorate_finds_all(cast: Cast) -> None:
    ids = {report(cast).stay_id, report(cast, "property_c").stay_id}
    assert found(cast, "directorate", name="eriksson") == ids


@pytest.mark.parametrize("who", ["clerk_a", "manager_ab", "auditor", "stranger"])
def test_others_may_not_search(cast: Cast, who: str) -> None:
    report(cast)
    with pytest.raises(NotAllowed):
        look(cast, who, name="eriksson")


def test_an_auditor_with_a_post_searches_that_office_alone(cast: Cast) -> None:
    """The auditor's scope reads everything; the search must not."""
    report(cast, "property_c")
    anna = report(cast).stay_id
    post = OfficerPost(
        id=new_id(),
        user_id=cast.auditor,
        office_id=cast.office_bengkulu,
        role=Role.SUPERVISION,
        created_at=now(),
    )
    set_scope(NOTHING)
    with scope(Scope(everywhere=True)):
        db.session.add(post)
        db.session.commit()
    assert found(cast, "auditor", name="eriksson") == {anna}


def test_a_colleagues_search_is_not_there(cast: Cast) -> None:
    actor = cast.act_as("supervisor_bengkulu")
    search_id = start_search(actor, terms(name="anna"))
    head = cast.act_as("head_bengkulu")
    with pytest.raises(NotFound):
        run_search(head, search_id)
    with pytest.raises(NotFound):
        get_terms(head, search_id)
    assert list_searches(head, since=now() - timedelta(days=1)) == ()


def test_a_search_ends_after_twelve_hours_and_is_wiped_a_day_later(cast: Cast) -> None:
    start = now()
    actor = cast.act_as("supervisor_bengkulu")
    search_id = start_search(actor, terms(name="anna"))
    with time_machine.travel(start + timedelta(hours=11, minutes=59), tick=False):
        assert get_terms(actor, search_id).name == "anna"
    with time_machine.travel(start + timedelta(hours=12, minutes=1), tick=False):
        with pytest.raises(SearchExpired):
            run_search(actor, search_id)
        assert list_searches(actor, since=start - timedelta(days=1)) == ()
    with time_machine.travel(start + timedelta(hours=37), tick=False):
        start_search(actor, terms(name="maria"))
        with pytest.raises(NotFound):
            run_search(actor, search_id)


def test_a_region_that_does_not_exist_is_refused(cast: Cast) -> None:
    actor = cast.act_as("supervisor_bengkulu")
    with pytest.raises(InvalidInput):
        start_search(actor, terms(region_code="17.99"))


def test_terms_lie_sealed(cast: Cast) -> None:
    actor = cast.act_as("supervisor_bengkulu")
    start_search(actor, terms(name="Eriksson", document_number="L898902C3"))
    sealed = bytes(db.session.execute(text("SELECT terms_sealed FROM stay_searches")).scalar_one())
    for word in (b"riksson", b"L898902C3", PURPOSE.encode()):
        assert word not in sealed


def test_each_search_and_each_page_is_recorded_without_values(cast: Cast) -> None:
    report(cast)
    page = look(cast, name="eriksson", nationality="SWE")
    run_search(cast.act_as("supervisor_bengkulu"), page.search_id)
    (searched,) = audit(cast, "stays_searched")
    assert searched.purpose == PURPOSE
    assert searched.subject_id == page.search_id
    assert searched.office_id == cast.office_bengkulu
    assert searched.detail == {"terms": ["name", "nationality"]}
    opened = audit(cast, "search_page_opened")
    assert [row.detail["hits"] for row in opened] == [1, 1]
    assert {row.purpose for row in opened} == {PURPOSE}
    assert "riksson" not in str([row.detail for row in (searched, *opened)]).lower()


def test_pages_follow_one_another_without_gap_or_repeat(cast: Cast) -> None:
    made = [
        report(cast, checked_in_at=at(f"2026-11-{day:02} 03:00"), document_number=f"P{day}{n}")
        for day in (10, 11, 12)
        for n in range(2)
    ]
    everything: list[UUID] = [one.stay_id for one in made][::-1]
    actor = cast.act_as("supervisor_bengkulu")
    search_id = start_search(actor, terms(name="eriksson"))
    seen: list[list[UUID]] = []
    cursor: Cursor | None = None
    while True:
        page = run_search(actor, search_id, cursor, limit=4)
        seen.append([hit.stay_id for hit in page.hits])
        if page.next_cursor is None:
            break
        cursor = read_cursor(str(page.next_cursor))
    assert [len(part) for part in seen] == [4, 2]
    assert sorted(seen[0] + seen[1]) == sorted(everything)
    days = [hit.checked_in_on for hit in run_search(actor, search_id).hits]
    assert days == sorted(days, reverse=True)
    assert page.previous_cursor is not None
    back = run_search(actor, search_id, page.previous_cursor, limit=4)
    assert [hit.stay_id for hit in back.hits] == seen[0]
    assert back.previous_cursor is None
    assert back.next_cursor is not None


@pytest.mark.parametrize("cursor", ["x", "n20261399" + "0" * 32, "q20261121" + "0" * 32])
def test_an_invented_cursor_is_not_found(cursor: str) -> None:
    with pytest.raises(NotFound):
        read_cursor(cursor)


def test_each_night_everybodys_expired_searches_are_wiped_and_live_ones_stay(cast: Cast) -> None:
    with time_machine.travel(now() - timedelta(hours=37), tick=False):
        look(cast, "supervisor_bengkulu", name="eriksson")
        look(cast, "insarkom_bengkulu", name="eriksson")
    live = look(cast, "supervisor_blitar", name="eriksson")
    set_scope(NOTHING)
    assert forget_expired_searches() == 2
    with scope(Scope(everywhere=True)):
        assert list(db.session.scalars(select(StaySearch.id))) == [live.search_id]
    assert [row.detail for row in audit(cast, "expired_searches_wiped")] == [{"count": 2}]


def test_without_saying_so_aloud_nobody_sees_or_wipes_anothers_search(cast: Cast) -> None:
    look(cast, "supervisor_bengkulu", name="eriksson")
    for who in ("directorate", "supervisor_blitar"):
        cast.act_as(who)
        assert list(db.session.scalars(select(StaySearch.id))) == []
        assert db.session.execute(text("DELETE FROM stay_searches")).rowcount == 0  # type: ignore[attr-defined]
