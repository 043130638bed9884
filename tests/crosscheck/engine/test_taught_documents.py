"""A confirmation teaches the register another passport, till an officer takes it back."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, text

from apoa.base.clock import now
from apoa.crosscheck.decide import confirm_match, reject_match
from apoa.db.base import session
from apoa.db.scope import scope
from apoa.permits.models import Permit, PermitDocument, PermitHistory
from apoa.stays.amend import amend_stay
from apoa.stays.models import Source
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.engine.conftest import (
    audit_of,
    get_match,
    make_permit,
    register,
    report,
    work,
)
from tests.factories import make_report


def learnt_by() -> list[UUID]:
    """The permits that have a document only from a confirmation."""
    with scope(EVERYWHERE):
        found = session().scalars(select(PermitDocument.permit_id).where(PermitDocument.learnt))
        ids = list(found)
        session().rollback()
    return ids


def test_a_confirmed_match_teaches_the_other_passport(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, permit_id = other_passport
    officer = cast.act_as("insarkom_bengkulu")
    confirm_match(officer, cast.property_a, stay_id, permit_id, seen_version=1, reason="paspor")
    found = get_match(stay_id)
    assert (found.band, found.decision, found.needs_review) == ("linked", "confirmed", False)
    assert found.decided_by == officer.user_id
    work()
    found = get_match(stay_id)
    assert (found.band, found.decision) == ("linked", "confirmed")
    [document] = [one for one in found.reasons if one["field"] == "document"]
    assert document["code"] == "same"
    with scope(EVERYWHERE):
        learnt = session().scalars(select(PermitDocument).where(PermitDocument.learnt)).all()
        assert [one.permit_id for one in learnt] == [permit_id]
        session().rollback()
    [row] = audit_of("match_confirmed")
    assert row.detail == {"permit_id": str(permit_id), "version": 1, "learnt": True}
    # The next stay under this passport needs nobody.
    later = report(cast, "property_b")
    work()
    found = get_match(later)
    assert (found.permit_id, found.band, found.needs_review) == (permit_id, "linked", False)


def test_a_slip_of_the_hand_is_no_new_passport(cast: Cast) -> None:
    [permit_id] = register(make_permit())
    work()
    stay_id = report(cast, document_number="L898902C4")
    work()
    assert get_match(stay_id).needs_review
    confirm_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)
    work()
    assert get_match(stay_id).decision == "confirmed"
    with scope(EVERYWHERE):
        assert not session().scalars(select(PermitDocument).where(PermitDocument.learnt)).all()
        session().rollback()


def test_who_takes_a_confirmation_back_takes_back_what_it_taught(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, permit_id = other_passport
    officer = cast.act_as("insarkom_bengkulu")
    confirm_match(officer, cast.property_a, stay_id, permit_id)
    later = report(cast, "property_b")
    work()
    assert get_match(later).band == "linked"
    reject_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)
    assert learnt_by() == []
    work()
    assert get_match(stay_id).permit_id is None
    # Nobody said anything of the stay that was linked by it: it waits to be looked at.
    found = get_match(later)
    assert (found.permit_id, found.needs_review) == (permit_id, True)
    [row] = audit_of("match_rejected")
    assert row.detail == {"permit_id": str(permit_id), "version": 1, "forgotten": True}
    assert len(audit_of("forget_permit_document")) == 1
    with scope(EVERYWHERE):
        acts = [one.act for one in session().scalars(select(PermitHistory).order_by("seq"))]
        session().rollback()
    assert acts == ["imported", "document_added", "document_removed"]
    confirm_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)
    assert learnt_by() == [permit_id]


def test_a_passport_stays_known_while_another_stay_confirms_it(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, permit_id = other_passport
    confirm_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)
    elsewhere = report(cast, "property_c")
    work()
    # Of another office, which the first cannot look into.
    confirm_match(cast.act_as("insarkom_blitar"), cast.property_c, elsewhere, permit_id)
    reject_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)
    assert learnt_by() == [permit_id]
    reject_match(cast.act_as("insarkom_blitar"), cast.property_c, elsewhere, permit_id)
    assert learnt_by() == []


def test_a_passport_that_the_lodging_corrects_is_not_the_holders_any_more(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, permit_id = other_passport
    confirm_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)
    work()
    amended = make_report(document_number="M4455667")
    clerk = cast.act_as("clerk_a")
    amend_stay(clerk, cast.property_a, stay_id, amended, expected_version=1, source=Source.WEB)
    work()
    assert learnt_by() == []
    found = get_match(stay_id)
    assert (found.permit_id, found.needs_review, found.decision) == (permit_id, True, None)
    confirm_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)
    assert learnt_by() == [permit_id]


def test_another_permit_with_a_slip_in_the_number_learns_nothing(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, _ = other_passport
    [other] = register(make_permit(number="2C21-OTHER", document="L898902C4", surname="ANDERSSON"))
    confirm_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, other)
    assert learnt_by() == []


def test_who_a_guest_is_makes_no_older_feed_of_what_is_news(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, permit_id = other_passport
    known_since = now() - timedelta(hours=8)
    confirm_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)
    longer = make_permit(document="K7654321", valid_until=date(2028, 6, 30))
    register(longer, as_of=known_since)
    with scope(EVERYWHERE):
        assert session().get_one(Permit, permit_id).valid_until == date(2028, 6, 30)
        session().rollback()


def test_what_a_feed_has_named_since_is_not_taken_back(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, permit_id = other_passport
    confirm_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)
    register(make_permit(document="L898902C3"), as_of=now())
    reject_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)
    with scope(EVERYWHERE):
        assert session().query(PermitDocument).count() == 2
        session().rollback()
    [row] = audit_of("match_rejected")
    assert row.detail == {"permit_id": str(permit_id), "version": 1}


def test_the_database_lets_nobody_delete_what_a_feed_has_named(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, permit_id = other_passport
    confirm_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)
    with scope(EVERYWHERE):
        session().execute(text("DELETE FROM permit_documents"))
        assert [one.is_current for one in session().query(PermitDocument)] == [True]
        session().rollback()


def test_who_confirms_another_permit_takes_the_passport_from_the_first(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, permit_id = other_passport
    [other] = register(make_permit(number="2C21-OTHER", document="K7654322", surname="ANDERSSON"))
    confirm_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)
    confirm_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, other)
    assert learnt_by() == [other]
    work()
    found = get_match(stay_id)
    assert (found.permit_id, found.decision) == (other, "confirmed")
