"""Who manages whose officers, and that a disabled officer is out at once."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from apoa.access.accept_invitation import accept_invitation, find_invitation
from apoa.access.models import Invitation, OfficerPost, User
from apoa.access.officers import (
    create_officer,
    disable_user,
    enable_user,
    list_officers,
    managed_offices,
)
from apoa.access.passwords import PasswordHashing
from apoa.access.roles import Role
from apoa.access.sessions import find_actor, load_actor, open_session
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotAllowed, NotFound, StateConflict
from apoa.base.ids import new_id
from apoa.db.base import db
from tests.cast import Cast

CHEAP = PasswordHashing(time_cost=1, memory_kib=8)


def link(token: str) -> str:
    return f"https://apoa.test/{token}"


def add_post(user_id: UUID, role: Role, office_id: UUID | None) -> None:
    db.session.add(
        OfficerPost(id=new_id(), user_id=user_id, office_id=office_id, role=role, created_at=now())
    )
    db.session.commit()


def test_a_head_sees_the_officers_of_the_own_office(cast: Cast) -> None:
    actor = cast.act_as("head_bengkulu")
    seen = {one.user_id for one in list_officers(actor, cast.office_bengkulu)}
    assert seen == {cast.insarkom_bengkulu, cast.supervisor_bengkulu, cast.head_bengkulu}
    assert list(managed_offices(actor)) == [cast.office_bengkulu]
    with pytest.raises(NotFound):
        list_officers(actor, cast.office_blitar)
    with pytest.raises(NotAllowed):
        list_officers(actor, None)


def test_the_directorate_sees_the_officers_of_every_office(cast: Cast) -> None:
    actor = cast.act_as("directorate")
    assert set(managed_offices(actor)) == {cast.office_bengkulu, cast.office_blitar}
    assert len(list_officers(actor, cast.office_blitar)) == 2
    assert {one.user_id for one in list_officers(actor, None)} == {cast.directorate, cast.auditor}


@pytest.mark.parametrize(
    "who", ["insarkom_bengkulu", "supervisor_bengkulu", "auditor", "manager_ab", "stranger"]
)
def test_who_may_neither_list_nor_disable_officers(cast: Cast, who: str) -> None:
    actor = cast.act_as(who)
    with pytest.raises((NotAllowed, NotFound)):
        list_officers(actor, cast.office_bengkulu)
    with pytest.raises(NotAllowed):
        managed_offices(actor)
    for act in (disable_user, enable_user):
        with pytest.raises(NotAllowed):
            act(actor, cast.insarkom_blitar)


def test_a_disabled_officer_is_out_at_once_and_may_come_back(cast: Cast, audit: Any) -> None:
    user = db.session.get_one(User, cast.supervisor_bengkulu)
    token = open_session(user, absolute_hours=1, user_agent=None, address=None)
    disable_user(cast.act_as("head_bengkulu"), cast.supervisor_bengkulu)
    assert find_actor(token, idle_minutes=60) is None
    (row,) = audit("user_disabled")
    assert (row.subject_id, row.office_id) == (cast.supervisor_bengkulu, cast.office_bengkulu)
    enable_user(cast.act_as("head_bengkulu"), cast.supervisor_bengkulu)
    assert db.session.get_one(User, cast.supervisor_bengkulu).disabled_at is None
    assert find_actor(token, idle_minutes=60) is None, "an ended session stays ended"
    assert len(audit("user_enabled")) == 1


def test_disabling_twice_is_one_act(cast: Cast, audit: Any) -> None:
    for _ in range(2):
        disable_user(cast.act_as("directorate"), cast.head_bengkulu)
    assert len(audit("user_disabled")) == 1


@pytest.mark.parametrize(
    ("who", "whom", "error"),
    [
        ("head_bengkulu", "insarkom_blitar", NotFound),
        ("head_bengkulu", "directorate", NotFound),
        ("head_bengkulu", "clerk_a", NotFound),
        ("directorate", "clerk_a", NotFound),
        ("head_bengkulu", "head_bengkulu", StateConflict),
        ("directorate", "directorate", StateConflict),
    ],
)
def test_whom_one_may_not_disable(cast: Cast, who: str, whom: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        disable_user(cast.act_as(who), getattr(cast, whom))
    assert db.session.get_one(User, getattr(cast, whom)).disabled_at is None


@pytest.mark.parametrize(
    ("role", "office"),
    [
        (Role.HEAD_OF_OFFICE, "office_bengkulu"),
        (Role.SUPERVISION, "office_blitar"),
        (Role.AUDITOR, None),
    ],
)
def test_a_head_does_not_disable_whom_others_need_too(
    cast: Cast, role: Role, office: str | None
) -> None:
    add_post(cast.supervisor_bengkulu, role, getattr(cast, office) if office else None)
    with pytest.raises(NotAllowed):
        disable_user(cast.act_as("head_bengkulu"), cast.supervisor_bengkulu)
    disable_user(cast.act_as("directorate"), cast.supervisor_bengkulu)


def test_the_operator_creates_the_first_officer(cast: Cast, mailbox: Any) -> None:
    user_id = create_officer("Pusat@Example.com", "Ibu Pusat", Role.DIRECTORATE, None, link=link)
    token = mailbox.token("pusat@example.com")
    seen = find_invitation(token)
    assert seen is not None
    assert (seen.name, seen.has_account) == ("Ibu Pusat", False)
    accepted = accept_invitation(token, "Ibu Pusat", "teras-kopi-hujan-42", hashing=CHEAP)
    assert accepted == user_id
    assert load_actor(db.session.get_one(User, user_id)).national_roles == {Role.DIRECTORATE}
    with pytest.raises(StateConflict):
        create_officer("pusat@example.com", "Ibu Pusat", Role.DIRECTORATE, None, link=link)


def test_faulty_orders_of_the_operator_store_nothing(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        create_officer("no address", "Ibu Pusat", Role.DIRECTORATE, None, link=link)
    with pytest.raises(InvalidInput):
        create_officer("pusat@example.com", "", Role.DIRECTORATE, None, link=link)
    with pytest.raises(NotFound):
        create_officer("pusat@example.com", "Ibu", Role.SUPERVISION, new_id(), link=link)
    assert db.session.scalars(select(Invitation)).all() == []
