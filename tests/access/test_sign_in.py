"""Signing in: one answer for every refusal, a new session for every success."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select

from apoa.access import sign_in as act
from apoa.access.models import User, WebSession
from apoa.access.passwords import PasswordHashing
from apoa.access.sessions import end_all_sessions, end_session, find_actor
from apoa.access.sign_in import SignInRefused, sign_in
from apoa.audit.models import AuditRow
from apoa.base.clock import now
from apoa.base.errors import Throttled
from apoa.base.ids import hash_token
from apoa.db.base import db
from apoa.db.scope import scope
from tests.cast import EVERYWHERE, Cast

PASSWORD = "teras-kopi-hujan-42"
CHEAP = PasswordHashing(time_cost=1, memory_kib=8)


class WatchedHashing(PasswordHashing):
    """Counts how often a hash was really computed."""

    count = 0

    def _matches(self, stored: str, password: str) -> bool:
        self.count += 1
        return super()._matches(stored, password)


def give_password(user_id: UUID, password: str = PASSWORD) -> None:
    user = db.session.get_one(User, user_id)
    user.password_hash = CHEAP.hash(password)
    db.session.commit()


def enter(
    email: str = "clerk_a@example.com",
    password: str = PASSWORD,
    *,
    hashing: PasswordHashing = CHEAP,
    address: str = "192.0.2.1",
    replaces: str | None = None,
) -> str:
    return sign_in(
        email,
        password,
        hashing=hashing,
        absolute_hours=12,
        user_agent="test",
        address=address,
        replaces=replaces,
    )


def audit(action: str) -> list[AuditRow]:
    with scope(EVERYWHERE):
        rows = list(db.session.scalars(select(AuditRow).where(AuditRow.action == action)))
        db.session.expunge_all()
    return rows


@pytest.fixture
def clerk(cast: Cast) -> UUID:
    give_password(cast.clerk_a)
    return cast.clerk_a


def test_the_right_password_opens_a_session(clerk: UUID) -> None:
    actor = find_actor(enter(" Clerk_A@Example.com "), idle_minutes=60)
    assert actor is not None
    assert actor.user_id == clerk
    assert [row.subject_id for row in audit("signed_in")] == [clerk]


def test_every_sign_in_has_a_session_of_its_own(clerk: UUID) -> None:
    assert enter() != enter()


def test_the_session_of_before_ends(clerk: UUID) -> None:
    first = enter()
    second = enter(replaces=first)
    assert find_actor(first, idle_minutes=60) is None
    assert find_actor(second, idle_minutes=60) is not None


def test_a_made_up_session_to_replace_does_no_harm(clerk: UUID) -> None:
    assert find_actor(enter(replaces="made-up"), idle_minutes=60) is not None


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("clerk_a@example.com", "wrong-but-long-enough"),
        ("clerk_a@example.com", ""),
        ("clerk_a@example.com", "x" * 5000),
        ("nobody@example.com", PASSWORD),
        ("clerk_b@example.com", PASSWORD),
        ("", ""),
    ],
)
def test_every_refusal_says_the_same_and_computes_one_hash(
    clerk: UUID, email: str, password: str
) -> None:
    hashing = WatchedHashing(time_cost=1, memory_kib=8)
    hashing.verify(None, "so that the dummy exists")
    hashing.count = 0
    with pytest.raises(SignInRefused) as caught:
        enter(email, password, hashing=hashing)
    assert [problem.code for problem in caught.value.problems] == ["wrong-credentials"]
    assert caught.value.problems[0].pointer == ""
    assert hashing.count == 1


def test_a_disabled_account_is_refused_in_the_same_words(clerk: UUID) -> None:
    db.session.get_one(User, clerk).disabled_at = now()
    db.session.commit()
    with pytest.raises(SignInRefused) as caught:
        enter()
    assert [problem.code for problem in caught.value.problems] == ["wrong-credentials"]


def test_a_refusal_is_audited_without_the_address_that_was_typed(clerk: UUID) -> None:
    for email in ("Clerk_A@example.com", "nobody@example.com"):
        with pytest.raises(SignInRefused):
            enter(email, "wrong-but-long-enough")
    known, unknown = audit("sign_in_refused")
    assert (known.subject_id, unknown.subject_id) == (clerk, None)
    assert "example" not in str(known.detail) + str(unknown.detail)
    assert known.detail["email_trace"] != unknown.detail["email_trace"]


def test_a_hash_of_old_costs_is_renewed_at_sign_in(clerk: UUID) -> None:
    dearer = PasswordHashing(time_cost=2, memory_kib=8)
    enter(hashing=dearer)
    stored = db.session.get_one(User, clerk).password_hash
    assert stored is not None
    assert not dearer.is_outdated(stored)
    assert dearer.verify(stored, PASSWORD)


def test_ten_tries_from_one_place_are_enough(clerk: UUID) -> None:
    for _ in range(act.TRIES_OF_PAIR):
        with pytest.raises(SignInRefused):
            enter(password="wrong-but-long-enough")
    with pytest.raises(Throttled):
        enter()
    assert enter(address="192.0.2.2")


def test_an_unknown_account_is_throttled_like_a_known_one(clerk: UUID) -> None:
    for _ in range(act.TRIES_OF_PAIR):
        with pytest.raises(SignInRefused):
            enter("nobody@example.com")
    with pytest.raises(Throttled):
        enter("nobody@example.com")


def test_one_account_is_not_guessed_at_from_many_places(
    clerk: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(act, "TRIES_OF_ACCOUNT", 3)
    for number in range(3):
        with pytest.raises(SignInRefused):
            enter(password="wrong-but-long-enough", address=f"192.0.2.{number}")
    with pytest.raises(Throttled):
        enter(address="192.0.2.99")


def test_many_accounts_are_not_tried_from_one_place(
    clerk: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(act, "TRIES_OF_ADDRESS", 3)
    for number in range(3):
        with pytest.raises(SignInRefused):
            enter(f"nobody-{number}@example.com")
    with pytest.raises(Throttled):
        enter()


def test_a_session_ends_when_nobody_uses_it(clerk: UUID) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        token = enter()
        clock.shift(timedelta(minutes=59))
        assert find_actor(token, idle_minutes=60) is not None
        clock.shift(timedelta(minutes=59))
        assert find_actor(token, idle_minutes=60) is not None
        clock.shift(timedelta(minutes=61))
        assert find_actor(token, idle_minutes=60) is None


def test_a_session_ends_after_its_hours_however_busy(clerk: UUID) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        token = enter()
        for _ in range(23):
            clock.shift(timedelta(minutes=30))
            assert find_actor(token, idle_minutes=60) is not None
        clock.shift(timedelta(minutes=31))
        assert find_actor(token, idle_minutes=60) is None


def test_an_ended_session_is_out_at_once(clerk: UUID) -> None:
    token, other = enter(), enter()
    row = db.session.scalars(
        select(WebSession).where(WebSession.token_hash == hash_token(token))
    ).one()
    assert end_session(clerk, row.id, reason="owner")
    assert find_actor(token, idle_minutes=60) is None
    assert find_actor(other, idle_minutes=60) is not None
    end_all_sessions(clerk, reason="owner")
    assert find_actor(other, idle_minutes=60) is None


def test_a_session_of_somebody_else_cannot_be_ended(clerk: UUID, cast: Cast) -> None:
    token = enter()
    row = db.session.scalars(select(WebSession)).one()
    assert not end_session(cast.clerk_b, row.id, reason="owner")
    assert find_actor(token, idle_minutes=60) is not None


def test_the_sessions_of_a_disabled_account_are_out(clerk: UUID) -> None:
    token = enter()
    db.session.get_one(User, clerk).disabled_at = now()
    db.session.commit()
    assert find_actor(token, idle_minutes=60) is None


def test_the_token_is_stored_only_as_a_hash(clerk: UUID) -> None:
    token = enter()
    row = db.session.scalars(select(WebSession)).one()
    assert token.encode() not in row.token_hash
    assert row.token_hash == hash_token(token)


@pytest.mark.parametrize("email", ["\0", "clerk_a@example.com\0", "x" * 9000])
def test_what_no_account_can_be_called_is_refused_like_any_other(clerk: UUID, email: str) -> None:
    with pytest.raises(SignInRefused):
        enter(email)
