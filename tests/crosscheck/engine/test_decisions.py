"""Officers decide: the same person, not the same, or the lodging looks at its report again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from apoa.access.models import Mail, PropertyMembership
from apoa.base.clock import now, pretend
from apoa.base.errors import InvalidInput, NotAllowed, NotFound, StateConflict, VersionConflict
from apoa.base.ids import new_id
from apoa.crosscheck.ask_to_correct import ANSWER_WITHIN, AskedField, ask_to_correct
from apoa.crosscheck.decide import confirm_match, reject_match
from apoa.crosscheck.models import MatchDecision
from apoa.crosscheck.review import ReviewFilters, ReviewTurn, count_review
from apoa.db.base import session
from apoa.db.scope import scope
from apoa.stays.amend import amend_stay
from apoa.stays.cancel import cancel_stay
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


class Links:
    """Where a lodging opens a stay, for tests."""

    def stay(self, property_id: UUID, stay_id: UUID) -> str:
        """An address."""
        return f"https://apoa.example/properties/{property_id}/stays/{stay_id}"


def ask(actor: Any, property_id: UUID, stay_id: UUID, *fields: AskedField) -> int:
    return ask_to_correct(
        actor, property_id, stay_id, fields or (AskedField.DOCUMENT_NUMBER,), links=Links()
    )


def test_not_the_same_is_never_proposed_again(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, permit_id = other_passport
    officer = cast.act_as("head_bengkulu")
    reject_match(officer, cast.property_a, stay_id, permit_id)
    assert get_match(stay_id).band == "none"
    work()
    found = get_match(stay_id)
    assert (found.permit_id, found.band) == (None, "none")
    register(make_permit(document="K7654321", sponsor="PT Contoh"))
    work()
    assert get_match(stay_id).permit_id is None
    clerk = cast.act_as("clerk_a")
    amend_stay(
        clerk, cast.property_a, stay_id, make_report(room="9"), expected_version=1,
        source=Source.WEB,
    )  # fmt: skip
    work()
    assert get_match(stay_id).permit_id is None
    [row] = audit_of("match_rejected")
    assert row.subject_id == stay_id


def test_another_document_is_a_new_question(cast: Cast, other_passport: tuple[UUID, UUID]) -> None:
    stay_id, permit_id = other_passport
    reject_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)
    work()
    clerk = cast.act_as("clerk_a")
    amended = make_report(document_number="K7654321")
    amend_stay(clerk, cast.property_a, stay_id, amended, expected_version=1, source=Source.WEB)
    work()
    found = get_match(stay_id)
    assert (found.permit_id, found.band) == (permit_id, "linked")


def test_a_confirmed_match_gives_way_to_another_guest(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, permit_id = other_passport
    confirm_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)
    work()
    clerk = cast.act_as("clerk_a")
    somebody = make_report(
        surname="OKONKWO",
        given_names="CHIDI",
        birth_date="1990-02-03",
        nationality="NGA",
        document_number="A11223344",
        issuing_state="NGA",
    )
    amend_stay(clerk, cast.property_a, stay_id, somebody, expected_version=1, source=Source.WEB)
    work()
    found = get_match(stay_id)
    assert (found.permit_id, found.band, found.decision) == (None, "none", None)


def test_a_confirmed_match_is_a_new_question_where_a_twin_was_meant(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, anna = other_passport
    [eva] = register(
        make_permit(number="2A11KB0002", document="K7654399", given_names="EVA LINNEA")
    )
    confirm_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, anna)
    work()
    clerk = cast.act_as("clerk_a")
    twin = make_report(given_names="EVA LINNEA", document_number="K7654399")
    amend_stay(clerk, cast.property_a, stay_id, twin, expected_version=1, source=Source.WEB)
    work()
    found = get_match(stay_id)
    assert (found.permit_id, found.band, found.decision) == (eva, "linked", None)


def test_without_a_document_another_name_is_another_guest(cast: Cast) -> None:
    [permit_id] = register(make_permit())
    work()
    missing = {"document_number": None, "unavailable_reason": "Hilang"}
    stay_id = report(cast, **missing)
    work()
    confirm_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)
    work()
    assert get_match(stay_id).decision == "confirmed"
    clerk = cast.act_as("clerk_a")
    other = make_report(given_names="EVA LINNEA", **missing)
    amend_stay(clerk, cast.property_a, stay_id, other, expected_version=1, source=Source.WEB)
    work()
    assert get_match(stay_id).decision is None


def test_a_confirmed_match_keeps_the_holders_other_permits(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, permit_id = other_passport
    confirm_match(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)
    [renewed] = register(make_permit(number="2A11KB0009", document="N1000200"))
    work()
    found = get_match(stay_id)
    assert (found.permit_id, found.decision) == (permit_id, "confirmed")
    assert found.other_permits == [renewed]


DECISIONS: list[Callable[..., Any]] = [
    lambda actor, lodging, stay, permit: confirm_match(actor, lodging, stay, permit),
    lambda actor, lodging, stay, permit: reject_match(actor, lodging, stay, permit),
    lambda actor, lodging, stay, permit: ask(actor, lodging, stay),
]


@pytest.mark.parametrize("decide", DECISIONS)
@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("insarkom_blitar", NotFound),
        ("supervisor_bengkulu", NotAllowed),
        ("directorate", NotAllowed),
        ("auditor", NotAllowed),
        ("clerk_a", NotAllowed),
        ("manager_ab", NotAllowed),
        ("stranger", NotAllowed),
    ],
)
def test_who_may_not_decide(
    cast: Cast,
    other_passport: tuple[UUID, UUID],
    decide: Callable[..., Any],
    name: str,
    error: type[Exception],
) -> None:
    stay_id, permit_id = other_passport
    with pytest.raises(error):
        decide(cast.act_as(name), cast.property_a, stay_id, permit_id)
    with scope(EVERYWHERE):
        assert session().scalars(select(MatchDecision)).all() == []
        session().rollback()


@pytest.mark.parametrize("decide", DECISIONS)
def test_a_cancelled_stay_is_decided_no_more(
    cast: Cast, other_passport: tuple[UUID, UUID], decide: Callable[..., Any]
) -> None:
    stay_id, permit_id = other_passport
    clerk = cast.act_as("clerk_a")
    cancel_stay(clerk, cast.property_a, stay_id, reason="salah", source=Source.WEB)
    with pytest.raises(StateConflict):
        decide(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id, permit_id)


def test_what_changed_meanwhile_is_looked_at_first(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, permit_id = other_passport
    officer = cast.act_as("insarkom_bengkulu")
    with pytest.raises(VersionConflict):
        confirm_match(officer, cast.property_a, stay_id, permit_id, seen_version=2)
    with pytest.raises(NotFound):
        confirm_match(officer, cast.property_a, stay_id, new_id())
    with pytest.raises(NotFound):
        confirm_match(officer, cast.property_a, new_id(), permit_id)


def test_the_lodging_is_asked_without_a_trace_of_why(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, permit_id = other_passport
    officer = cast.act_as("insarkom_bengkulu")
    asked = ask(officer, cast.property_a, stay_id, AskedField.NAME, AskedField.DOCUMENT_NUMBER)
    assert asked == 1
    with scope(EVERYWHERE):
        [mail] = session().scalars(select(Mail)).all()
        said = f"{mail.subject}\n{mail.body}"
        assert mail.to_address == "manager_ab@example.com"
        session().rollback()
    assert "nomor dokumen perjalanan, nama" in said
    assert f"/stays/{stay_id}" in said
    for trace in (permit_id, "izin", "permit", "kecocokan", "ERIKSSON", "L898902C3", "Imigrasi"):
        assert str(trace).lower() not in said.lower()
    assert get_match(stay_id).asked_at is not None
    with pytest.raises(StateConflict) as caught:
        ask(officer, cast.property_a, stay_id)
    assert caught.value.problems[0].code == "asked-already"
    [row] = audit_of("correction_asked")
    assert row.detail == {"fields": ["document_number", "name"], "version": 1}


def test_a_lodging_that_answered_can_be_asked_again(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, _ = other_passport
    ask(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id)
    clerk = cast.act_as("clerk_a")
    again = make_report(room="7")
    amend_stay(clerk, cast.property_a, stay_id, again, expected_version=1, source=Source.WEB)
    assert ask(cast.act_as("insarkom_bengkulu"), cast.property_a, stay_id) == 1


def test_a_lodging_that_has_nothing_to_mend_gives_the_turn_back(
    cast: Cast, other_passport: tuple[UUID, UUID]
) -> None:
    stay_id, _ = other_passport
    officer = cast.act_as("insarkom_bengkulu")
    ask(officer, cast.property_a, stay_id)
    office, lodging = (ReviewFilters(turn=one) for one in ReviewTurn)
    assert (count_review(officer, office), count_review(officer, lodging)) == (0, 1)
    with pretend(now() + ANSWER_WITHIN + timedelta(minutes=1)):
        assert (count_review(officer, office), count_review(officer, lodging)) == (1, 0)
        assert ask(officer, cast.property_a, stay_id) == 1


def test_nobody_to_ask(cast: Cast, other_passport: tuple[UUID, UUID]) -> None:
    stay_id, _ = other_passport
    with scope(EVERYWHERE):
        session().query(PropertyMembership).filter_by(user_id=cast.manager_ab).delete()
        session().commit()
    officer = cast.act_as("insarkom_bengkulu")
    with pytest.raises(StateConflict) as caught:
        ask(officer, cast.property_a, stay_id)
    assert caught.value.problems[0].code == "nobody-to-ask"
    with pytest.raises(InvalidInput):
        ask_to_correct(officer, cast.property_a, stay_id, (), links=Links())
