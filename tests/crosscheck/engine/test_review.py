"""The queue of Insarkom and the two records side by side; what pages ask about a match."""

from uuid import UUID

import pytest
from sqlalchemy import select

from apoa.audit.models import AuditRow
from apoa.base.errors import NotAllowed, NotFound
from apoa.crosscheck.compare import Agreement
from apoa.crosscheck.decide import confirm_match
from apoa.crosscheck.review import get_review, list_review
from apoa.crosscheck.views import match_of_stay, stays_of_permit
from apoa.db.base import session
from apoa.db.scope import scope
from apoa.permits.content import DocumentContent
from apoa.stays.cancel import cancel_stay
from apoa.stays.models import Source
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.engine.conftest import make_permit, register, report, work


@pytest.fixture
def permit_id(cast: Cast) -> UUID:
    """Anna's permit under another passport, her given names in another spelling."""
    [permit_id] = register(
        make_permit(
            given_names="ANA MARIA",
            documents=(DocumentContent("K7654321", "SWE"), DocumentContent("J1112223", "SWE")),
        )
    )
    work()
    return permit_id


def test_the_queue_holds_what_waits_longest_first(cast: Cast, permit_id: UUID) -> None:
    first, second = report(cast), report(cast, "property_b")
    elsewhere = report(cast, "property_c")
    work()
    officer = cast.act_as("insarkom_bengkulu")
    page = list_review(officer)
    assert [one.stay_id for one in page.items] == [first, second]
    assert (page.total, page.next_cursor) == (2, None)
    assert (page.items[1].property_name, page.items[1].nationality) == ("Wisma Rafflesia", "SWE")
    one = list_review(officer, limit=1)
    assert one.next_cursor == first
    rest = list_review(officer, limit=1, cursor=one.next_cursor)
    assert [item.stay_id for item in rest.items] == [second]
    assert rest.next_cursor is None
    blitar = list_review(cast.act_as("insarkom_blitar"))
    assert [item.stay_id for item in blitar.items] == [elsewhere]


def test_what_was_decided_or_cancelled_leaves_the_queue(cast: Cast, permit_id: UUID) -> None:
    confirmed, cancelled = report(cast), report(cast, room="9")
    work()
    confirm_match(cast.act_as("head_bengkulu"), cast.property_a, confirmed, permit_id)
    clerk = cast.act_as("clerk_a")
    cancel_stay(clerk, cast.property_a, cancelled, reason="salah", source=Source.WEB)
    assert list_review(cast.act_as("insarkom_bengkulu")).items == ()


def test_both_records_side_by_side(cast: Cast, permit_id: UUID) -> None:
    stay_id = report(cast)
    work()
    officer = cast.act_as("insarkom_bengkulu")
    review = get_review(officer, cast.property_a, stay_id)
    fields = {one.name: one for one in review.fields}
    assert fields["surname"].agreement == Agreement.SAME
    assert fields["given_names"].agreement == Agreement.CLOSE
    assert fields["birth_date"].agreement == Agreement.SAME
    assert fields["document_number"].agreement == Agreement.DIFFERENT
    assert fields["document_number"].guest == "L898902C3"
    assert fields["document_number"].holder == ("K7654321", "J1112223")
    assert (review.permit.id, review.match.band) == (permit_id, "linked")
    assert "ERIKSSON" not in repr(review)
    assert "K7654321" not in repr(review)
    with scope(EVERYWHERE):
        actions = list(session().scalars(select(AuditRow.action).order_by(AuditRow.at)))
        session().rollback()
    assert {"review_opened", "view_permit"} <= set(actions)


def test_a_review_can_show_another_permit(cast: Cast, permit_id: UUID) -> None:
    [other] = register(make_permit("X1", surname="LIND", birth_date="1980-01-02", sex="M"))
    stay_id = report(cast)
    work()
    officer = cast.act_as("insarkom_bengkulu")
    review = get_review(officer, cast.property_a, stay_id, permit_id=other)
    assert review.permit.id == other
    assert {one.name: one.agreement for one in review.fields}["sex"] == Agreement.DIFFERENT


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("insarkom_blitar", NotFound),
        ("supervisor_bengkulu", NotAllowed),
        ("directorate", NotAllowed),
        ("clerk_a", NotAllowed),
    ],
)
def test_who_may_not_review(cast: Cast, permit_id: UUID, name: str, error: type[Exception]) -> None:
    stay_id = report(cast)
    work()
    with pytest.raises(error):
        get_review(cast.act_as(name), cast.property_a, stay_id)


def test_a_stay_without_a_match_has_nothing_to_review(cast: Cast) -> None:
    stay_id = report(cast)
    with pytest.raises(NotFound):
        get_review(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id)
    work()
    with pytest.raises(NotFound):
        get_review(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id)


def test_pages_ask_for_a_stays_match_and_a_permits_stays(cast: Cast, permit_id: UUID) -> None:
    here, there = report(cast), report(cast, "property_c")
    officer = cast.act_as("supervisor_bengkulu")
    assert match_of_stay(officer, cast.property_a, here) is None
    work()
    officer = cast.act_as("supervisor_bengkulu")
    found = match_of_stay(officer, cast.property_a, here)
    assert found is not None
    assert (found.permit_id, found.is_current, found.confirmed_by) == (permit_id, True, None)
    assert match_of_stay(officer, cast.property_c, there) is None
    assert [one.stay_id for one in stays_of_permit(officer, permit_id)] == [here]
    national = cast.act_as("directorate")
    assert {one.stay_id for one in stays_of_permit(national, permit_id)} == {here, there}
    clerk = cast.act_as("clerk_a")
    with pytest.raises(NotAllowed):
        match_of_stay(clerk, cast.property_a, here)
    with pytest.raises(NotAllowed):
        stays_of_permit(clerk, permit_id)
