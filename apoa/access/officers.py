"""Who serves in which office, who may change that, and what it does to an account."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from apoa.access.accounts import find_user_by_email, get_user
from apoa.access.actors import Actor, require
from apoa.access.invitations import LinkBuilder, send_invitation
from apoa.access.models import OfficerPost, User
from apoa.access.places import get_place, office_names
from apoa.access.problems import MEMBER_ALREADY, NOT_ONESELF
from apoa.access.roles import NATIONAL_ROLES, Action, Role
from apoa.access.schemas import InvitationSchema, PersonSchema
from apoa.access.sessions import end_all_sessions
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import NotAllowed, NotFound, StateConflict
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work


@dataclass(frozen=True)
class Officer:
    """A person in one post; who holds two stands twice."""

    user_id: UUID
    name: str
    email: str
    role: Role
    since: datetime
    is_disabled: bool


def managed_offices(actor: Actor) -> dict[UUID, str]:
    """The offices whose officers the actor manages, by name. Raises NotAllowed."""
    require(actor, Action.MANAGE_OFFICERS)
    if Role.DIRECTORATE in actor.national_roles:
        return office_names()
    own = [one for one in actor.office_roles if actor.may(Action.MANAGE_OFFICERS, office_id=one)]
    return office_names(own)


def list_officers(actor: Actor, office_id: UUID | None) -> list[Officer]:
    """The officers of one office, or (None) those who serve nationally; by name.

    Raises NotAllowed, NotFound.
    """
    require(actor, Action.MANAGE_OFFICERS, office_id=office_id)
    if office_id is None and Role.DIRECTORATE not in actor.national_roles:
        raise NotAllowed(Action.MANAGE_OFFICERS.value)
    rows = session().execute(
        select(OfficerPost, User)
        .join(User, User.id == OfficerPost.user_id)
        .where(OfficerPost.office_id.is_not_distinct_from(office_id))
        .order_by(User.name, User.id, OfficerPost.role)
    )
    return [
        Officer(
            user.id,
            user.name,
            user.email,
            Role(post.role),
            post.created_at,
            user.disabled_at is not None,
        )
        for post, user in rows
    ]


def disable_user(actor: Actor, user_id: UUID) -> None:
    """The officer can no longer sign in, and every session of theirs is out at once.

    A head of office: officers of that office alone. Raises NotAllowed, NotFound, StateConflict.
    """
    offices = _require_may_manage(actor, user_id)
    with unit_of_work():
        user = get_user(user_id)
        if user.disabled_at is not None:
            return
        user.disabled_at = now()
        end_all_sessions(user_id, reason="disabled")
        _record("user_disabled", user_id, offices)


def enable_user(actor: Actor, user_id: UUID) -> None:
    """The officer may sign in again. Raises NotAllowed, NotFound, StateConflict."""
    offices = _require_may_manage(actor, user_id)
    with unit_of_work():
        user = get_user(user_id)
        if user.disabled_at is None:
            return
        user.disabled_at = None
        _record("user_enabled", user_id, offices)


def create_officer(
    email: str, name: str, role: Role, office_id: UUID | None, *, link: LinkBuilder
) -> UUID:
    """The operator's way to the first officers: an account without password, and an invitation.

    Raises InvalidInput, StateConflict for who has the role already, NotFound for the office.
    """
    person = PersonSchema().read({"name": name})
    asked = InvitationSchema().read({"email": email, "role": role.value})
    with unit_of_work():
        place = get_place(None, office_id)
        user = find_user_by_email(asked.email)
        if user is None:
            user = User(id=new_id(), email=asked.email, name=person.name, created_at=now())
            session().add(user)
            session().flush()
        elif (role, office_id) in _posts(user.id):
            raise StateConflict.because(MEMBER_ALREADY, "/email")
        send_invitation(asked.email, asked.role, place, link, invited_by=None)
        return user.id


def _posts(user_id: UUID) -> list[tuple[Role, UUID | None]]:
    rows = session().execute(
        select(OfficerPost.role, OfficerPost.office_id).where(OfficerPost.user_id == user_id)
    )
    return [(Role(role), office_id) for role, office_id in rows]


def _require_may_manage(actor: Actor, user_id: UUID) -> set[UUID]:
    require(actor, Action.MANAGE_OFFICERS)
    posts = _posts(user_id)
    offices = {office_id for _role, office_id in posts if office_id}
    if Role.DIRECTORATE not in actor.national_roles:
        own = {one for one in offices if actor.may(Action.MANAGE_OFFICERS, office_id=one)}
        if not own:
            raise NotFound("officer")
        above = any(role == Role.HEAD_OF_OFFICE or role in NATIONAL_ROLES for role, _ in posts)
        if (above or own != offices) and user_id != actor.user_id:
            raise NotAllowed(Action.MANAGE_OFFICERS.value)
    elif not posts:
        raise NotFound("officer")
    if user_id == actor.user_id:
        raise StateConflict.because(NOT_ONESELF)
    return offices


def _record(action: str, user_id: UUID, offices: Iterable[UUID]) -> None:
    # One row for each office, so that each head of office finds it.
    named: list[UUID | None] = [*offices]
    for office_id in named or [None]:
        record(action, subject_type="user", subject_id=user_id, office_id=office_id)
