"""A lost password: what strangers learn (nothing), and what the link does (once)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import func, select

from apoa.access import reset_password as act
from apoa.access.models import Mail, OneTimeToken, User
from apoa.access.passwords import PasswordHashing
from apoa.access.reset_password import ask_password_reset, is_reset_link, reset_password
from apoa.access.sessions import find_actor, open_session
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, StateConflict, Throttled
from apoa.db.base import db
from tests.cast import Cast

EMAIL = "clerk_a@example.com"
NEW_PASSWORD = "lampu-biru-tiga-sungai"
CHEAP = PasswordHashing(time_cost=1, memory_kib=8)


def ask(email: str = EMAIL, address: str = "192.0.2.1") -> None:
    ask_password_reset(email, address=address, link=lambda token: f"https://apoa.test/{token}")


def reset(token: str, password: str = NEW_PASSWORD) -> UUID:
    return reset_password(token, password, hashing=CHEAP)


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def enter(user_id: UUID) -> str:
    user = db.session.get_one(User, user_id)
    return open_session(user, absolute_hours=1, user_agent=None, address=None)


def test_the_link_sets_a_new_password_and_ends_every_session(
    cast: Cast, mailbox: Any, give_password: Callable[[UUID], None], audit: Any
) -> None:
    give_password(cast.clerk_a)
    sessions = [enter(cast.clerk_a), enter(cast.clerk_a)]
    stranger = enter(cast.clerk_b)
    ask(" Clerk_A@example.com")
    token = mailbox.token(EMAIL)
    assert is_reset_link(token)
    assert reset(token) == cast.clerk_a
    stored = db.session.get_one(User, cast.clerk_a).password_hash
    assert CHEAP.verify(stored, NEW_PASSWORD)
    assert [find_actor(one, idle_minutes=60) for one in sessions] == [None, None]
    assert find_actor(stranger, idle_minutes=60) is not None
    assert "sudah diganti" in mailbox.to(EMAIL)[-1].subject
    assert [row.subject_id for row in audit("password_reset")] == [cast.clerk_a]


def test_the_mail_is_in_the_language_of_its_reader(cast: Cast, mailbox: Any) -> None:
    db.session.get_one(User, cast.clerk_a).locale = "en"
    db.session.commit()
    ask()
    assert "new password" in mailbox.to(EMAIL)[0].subject


@pytest.mark.parametrize("email", ["nobody@example.com", "", "x" * 400, "clerk_b@example.com"])
def test_no_account_and_a_disabled_one_look_like_any_other(
    cast: Cast, audit: Any, email: str
) -> None:
    db.session.get_one(User, cast.clerk_b).disabled_at = now()
    db.session.commit()
    ask(email)
    assert count(Mail) == 0
    assert count(OneTimeToken) == 0
    (row,) = audit("password_reset_asked")
    assert "example" not in str(row.detail)


def test_a_link_works_once_and_takes_the_others_with_it(cast: Cast, mailbox: Any) -> None:
    ask()
    first = mailbox.token(EMAIL)
    ask()
    second = mailbox.token(EMAIL)
    reset(second)
    for token in (first, second, "made-up", ""):
        assert not is_reset_link(token)
        with pytest.raises(StateConflict) as error:
            reset(token)
        assert error.value.problems[0].code == "link-not-valid"


def test_a_link_works_for_an_hour(cast: Cast, mailbox: Any) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        ask()
        token = mailbox.token(EMAIL)
        clock.shift(timedelta(hours=1, seconds=-1))
        assert is_reset_link(token)
        clock.shift(timedelta(seconds=1))
        with pytest.raises(StateConflict):
            reset(token)


@pytest.mark.parametrize("password", ["", "pendek", "bismillah", "clerk_a2026", "pantai-hotel"])
def test_a_weak_password_leaves_the_link_working(cast: Cast, mailbox: Any, password: str) -> None:
    ask()
    token = mailbox.token(EMAIL)
    with pytest.raises(InvalidInput) as error:
        reset(token, password)
    assert error.value.problems[0].pointer == "/password"
    assert is_reset_link(token)


def test_a_link_of_an_account_disabled_meanwhile_is_out(cast: Cast, mailbox: Any) -> None:
    ask()
    token = mailbox.token(EMAIL)
    db.session.get_one(User, cast.clerk_a).disabled_at = now()
    db.session.commit()
    with pytest.raises(StateConflict):
        reset(token)


def test_asking_is_throttled_the_same_with_and_without_account(cast: Cast) -> None:
    for email in (EMAIL, "nobody@example.com"):
        for _ in range(act.ASKS_OF_ACCOUNT):
            ask(email)
        with pytest.raises(Throttled):
            ask(email)


def test_asking_from_one_place_is_throttled(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(act, "ASKS_OF_ADDRESS", 3)
    for number in range(3):
        ask(f"nobody-{number}@example.com")
    with pytest.raises(Throttled):
        ask()
    ask(address="192.0.2.2")
