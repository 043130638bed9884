"""What a person changes about the own account: password, address, name."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from apoa.access import change_password as passwords
from apoa.access.actors import Actor
from apoa.access.change_password import change_password
from apoa.access.change_profile import change_profile
from apoa.access.models import User
from apoa.access.passwords import PasswordHashing
from apoa.access.reset_password import ask_password_reset
from apoa.access.sessions import find_actor, open_session
from apoa.access.verify_email import ask_email_change, is_verification_link, verify_email
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, Refused, StateConflict, Throttled
from apoa.db.base import db
from tests.cast import Cast

OLD = "teras-kopi-hujan-42"
NEW = "lampu-biru-tiga-sungai"
ADDRESS = "alamat-baru@example.com"
CHEAP = PasswordHashing(time_cost=1, memory_kib=8)


@pytest.fixture
def clerk(cast: Cast, give_password: Callable[[UUID], None]) -> Actor:
    give_password(cast.clerk_a)
    return cast.act_as("clerk_a")


def enter(user_id: UUID) -> str:
    user = db.session.get_one(User, user_id)
    return open_session(user, absolute_hours=1, user_agent=None, address=None)


def faults(error: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.code) for problem in error.value.problems]


def ask(actor: Actor, email: str = ADDRESS, password: str = OLD) -> None:
    ask_email_change(
        actor, email, password, hashing=CHEAP, link=lambda token: f"https://apoa.test/{token}"
    )


def test_a_new_password_ends_every_other_session(clerk: Actor, mailbox: Any, audit: Any) -> None:
    mine, other = enter(clerk.user_id), enter(clerk.user_id)
    actor = find_actor(mine, idle_minutes=60)
    assert actor is not None
    change_password(actor, OLD, NEW, hashing=CHEAP)
    assert find_actor(mine, idle_minutes=60) is not None
    assert find_actor(other, idle_minutes=60) is None
    stored = db.session.get_one(User, clerk.user_id).password_hash
    assert CHEAP.verify(stored, NEW)
    assert len(mailbox.to("clerk_a@example.com")) == 1
    assert len(audit("password_changed")) == 1


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("wrong-but-long-enough", NEW, ("/old_password", "wrong-password")),
        ("", NEW, ("/old_password", "wrong-password")),
        (OLD, "pendek", ("/new_password", "too-short")),
        (OLD, "bismillah", ("/new_password", "password-common")),
        (OLD, "hotelpantai9", ("/new_password", "password-context")),
    ],
)
def test_a_password_that_is_not_changed(
    clerk: Actor, old: str, new: str, fault: tuple[str, str]
) -> None:
    with pytest.raises(InvalidInput) as error:
        change_password(clerk, old, new, hashing=CHEAP)
    assert faults(error) == [fault]
    assert CHEAP.verify(db.session.get_one(User, clerk.user_id).password_hash, OLD)


def test_the_present_password_is_not_guessed_for_long(clerk: Actor, audit: Any) -> None:
    for _ in range(passwords.TRIES):
        with pytest.raises(InvalidInput):
            change_password(clerk, "wrong-but-long-enough", NEW, hashing=CHEAP)
    with pytest.raises(Throttled):
        change_password(clerk, OLD, NEW, hashing=CHEAP)
    assert len(audit("password_refused")) == passwords.TRIES


def test_a_new_address_counts_once_its_mail_was_opened(
    clerk: Actor, mailbox: Any, audit: Any
) -> None:
    ask(clerk, " Alamat-Baru@Example.com")
    assert db.session.get_one(User, clerk.user_id).email == "clerk_a@example.com"
    token = mailbox.token(ADDRESS)
    assert is_verification_link(token)
    assert verify_email(token) == clerk.user_id
    assert db.session.get_one(User, clerk.user_id).email == ADDRESS
    assert len(mailbox.to("clerk_a@example.com")) == 1
    assert len(audit("email_verified")) == 1
    assert not is_verification_link(token)
    with pytest.raises(StateConflict):
        verify_email(token)


def test_a_verification_link_works_for_a_day(clerk: Actor, mailbox: Any) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        ask(clerk)
        clock.shift(timedelta(hours=24))
        with pytest.raises(StateConflict):
            verify_email(mailbox.token(ADDRESS))


@pytest.mark.parametrize(
    ("email", "password", "fault"),
    [
        ("no address", OLD, ("/email", "invalid-email")),
        ("", OLD, ("/email", "required")),
        (ADDRESS, "wrong-but-long-enough", ("/password", "wrong-password")),
    ],
)
def test_an_address_that_is_not_asked_about(
    clerk: Actor, mailbox: Any, email: str, password: str, fault: tuple[str, str]
) -> None:
    with pytest.raises(InvalidInput) as error:
        ask(clerk, email, password)
    assert faults(error) == [fault]
    assert mailbox.to(ADDRESS) == []


def test_an_address_that_has_an_account_is_told_only_to_its_owner(
    clerk: Actor, mailbox: Any
) -> None:
    ask(clerk, "clerk_b@example.com")
    (mail,) = mailbox.to("clerk_b@example.com")
    assert "https://" not in mail.body


def test_an_address_taken_meanwhile_is_refused(clerk: Actor, cast: Cast, mailbox: Any) -> None:
    ask(clerk)
    token = mailbox.token(ADDRESS)
    db.session.get_one(User, cast.clerk_b).email = ADDRESS
    db.session.commit()
    with pytest.raises(StateConflict):
        verify_email(token)


def test_a_reset_link_verifies_nothing(clerk: Actor, mailbox: Any) -> None:
    ask_password_reset(
        "clerk_a@example.com", address=None, link=lambda token: f"https://apoa.test/{token}"
    )
    with pytest.raises(StateConflict):
        verify_email(mailbox.token("clerk_a@example.com"))


def test_name_and_language_are_one_s_own_to_change(clerk: Actor, audit: Any) -> None:
    change_profile(clerk, "  Ibu   Sari ", "en")
    user = db.session.get_one(User, clerk.user_id)
    assert (user.name, user.locale) == ("Ibu Sari", "en")
    (row,) = audit("profile_changed")
    assert row.detail == {"fields": ["name", "locale"]}


@pytest.mark.parametrize(
    ("name", "locale", "pointer"), [("", "id", "/name"), ("Ibu Sari", "fr", "/locale")]
)
def test_a_faulty_name_or_language_is_refused(
    clerk: Actor, name: str, locale: str, pointer: str
) -> None:
    with pytest.raises(InvalidInput) as error:
        change_profile(clerk, name, locale)
    assert faults(error)[0][0] == pointer
