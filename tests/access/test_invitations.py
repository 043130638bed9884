"""Who may invite whom, what the invited person gets, and that a link works once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from apoa.access.accept_invitation import accept_invitation, find_invitation, join_by_invitation
from apoa.access.invitations import invite, list_invitations, withdraw_invitation
from apoa.access.models import Invitation, User
from apoa.access.passwords import PasswordHashing
from apoa.access.roles import Role
from apoa.access.sessions import load_actor
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotAllowed, NotFound, Refused, StateConflict
from apoa.base.ids import hash_token
from apoa.db.base import db
from apoa.db.scope import NOTHING, set_scope
from tests.cast import Cast

NEW = "baru@example.com"
GOOD_PASSWORD = "teras-kopi-hujan-42"
CHEAP = PasswordHashing(time_cost=1, memory_kib=8)


def link(token: str) -> str:
    return f"https://apoa.test/{token}"


def ask(cast: Cast, who: str, role: str, email: str = NEW, **place: Any) -> Any:
    return invite(cast.act_as(who), email, role, link=link, **place)


def accept(token: str, **changes: Any) -> Any:
    set_scope(NOTHING)
    values = {"name": "Orang Baru", "password": GOOD_PASSWORD, "hashing": CHEAP} | changes
    return accept_invitation(token, **values)


def person(user_id: Any) -> Any:
    return load_actor(db.session.get_one(User, user_id))


def codes(error: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.code) for problem in error.value.problems]


def test_a_manager_invites_a_clerk_who_joins(cast: Cast, mailbox: Any, audit: Any) -> None:
    ask(cast, "manager_ab", "clerk", property_id=cast.property_a)
    token = mailbox.token(NEW)
    set_scope(NOTHING)
    seen = find_invitation(token)
    assert seen is not None
    assert (seen.email, seen.role, seen.place_name) == (NEW, Role.CLERK, "Hotel Pantai Panjang")
    assert not seen.has_account
    user_id = accept(token)
    assert person(user_id).property_roles == {cast.property_a: Role.CLERK}
    user = db.session.get_one(User, user_id)
    assert user.email_verified_at is not None
    assert CHEAP.verify(user.password_hash, GOOD_PASSWORD)
    for action in ("invitation_sent", "invitation_accepted"):
        (row,) = audit(action)
        assert row.property_id == cast.property_a
        assert row.office_id == cast.office_bengkulu
        assert NEW not in str(row.detail)


def test_the_mail_speaks_both_languages_and_the_token_is_stored_hashed(
    cast: Cast, mailbox: Any
) -> None:
    ask(cast, "manager_ab", "clerk", property_id=cast.property_a)
    body = mailbox.to(NEW)[0].body
    assert body.index("Anda diundang") < body.index("You are invited")
    token = mailbox.token(NEW)
    row = db.session.scalars(select(Invitation)).one()
    assert row.token_hash == hash_token(token)


@pytest.mark.parametrize(
    ("who", "role", "place", "error"),
    [
        ("clerk_a", "clerk", {"property_id": "property_a"}, NotAllowed),
        ("manager_ab", "clerk", {"property_id": "property_c"}, NotFound),
        ("clerk_b", "clerk", {"property_id": "property_a"}, NotFound),
        ("insarkom_bengkulu", "clerk", {"property_id": "property_a"}, NotAllowed),
        ("insarkom_blitar", "manager", {"property_id": "property_a"}, NotFound),
        ("supervisor_bengkulu", "manager", {"property_id": "property_a"}, NotAllowed),
        ("stranger", "manager", {"property_id": "property_a"}, NotFound),
        ("manager_ab", "insarkom", {"office_id": "office_bengkulu"}, NotFound),
        ("insarkom_bengkulu", "insarkom", {"office_id": "office_bengkulu"}, NotAllowed),
        ("head_bengkulu", "insarkom", {"office_id": "office_blitar"}, NotFound),
        ("head_bengkulu", "head_of_office", {"office_id": "office_bengkulu"}, NotAllowed),
        ("head_bengkulu", "directorate", {}, NotAllowed),
        ("head_bengkulu", "auditor", {}, NotAllowed),
        ("auditor", "auditor", {}, NotAllowed),
        ("auditor", "supervision", {"office_id": "office_bengkulu"}, NotAllowed),
        ("clerk_a", "directorate", {}, NotAllowed),
    ],
)
def test_who_may_not_invite(
    cast: Cast, who: str, role: str, place: dict[str, str], error: type[Exception]
) -> None:
    ids = {key: getattr(cast, name) for key, name in place.items()}
    with pytest.raises(error):
        ask(cast, who, role, **ids)
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0


@pytest.mark.parametrize(
    ("who", "role", "place"),
    [
        ("manager_ab", "manager", {"property_id": "property_b"}),
        ("insarkom_bengkulu", "manager", {"property_id": "property_a"}),
        ("head_bengkulu", "insarkom", {"office_id": "office_bengkulu"}),
        ("head_bengkulu", "supervision", {"office_id": "office_bengkulu"}),
        ("directorate", "supervision", {"office_id": "office_blitar"}),
        ("directorate", "head_of_office", {"office_id": "office_blitar"}),
        ("directorate", "directorate", {}),
        ("directorate", "auditor", {}),
    ],
)
def test_who_may_invite_and_what_the_invited_get(
    cast: Cast, mailbox: Any, who: str, role: str, place: dict[str, str]
) -> None:
    ids = {key: getattr(cast, name) for key, name in place.items()}
    ask(cast, who, role, **ids)
    joined = person(accept(mailbox.token(NEW)))
    assert joined.roles == {Role(role)}
    assert set(joined.property_roles) | set(joined.office_roles) == set(ids.values())


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("clerk", {"office_id": "office_bengkulu"}),
        ("clerk", {}),
        ("insarkom", {}),
        ("insarkom", {"property_id": "property_a"}),
        ("directorate", {"office_id": "office_bengkulu"}),
        ("king", {}),
    ],
)
def test_a_role_must_fit_its_place(cast: Cast, role: str, place: dict[str, str]) -> None:
    ids = {key: getattr(cast, name) for key, name in place.items()}
    with pytest.raises(InvalidInput) as error:
        ask(cast, "directorate", role, **ids)
    assert codes(error) == [("/role", "not-a-choice")]


@pytest.mark.parametrize("email", ["", "no-address", "a@b", "dua@x.id, satu@x.id", "ü@example.com"])
def test_a_faulty_address_is_refused(cast: Cast, email: str) -> None:
    with pytest.raises(InvalidInput) as error:
        ask(cast, "manager_ab", "clerk", email, property_id=cast.property_a)
    assert codes(error)[0][0] == "/email"


def test_who_is_there_already_is_not_invited_again(cast: Cast) -> None:
    for email in ("clerk_a@example.com", "Manager_AB@example.com"):
        with pytest.raises(StateConflict) as error:
            ask(cast, "manager_ab", "clerk", email, property_id=cast.property_a)
        assert codes(error) == [("/email", "member-already")]
    with pytest.raises(StateConflict):
        ask(
            cast, "head_bengkulu", "insarkom", "insarkom_bengkulu@example.com",
            office_id=cast.office_bengkulu,
        )  # fmt: skip


def test_a_second_invitation_replaces_the_first(cast: Cast, mailbox: Any) -> None:
    ask(cast, "manager_ab", "clerk", property_id=cast.property_a)
    first = mailbox.token(NEW)
    ask(cast, "manager_ab", "manager", property_id=cast.property_a)
    assert find_invitation(first) is None
    assert len(list_invitations(cast.act_as("manager_ab"), property_id=cast.property_a)) == 1
    assert person(accept(mailbox.token(NEW))).property_roles == {cast.property_a: Role.MANAGER}


def test_a_link_works_once(cast: Cast, mailbox: Any) -> None:
    ask(cast, "manager_ab", "clerk", property_id=cast.property_a)
    token = mailbox.token(NEW)
    accept(token)
    assert find_invitation(token) is None
    with pytest.raises(StateConflict) as error:
        accept(token)
    assert codes(error) == [("", "link-not-valid")]


def test_a_link_ends_after_seven_days(cast: Cast, mailbox: Any) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        ask(cast, "manager_ab", "clerk", property_id=cast.property_a)
        token = mailbox.token(NEW)
        clock.shift(timedelta(days=7, seconds=-1))
        assert find_invitation(token) is not None
        clock.shift(timedelta(seconds=1))
        assert find_invitation(token) is None
        with pytest.raises(StateConflict):
            accept(token)
        (waiting,) = list_invitations(cast.act_as("manager_ab"), property_id=cast.property_a)
        assert waiting.is_expired


@pytest.mark.parametrize("token", ["", "made-up", "x" * 500, "\ud800"])
def test_a_made_up_link_is_no_invitation(cast: Cast, token: str) -> None:
    assert find_invitation(token) is None
    with pytest.raises(StateConflict):
        accept(token)


def test_a_withdrawn_invitation_is_out(cast: Cast, mailbox: Any) -> None:
    invitation_id = ask(cast, "manager_ab", "clerk", property_id=cast.property_a)
    token = mailbox.token(NEW)
    withdraw_invitation(cast.act_as("manager_ab"), invitation_id)
    assert list_invitations(cast.act_as("manager_ab"), property_id=cast.property_a) == []
    with pytest.raises(StateConflict):
        accept(token)
    with pytest.raises(NotFound):
        withdraw_invitation(cast.act_as("manager_ab"), invitation_id)


@pytest.mark.parametrize(
    ("who", "error"),
    [("clerk_a", NotAllowed), ("clerk_b", NotFound), ("stranger", NotFound)],
)
def test_who_may_neither_see_nor_withdraw_invitations(
    cast: Cast, who: str, error: type[Exception]
) -> None:
    invitation_id = ask(cast, "manager_ab", "clerk", property_id=cast.property_a)
    with pytest.raises((error, NotFound)):
        withdraw_invitation(cast.act_as(who), invitation_id)
    with pytest.raises((error, NotFound)):
        list_invitations(cast.act_as(who), property_id=cast.property_a)


def test_office_invitations_are_listed_for_who_may_make_them(cast: Cast) -> None:
    ask(cast, "head_bengkulu", "insarkom", office_id=cast.office_bengkulu)
    ask(cast, "directorate", "auditor")
    head = cast.act_as("head_bengkulu")
    assert [one.role for one in list_invitations(head, office_id=cast.office_bengkulu)] == [
        Role.INSARKOM
    ]
    with pytest.raises(NotFound):
        list_invitations(head, office_id=cast.office_blitar)
    with pytest.raises(NotAllowed):
        list_invitations(head)
    assert [one.role for one in list_invitations(cast.act_as("directorate"))] == [Role.AUDITOR]


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"name": ""}, "/name", "required"),
        ({"name": "A"}, "/name", "too-short"),
        ({"name": "x" * 121}, "/name", "too-long"),
        ({"name": "Orang\x07Baru"}, "/name", "control-character"),
        ({"password": "pendek"}, "/password", "too-short"),
        ({"password": "bismillah123"}, "/password", "password-common"),
        ({"password": "pantaipanjang1"}, "/password", "password-common"),
        ({"password": "hotel-panjang"}, "/password", "password-context"),
        ({"locale": "xx"}, "/locale", "not-a-choice"),
    ],
)
def test_a_refused_acceptance_leaves_the_link_working(
    cast: Cast, mailbox: Any, changes: dict[str, str], pointer: str, code: str
) -> None:
    ask(cast, "manager_ab", "clerk", property_id=cast.property_a)
    token = mailbox.token(NEW)
    with pytest.raises(InvalidInput) as error:
        accept(token, **changes)
    assert codes(error) == [(pointer, code)]
    assert find_invitation(token) is not None


def test_an_account_joins_a_second_lodging_by_its_own_sign_in(
    cast: Cast, mailbox: Any, give_password: Any
) -> None:
    give_password(cast.clerk_c)
    ask(cast, "manager_ab", "clerk", "clerk_c@example.com", property_id=cast.property_a)
    token = mailbox.token("clerk_c@example.com")
    seen = find_invitation(token)
    assert seen is not None
    assert seen.has_account
    with pytest.raises(StateConflict):
        accept(token)
    join_by_invitation(cast.act_as("clerk_c"), token)
    assert cast.actor("clerk_c").property_roles == {
        cast.property_a: Role.CLERK,
        cast.property_c: Role.CLERK,
    }


def test_nobody_joins_by_the_invitation_of_another(cast: Cast, mailbox: Any) -> None:
    ask(cast, "manager_ab", "manager", property_id=cast.property_a)
    token = mailbox.token(NEW)
    with pytest.raises(StateConflict) as error:
        join_by_invitation(cast.act_as("clerk_b"), token)
    assert codes(error) == [("", "link-not-valid")]
    assert find_invitation(token) is not None
    assert cast.property_a not in cast.actor("clerk_b").property_roles


def test_a_clerk_becomes_manager_by_invitation_and_a_manager_never_less(
    cast: Cast, mailbox: Any
) -> None:
    ask(cast, "manager_ab", "manager", "clerk_a@example.com", property_id=cast.property_a)
    join_by_invitation(cast.act_as("clerk_a"), mailbox.token("clerk_a@example.com"))
    assert cast.actor("clerk_a").property_roles == {cast.property_a: Role.MANAGER}


def test_a_disabled_account_is_not_revived_by_an_invitation(cast: Cast, mailbox: Any) -> None:
    db.session.get_one(User, cast.stranger).disabled_at = now()
    db.session.commit()
    ask(cast, "manager_ab", "clerk", "stranger@example.com", property_id=cast.property_a)
    token = mailbox.token("stranger@example.com")
    assert find_invitation(token) is None
    with pytest.raises(StateConflict):
        accept(token)


def test_of_two_who_accept_at_once_one_wins(cast: Cast, mailbox: Any, app: Flask) -> None:
    ask(cast, "manager_ab", "clerk", property_id=cast.property_a)
    token = mailbox.token(NEW)
    db.session.rollback()
    barrier = Barrier(2)

    def race(name: str) -> str:
        with app.app_context():
            barrier.wait()
            try:
                accept(token, name=name)
            except StateConflict as error:
                return error.problems[0].code
            finally:
                db.session.remove()
            return "joined"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(race, ["Satu Orang", "Dua Orang"]))
    assert outcomes == ["joined", "link-not-valid"]
    assert db.session.scalar(select(func.count()).where(User.email == NEW)) == 1


@pytest.mark.parametrize(
    "email",
    [
        "=?utf-8?q?x?=@example.com",
        ".a@example.com",
        "a..b@example.com",
        "a@example.com, b@example.com",
        "a@example.com\r\nBcc: b@example.com",
    ],
)
def test_an_address_that_a_mail_header_would_read_as_another_is_refused(
    cast: Cast, email: str
) -> None:
    with pytest.raises(InvalidInput):
        ask(cast, "manager_ab", "clerk", email, property_id=cast.property_a)
