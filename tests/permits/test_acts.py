"""What officers do with a permit: register, extend, end, learn a document, read it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotAllowed, NotFound, StateConflict
from apoa.base.ids import new_id
from apoa.db.scope import current_scope, scope
from apoa.permits.change_status import change_status
from apoa.permits.extend import extend_permit
from apoa.permits.facts import PermitFacts
from apoa.permits.learn_document import learn_document
from apoa.permits.models import PermitStatus
from apoa.permits.queries import (
    find_permit,
    list_permits_by_document,
    list_permits_by_number,
    permit_facts,
)
from apoa.permits.register import register_permit
from apoa.permits.view import get_past_permit, get_permit_view
from tests.cast import EVERYWHERE, Cast
from tests.permits.support import jobs, permit, rows, store

VOA = {"kind": "voa", "index_code": "B1", "valid_until": date(2026, 1, 30)}
GRANTED = date(2026, 1, 29)


def facts(permit_id: UUID) -> PermitFacts:
    with scope(EVERYWHERE):
        return permit_facts([permit_id])[permit_id]


def code_of(error: pytest.ExceptionInfo[InvalidInput] | pytest.ExceptionInfo[StateConflict]) -> str:
    [problem] = error.value.problems
    return f"{problem.pointer}:{problem.code}"


@pytest.mark.parametrize("name", ["insarkom_bengkulu", "head_bengkulu", "directorate"])
def test_who_keeps_the_register_adds_extends_and_ends(cast: Cast, name: str) -> None:
    actor = cast.act_as(name)
    permit_id = register_permit(actor, permit(**VOA))
    before = current_scope()
    extend_permit(actor, permit_id, date(2026, 3, 1), granted_on=GRANTED)
    change_status(actor, permit_id, PermitStatus.DEPARTED, status_on=date(2026, 2, 10))
    assert current_scope() == before
    found = facts(permit_id)
    assert (found.version, found.status, found.status_on) == (3, "departed", date(2026, 2, 10))
    assert [(one.seq, one.act, one.status, one.effective_on) for one in found.history] == [
        (1, "imported", "active", None),
        (2, "extended", "extended", GRANTED),
        (3, "status", "departed", date(2026, 2, 10)),
    ]
    assert jobs() == [{"permit_ids": [str(permit_id)]}] * 3
    by = rows("SELECT DISTINCT by FROM permit_history")
    assert [row[0] for row in by] == [actor.user_id]
    audited = {
        row[0] for row in rows("SELECT action FROM audit_rows WHERE subject_id = :id", id=permit_id)
    }
    assert audited == {"extend_permit", "change_permit_status"}


@pytest.mark.parametrize("name", ["supervisor_bengkulu", "auditor", "manager_ab", "clerk_a"])
def test_nobody_else(cast: Cast, name: str) -> None:
    [done] = store(permit())
    actor = cast.act_as(name)
    for act in (
        lambda: register_permit(actor, permit(number="Z1")),
        lambda: extend_permit(actor, done.permit_id, date(2027, 1, 1), granted_on=GRANTED),
        lambda: change_status(actor, done.permit_id, PermitStatus.REVOKED, status_on=GRANTED),
        lambda: learn_document(actor, done.permit_id, "X1", None),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert facts(done.permit_id).version == 1


def test_a_known_number_is_not_registered_again(cast: Cast) -> None:
    actor = cast.act_as("insarkom_bengkulu")
    register_permit(actor, permit())
    with pytest.raises(StateConflict) as error:
        register_permit(actor, permit(sponsor="PT Lain"))
    assert code_of(error) == "/number:permit-already-registered"


@pytest.mark.parametrize(
    ("until", "reason", "expected"),
    [
        (date(2026, 1, 30), None, "/valid_until:permit-extension-not-later"),
        (date(2026, 3, 2), None, "/reason:permit-extension-beyond-table"),
        (date(2026, 3, 2), "Penerbangan dibatalkan", None),
        (date(2026, 3, 1), None, None),
    ],
)
def test_how_far_a_permit_is_extended(
    cast: Cast, until: date, reason: str | None, expected: str | None
) -> None:
    [done] = store(permit(**VOA))
    actor = cast.act_as("insarkom_bengkulu")
    if expected is None:
        extend_permit(actor, done.permit_id, until, granted_on=GRANTED, reason=reason)
        assert facts(done.permit_id).valid_until == until
        [row] = rows("SELECT reason FROM permit_history WHERE act = 'extended'")
        assert row[0] == reason
    else:
        with pytest.raises(InvalidInput) as error:
            extend_permit(actor, done.permit_id, until, granted_on=GRANTED, reason=reason)
        assert code_of(error) == expected


def test_the_table_allows_a_second_extension_only_where_it_says_so(cast: Cast) -> None:
    [done] = store(permit(**VOA))
    actor = cast.act_as("insarkom_bengkulu")
    extend_permit(actor, done.permit_id, date(2026, 2, 10), granted_on=GRANTED)
    with pytest.raises(InvalidInput):
        extend_permit(actor, done.permit_id, date(2026, 2, 20), granted_on=GRANTED)
    assert facts(done.permit_id).valid_until == date(2026, 2, 10)


def test_an_unknown_index_code_or_beginning_hinders_no_extension(cast: Cast) -> None:
    unknown = permit(index_code="Z99")
    [first, second] = store(unknown, permit(number="W1", valid_from=None, entered_on=None))
    actor = cast.act_as("insarkom_bengkulu")
    for one in (first, second):
        extend_permit(actor, one.permit_id, date(2040, 1, 1), granted_on=GRANTED)


def test_an_ended_permit_is_neither_extended_nor_ended_again(cast: Cast) -> None:
    [done] = store(permit(status="revoked", status_on=date(2026, 5, 1)))
    actor = cast.act_as("insarkom_bengkulu")
    with pytest.raises(StateConflict):
        extend_permit(actor, done.permit_id, date(2027, 1, 1), granted_on=GRANTED)
    with pytest.raises(StateConflict):
        change_status(actor, done.permit_id, PermitStatus.DEPARTED, status_on=date(2026, 6, 1))


def test_a_permit_does_not_end_before_it_begins(cast: Cast) -> None:
    [done] = store(permit())
    actor = cast.act_as("insarkom_bengkulu")
    with pytest.raises(InvalidInput) as error:
        change_status(actor, done.permit_id, PermitStatus.REVOKED, status_on=date(2025, 12, 31))
    assert code_of(error) == "/status_on:permit-status-before-begin"
    change_status(actor, done.permit_id, PermitStatus.REVOKED, status_on=date(2026, 1, 1))


def test_what_does_not_exist_is_not_found(cast: Cast) -> None:
    actor = cast.act_as("insarkom_bengkulu")
    with pytest.raises(NotFound):
        extend_permit(actor, new_id(), date(2027, 1, 1), granted_on=GRANTED)
    with pytest.raises(NotFound):
        change_status(actor, new_id(), PermitStatus.REVOKED, status_on=GRANTED)
    with pytest.raises(NotFound):
        learn_document(actor, new_id(), "X1", None)
    with pytest.raises(NotFound):
        get_permit_view(actor, new_id())


def test_a_feed_that_repeats_itself_takes_back_nothing_that_an_officer_did(cast: Cast) -> None:
    [done] = store(permit(**VOA))
    actor = cast.act_as("insarkom_bengkulu")
    extend_permit(actor, done.permit_id, date(2026, 3, 1), granted_on=GRANTED)
    assert store(permit(**VOA))[0].outcome.value == "unchanged"
    earlier = now() - timedelta(days=1)
    outdated = permit(**VOA, sponsor="PT Lain")
    assert store(outdated, as_of=earlier)[0].outcome.value == "outdated"
    # The feed has heard of the extension: it says what the register knows.
    same = permit(
        **VOA | {"valid_until": date(2026, 3, 1), "status": "extended", "status_on": GRANTED}
    )
    assert store(same)[0].outcome.value == "unchanged"
    assert facts(done.permit_id).version == 2
    # And now that it says so, what it says otherwise is news.
    assert store(permit(**VOA))[0].outcome.value == "changed"


def test_a_learnt_document_finds_the_permit(cast: Cast) -> None:
    [done] = store(permit())
    actor = cast.act_as("insarkom_bengkulu")
    assert learn_document(actor, done.permit_id, "M 100-200", "SWE")
    assert not learn_document(actor, done.permit_id, "m100200", None)
    found = facts(done.permit_id)
    assert [(one.normalised, one.is_current, one.learnt) for one in found.documents] == [
        ("L898902C3", True, False),
        ("M100200", False, True),
    ]
    assert found.history[-1].act == "document_added"
    assert len(jobs()) == 2
    assert store(permit())[0].outcome.value == "unchanged"
    assert list_permits_by_document("M100200") == [done.permit_id]
    assert list_permits_by_document("M100200", "SWE") == [done.permit_id]
    assert list_permits_by_document("M100200", "NOR") == []
    assert find_permit("2C11JE0001X", "SWE") == done.permit_id
    assert find_permit("2C11JE0001X", "NOR") is None
    assert list_permits_by_number("2c11-je-0001-x") == [done.permit_id]
    with pytest.raises(ValueError, match="letter or digit"):
        learn_document(actor, done.permit_id, "--", None)


def test_a_document_of_an_unknown_state_is_found_with_any(cast: Cast) -> None:
    [done] = store(permit())
    actor = cast.act_as("insarkom_bengkulu")
    learn_document(actor, done.permit_id, "M1", None)
    assert list_permits_by_document("M1", "NOR") == [done.permit_id]


@pytest.mark.parametrize(
    "name", ["supervisor_blitar", "insarkom_bengkulu", "auditor", "directorate"]
)
def test_an_officer_reads_a_permit_and_that_is_audited(cast: Cast, name: str) -> None:
    [done] = store(permit(issuing_office_id=cast.office_bengkulu))
    keeper = cast.act_as("insarkom_bengkulu")
    learn_document(keeper, done.permit_id, "M1", None)
    actor = cast.act_as(name)
    view = get_permit_view(actor, done.permit_id)
    assert (view.content.number, view.content.niora) == ("2C11 JE 0001-X", "N000001")
    assert [one.number for one in view.documents] == ["L898902C3", "M1"]
    assert view.region_name == "Kota Bengkulu"
    assert view.issuing_office_name == "Kantor Imigrasi Kelas I TPI Bengkulu"
    assert view.kind_name_en == "Limited stay permit (ITAS)"
    assert [(one.seq, one.by_name) for one in view.history] == [(2, keeper.name), (1, None)]
    [audit] = rows(
        "SELECT actor_id, subject_id, detail FROM audit_rows WHERE action = 'view_permit'"
    )
    assert audit[1] == done.permit_id
    assert "ANDERSSON" not in str(view) + str(facts(done.permit_id)) + str(permit())


def test_the_permit_as_each_act_left_it(cast: Cast) -> None:
    given = permit(**VOA, issuing_office_id=cast.office_blitar)
    [done] = store(given)
    actor = cast.act_as("insarkom_bengkulu")
    extend_permit(actor, done.permit_id, date(2026, 3, 1), granted_on=GRANTED)
    assert get_past_permit(actor, done.permit_id, 1) == given
    extended = replace(given, valid_until=date(2026, 3, 1), status="extended", status_on=GRANTED)
    assert get_past_permit(actor, done.permit_id, 2) == extended
    assert len(rows("SELECT 1 FROM audit_rows WHERE action = 'view_permit'")) == 2
    with pytest.raises(NotFound):
        get_past_permit(actor, done.permit_id, 3)
    with pytest.raises(NotAllowed):
        get_past_permit(cast.act_as("manager_ab"), done.permit_id, 1)


def test_a_lodging_may_not_ask(cast: Cast) -> None:
    [done] = store(permit())
    with pytest.raises(NotAllowed):
        get_permit_view(cast.act_as("manager_ab"), done.permit_id)


def test_what_was_in_force_on_a_night(cast: Cast) -> None:
    [done] = store(permit(**VOA))
    known = facts(done.permit_id)
    assert not known.covers(date(2025, 12, 31))
    assert known.covers(date(2026, 1, 1))
    assert known.covers(date(2026, 1, 30))
    assert not known.covers(date(2026, 1, 31))
    before = now()
    actor = cast.act_as("insarkom_bengkulu")
    extend_permit(actor, done.permit_id, date(2026, 3, 1), granted_on=date(2026, 2, 5))
    known = facts(done.permit_id)
    assert known.covers(date(2026, 1, 31)), "an extension applied later counts"
    assert known.known_until(before) == date(2026, 1, 30)
    assert known.known_until(now()) == date(2026, 3, 1)
    assert known.known_until(before - timedelta(days=1)) is None
    change_status(actor, done.permit_id, PermitStatus.CANCELLED, status_on=date(2026, 2, 20))
    known = facts(done.permit_id)
    assert known.last_day() == date(2026, 2, 19)
    assert known.covers(date(2026, 2, 19))
    assert not known.covers(date(2026, 2, 20))
