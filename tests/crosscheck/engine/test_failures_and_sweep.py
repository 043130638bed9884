"""What failed is tried again, ever more rarely; what was forgotten is found."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import text

from apoa.access.actors import Actor
from apoa.access.roles import Role
from apoa.base.clock import now, pretend
from apoa.crosscheck.backlog import get_backlog
from apoa.crosscheck.check import check_stays
from apoa.crosscheck.failures import MOST_TRIES, retry_failed_checks
from apoa.crosscheck.models import CheckFailure, Match, PermitKey
from apoa.crosscheck.sweep import find_unchecked_stays, find_unkeyed_permits
from apoa.db.base import session
from apoa.db.scope import NOTHING, scope, set_scope
from apoa.properties.sandbox import ensure_sandbox
from apoa.stays.models import Source, Stay
from apoa.stays.report import report_stay
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.engine.conftest import (
    get_match,
    make_permit,
    match_of,
    register,
    report,
    waiting_jobs,
    work,
)
from tests.factories import make_report


def poison(cast: Cast, stay_id: UUID) -> bytes:
    """Makes the stay's document unreadable; gives what was there."""
    with scope(EVERYWHERE):
        stay = session().get(Stay, (cast.property_a, stay_id))
        assert stay is not None
        sealed = stay.document_number_sealed
        assert sealed is not None
        stay.document_number_sealed = b"\x02d1" + b"x" * 40
        session().commit()
    return sealed


def cure(cast: Cast, stay_id: UUID, sealed: bytes) -> None:
    with scope(EVERYWHERE):
        stay = session().get(Stay, (cast.property_a, stay_id))
        assert stay is not None
        stay.document_number_sealed = sealed
        session().commit()


def failures() -> list[CheckFailure]:
    with scope(EVERYWHERE):
        found = session().query(CheckFailure).all()
        for one in found:
            session().expunge(one)
        session().rollback()
    return found


def test_a_failure_is_tried_again_with_growing_pauses(cast: Cast) -> None:
    stay_id = report(cast)
    sealed = poison(cast, stay_id)
    work()
    pauses = []
    for attempt in range(1, MOST_TRIES + 1):
        [failure] = failures()
        assert failure.attempts == attempt
        if failure.next_try_at is None:
            break
        pauses.append(failure.next_try_at - failure.failed_at)
        assert retry_failed_checks() == 0
        with pretend(failure.next_try_at + timedelta(seconds=1)):
            assert retry_failed_checks() == 1
            assert retry_failed_checks() == 0
            work()
    assert attempt == MOST_TRIES
    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert max(pauses) <= timedelta(days=1)
    [shown] = get_backlog(cast.act_as("insarkom_bengkulu")).failures
    assert (shown.stay_id, shown.kind, shown.next_try_at) == (stay_id, "CannotDecrypt", None)
    assert get_backlog(cast.act_as("insarkom_blitar")).failures == ()
    cure(cast, stay_id, sealed)
    check_stays(cast.property_a, [stay_id])
    assert failures() == []


def forget_jobs() -> None:
    session().execute(text("DELETE FROM procrastinate_jobs"))
    session().commit()


def test_a_stay_whose_job_was_lost_is_found(cast: Cast) -> None:
    register(make_permit())
    work()
    lost, checked = report(cast), report(cast, room="9")
    forget_jobs()
    check_stays(cast.property_a, [checked])
    assert find_unchecked_stays(date.min) == 0  # Its job may still come.
    with pretend(now() + timedelta(minutes=11)):
        assert find_unchecked_stays(now().date() + timedelta(days=3)) == 0
        assert find_unchecked_stays(date.min) == 1
        assert find_unchecked_stays(date.min) == 0  # Now a job waits.
    work()
    assert get_match(lost).band == "linked"


def test_an_amended_stay_whose_job_was_lost_is_found(cast: Cast) -> None:
    stay_id = report(cast)
    work()
    with scope(EVERYWHERE):
        session().query(Match).filter(Match.stay_id == stay_id).update({"stay_version": 0})
        session().commit()
    with pretend(now() + timedelta(minutes=11)):
        assert find_unchecked_stays(date.min) == 1


def test_a_failed_stay_is_left_to_its_own_retry(cast: Cast) -> None:
    stay_id = report(cast)
    poison(cast, stay_id)
    work()
    with pretend(now() + timedelta(minutes=11)):
        assert find_unchecked_stays(date.min) == 0


def test_a_permit_without_keys_is_found(cast: Cast) -> None:
    register(make_permit())
    forget_jobs()
    with pretend(now() + timedelta(minutes=11)):
        assert find_unkeyed_permits() == 1
        assert find_unkeyed_permits() == 0
    work()
    with scope(EVERYWHERE):
        assert session().query(PermitKey).count() > 10
        session().rollback()


def test_a_sandbox_guest_is_never_cross_checked(cast: Cast) -> None:
    register(make_permit())
    work()
    with scope(EVERYWHERE):
        sandbox = ensure_sandbox(cast.property_a)
    key = Actor(cast.clerk_a, "key", property_roles={sandbox: Role.API_CLIENT})
    set_scope(key.scope)
    stay_id = report_stay(key, sandbox, make_report(), source=Source.API).stay_id
    set_scope(NOTHING)
    assert waiting_jobs() == []
    assert check_stays(sandbox, [stay_id]).done == 0
    assert match_of(stay_id) is None
    with pretend(now() + timedelta(minutes=11)):
        assert find_unchecked_stays(date.min) == 0
