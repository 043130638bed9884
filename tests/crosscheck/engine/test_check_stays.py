"""A stay finds its permit; what changes is found again; a fault stops nothing else."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from apoa.base.clock import now
from apoa.crosscheck.affected import check_permits
from apoa.crosscheck.check import _begin, check_stays
from apoa.crosscheck.findings.models import Finding
from apoa.crosscheck.models import CheckFailure
from apoa.db.base import session
from apoa.db.scope import NOTHING, scope, set_scope
from apoa.permits.content import DocumentContent
from apoa.permits.models import PermitDocument
from apoa.stays.amend import amend_stay
from apoa.stays.cancel import cancel_stay
from apoa.stays.models import Source, Stay
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.engine.conftest import (
    AS_OF,
    get_match,
    make_permit,
    match_of,
    register,
    report,
    waiting_jobs,
    work,
)
from tests.factories import make_report


def test_a_reported_stay_is_linked_to_its_permit(cast: Cast) -> None:
    [permit_id] = register(make_permit())
    work()
    stay_id = report(cast)
    [job] = waiting_jobs()
    assert (job.task_name, job.priority) == ("cross_check_stays", 10)
    assert job.args == {
        "property_id": str(cast.property_a),
        "stay_ids": [str(stay_id)],
        "changed": True,
    }
    assert work() == 1
    found = get_match(stay_id)
    assert (found.permit_id, found.band, found.stay_version) == (permit_id, "linked", 1)
    assert found.office_id == cast.office_bengkulu
    assert {one["field"] for one in found.reasons} >= {"document", "birth_date"}
    assert "ERIKSSON" not in str(found.reasons)
    assert "L898902C3" not in str(found.reasons)


def test_a_permit_that_comes_later_finds_the_stay(cast: Cast) -> None:
    stay_id = report(cast)
    work()
    assert get_match(stay_id).band == "none"
    [permit_id] = register(make_permit())
    assert work() == 2
    assert get_match(stay_id).permit_id == permit_id


def test_only_what_a_permit_can_affect_is_checked_again(cast: Cast) -> None:
    report(cast)
    report(
        cast,
        surname="OKONKWO",
        given_names="CHIDI",
        birth_date="1990-02-03",
        nationality="NGA",
        document_number="A11223344",
        issuing_state="NGA",
    )
    work()
    register(make_permit())
    [of_permit] = waiting_jobs()
    assert of_permit.task_name == "cross_check_permits"
    assert check_permits(of_permit.args["permit_ids"]) == 1


def test_a_stranger_is_nobodys_holder(cast: Cast) -> None:
    register(make_permit())
    work()
    stay_id = report(
        cast,
        surname="OKONKWO",
        given_names="CHIDI",
        birth_date="1990-02-03",
        nationality="NGA",
        document_number="A11223344",
        issuing_state="NGA",
    )
    work()
    found = get_match(stay_id)
    assert (found.permit_id, found.band, found.runner_up) == (None, "none", None)


def test_the_permit_of_the_stays_nights_counts(cast: Cast) -> None:
    old = make_permit(
        "OLD1", valid_from=date(2020, 1, 1), valid_until=date(2020, 12, 31), kind="voa"
    )
    new = make_permit("NEW1", valid_from=now().date(), valid_until=now().date() + timedelta(300))
    renewed = make_permit(
        "MID1",
        valid_from=date(2021, 1, 1),
        valid_until=date(2021, 12, 31),
        documents=(DocumentContent("K1112223", "SWE", None),),
    )
    old_id, new_id, renewed_id = register(old, new, renewed)
    work()
    stay_id = report(cast)
    work()
    found = get_match(stay_id)
    assert (found.permit_id, found.band) == (new_id, "linked")
    assert set(found.other_permits) == {old_id, renewed_id}


def test_the_document_of_any_permit_of_the_holder_agrees(cast: Cast) -> None:
    with_new = make_permit("ENDED1", valid_from=date(2024, 1, 1), valid_until=date(2024, 12, 31))
    with_old = make_permit(
        "NOW1",
        valid_until=now().date() + timedelta(300),
        documents=(DocumentContent("K1112223", "SWE", None),),
    )
    _, current = register(with_new, with_old)
    work()
    stay_id = report(cast)
    work()
    found = get_match(stay_id)
    assert (found.permit_id, found.band) == (current, "linked")
    [document] = [one for one in found.reasons if one["field"] == "document"]
    assert document["code"] == "same"


def test_a_repeated_check_changes_nothing(cast: Cast) -> None:
    register(make_permit())
    work()
    stay_id = report(cast)
    work()
    first = get_match(stay_id)
    assert check_stays(cast.property_a, [stay_id, stay_id]).done == 1
    again = get_match(stay_id)
    assert (again.permit_id, again.reasons, again.score) == (
        first.permit_id,
        first.reasons,
        first.score,
    )


def test_a_cancelled_stay_keeps_its_match(cast: Cast) -> None:
    [permit_id] = register(make_permit())
    work()
    stay_id = report(cast)
    work()
    clerk = cast.act_as("clerk_a")
    cancel_stay(clerk, cast.property_a, stay_id, reason="salah tamu", source=Source.WEB)
    work()
    found = get_match(stay_id)
    assert (found.permit_id, found.stay_version) == (permit_id, 2)


def test_a_poisoned_stay_is_noted_and_hinders_no_other(cast: Cast) -> None:
    register(make_permit())
    work()
    bad, good = report(cast), report(cast, room="9", given_names="ANNA M")
    with scope(EVERYWHERE):
        stay = session().get(Stay, (cast.property_a, bad))
        assert stay is not None
        stay.document_number_sealed = b"\x02d1" + b"x" * 40
        session().commit()
    outcome = check_stays(cast.property_a, [bad, good])
    assert (outcome.done, outcome.failed) == (1, 1)
    assert match_of(bad) is None
    assert get_match(good).band == "linked"
    with scope(EVERYWHERE):
        [failure] = session().query(CheckFailure).all()
        assert (failure.stay_id, failure.attempts, failure.kind) == (bad, 1, "CannotDecrypt")
        assert failure.next_try_at is not None
        session().rollback()


def test_a_holders_document_that_does_not_open_says_nothing_and_hinders_nobody(cast: Cast) -> None:
    [permit_id] = register(make_permit(document="K7654321"))
    work()
    with scope(EVERYWHERE):
        session().execute(update(PermitDocument).values(number_sealed=b"\x02d1" + b"x" * 40))
        session().commit()
    stay_id = report(cast)
    outcome = check_stays(cast.property_a, [stay_id])
    assert (outcome.done, outcome.failed) == (1, 0)
    assert get_match(stay_id).permit_id == permit_id


def test_a_stay_amended_in_the_middle_of_its_check_is_left_to_the_check_that_follows(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    stay_id = report(cast)

    def begin(*asked: Any) -> Any:
        begun = _begin(*asked)
        clerk = cast.act_as("clerk_a")
        corrected = make_report(document_number="K7654321")
        amend_stay(
            clerk, cast.property_a, stay_id, corrected, expected_version=1, source=Source.WEB
        )
        set_scope(NOTHING)
        return begun

    monkeypatch.setattr("apoa.crosscheck.check._begin", begin)
    check_stays(cast.property_a, [stay_id])
    monkeypatch.undo()
    assert match_of(stay_id) is None
    work()
    assert get_match(stay_id).stay_version == 2
    # A permit that comes later finds it by what it says now.
    [permit_id] = register(make_permit(document="K7654321", given_names="A", surname="OTHERWISE"))
    work()
    assert get_match(stay_id).permit_id == permit_id


def findings_of(stay_id: UUID) -> dict[str, str]:
    with scope(EVERYWHERE):
        rows = session().query(Finding).filter(Finding.stay_id == stay_id)
        found = {one.rule: one.state for one in rows}
        session().rollback()
    return found


def test_a_finding_opens_once_and_closes_itself_when_its_cause_is_gone(cast: Cast) -> None:
    yesterday = now().date() - timedelta(days=3)
    expired = make_permit(valid_from=date(2025, 1, 1), valid_until=yesterday)
    register(expired)
    work()
    stay_id = report(cast, checked_in_at=now() - timedelta(days=2))
    work()
    assert findings_of(stay_id)["permit-expired"] == "open"
    check_stays(cast.property_a, [stay_id])
    check_stays(cast.property_a, [stay_id], rematch=False)
    with scope(EVERYWHERE):
        assert session().query(Finding).filter(Finding.rule == "permit-expired").count() == 1
        session().rollback()
    longer = make_permit(valid_from=date(2025, 1, 1), valid_until=yesterday + timedelta(days=90))
    register(longer, as_of=AS_OF + timedelta(days=1))
    work()
    assert findings_of(stay_id)["permit-expired"] == "closed_itself"


def test_the_findings_of_a_cancelled_stay_close(cast: Cast) -> None:
    register(make_permit(valid_until=now().date() - timedelta(days=3)))
    work()
    stay_id = report(cast, checked_in_at=now() - timedelta(days=2))
    work()
    assert findings_of(stay_id)["permit-expired"] == "open"
    clerk = cast.act_as("clerk_a")
    cancel_stay(clerk, cast.property_a, stay_id, reason="salah tamu", source=Source.WEB)
    work()
    assert findings_of(stay_id)["permit-expired"] == "closed_itself"
    assert get_match(stay_id).permit_id is not None
