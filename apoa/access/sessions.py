"""Server-side sessions: opened at sign-in, listed and ended by their owner."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.engine import CursorResult

from apoa.access.actors import Actor
from apoa.access.models import OfficerPost, PropertyMembership, User, WebSession
from apoa.access.places import OFFICES
from apoa.access.roles import Role
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import NotSignedIn
from apoa.base.ids import hash_token, new_id, new_token
from apoa.db.base import session
from apoa.db.scope import Scope, scope
from apoa.db.unit_of_work import unit_of_work

_SEEN_EVERY = timedelta(minutes=1)


def open_session(
    user: User, *, absolute_hours: int, user_agent: str | None, address: str | None
) -> str:
    """A new session for a person who has proved who they are; the token goes into the cookie."""
    token = new_token()
    with unit_of_work():
        row = WebSession(
            id=new_id(),
            token_hash=hash_token(token),
            user_id=user.id,
            created_at=now(),
            last_seen_at=now(),
            expires_at=now() + timedelta(hours=absolute_hours),
            user_agent=(user_agent or "")[:200] or None,
            address=address,
        )
        session().add(row)
        record("session_opened", subject_type="session", subject_id=row.id)
    return token


def find_actor(token: str, *, idle_minutes: int) -> Actor | None:
    """The person of a live session, with all their roles; None when it has ended.

    A session ends after `idle_minutes` without a request, at its absolute end, when ended by its
    owner, and when the account is disabled.
    """
    found = (
        session()
        .execute(
            select(WebSession, User)
            .join(User, User.id == WebSession.user_id)
            .where(WebSession.token_hash == hash_token(token))
            .where(WebSession.ended_at.is_(None), User.disabled_at.is_(None))
            .where(WebSession.expires_at > now())
            .where(WebSession.last_seen_at > now() - timedelta(minutes=idle_minutes))
        )
        .one_or_none()
    )
    if found is None:
        return None
    web_session, user = found
    if web_session.last_seen_at < now() - _SEEN_EVERY:
        with unit_of_work():
            session().execute(
                update(WebSession).where(WebSession.id == web_session.id).values(last_seen_at=now())
            )
    return load_actor(user, session_id=web_session.id)


def load_actor(user: User, *, session_id: UUID | None = None) -> Actor:
    """A person with the roles they hold now."""
    with scope(Scope(user_id=user.id)):
        memberships = session().execute(
            select(PropertyMembership.property_id, PropertyMembership.role).where(
                PropertyMembership.user_id == user.id
            )
        )
        property_roles = {property_id: Role(role) for property_id, role in memberships}
    posts = session().execute(
        select(OfficerPost.office_id, OfficerPost.role, OFFICES.c.name)
        .outerjoin(OFFICES, OFFICES.c.id == OfficerPost.office_id)
        .where(OfficerPost.user_id == user.id)
        .order_by(OFFICES.c.name)
    )
    office_roles: dict[UUID, frozenset[Role]] = {}
    national: set[Role] = set()
    places: dict[UUID, str] = {}
    for office_id, role, office_name in posts:
        if office_id is None:
            national.add(Role(role))
        else:
            office_roles[office_id] = office_roles.get(office_id, frozenset()) | {Role(role)}
            places[office_id] = office_name
    return Actor(
        user_id=user.id,
        name=user.name,
        property_roles=property_roles,
        office_roles=office_roles,
        national_roles=frozenset(national),
        session_id=session_id,
        locale=user.locale,
        place_name=", ".join(places.values()) or None,
    )


def set_purpose(actor: Actor, purpose: str) -> None:
    """Keeps on the actor's own session why they look at persons, until they say otherwise.

    Raises NotSignedIn for an actor without a session.
    """
    if actor.session_id is None:
        raise NotSignedIn("purpose")
    with unit_of_work():
        session().execute(
            update(WebSession).where(WebSession.id == actor.session_id).values(purpose=purpose)
        )
        record(
            "purpose_stated",
            subject_type="session",
            subject_id=actor.session_id,
            purpose=purpose,
        )


def find_purpose(actor: Actor) -> str | None:
    """Why the actor looks at persons in this session; None until they said it."""
    return session().scalar(select(WebSession.purpose).where(WebSession.id == actor.session_id))


def list_sessions(user_id: UUID) -> list[WebSession]:
    """A person's live sessions, newest first."""
    return list(
        session().scalars(
            select(WebSession)
            .where(WebSession.user_id == user_id, WebSession.ended_at.is_(None))
            .where(WebSession.expires_at > now())
            .order_by(WebSession.last_seen_at.desc())
        )
    )


def end_session(user_id: UUID, session_id: UUID, *, reason: str) -> bool:
    """Ends one session of this person; False when they have no such live session."""
    return _end(WebSession.id == session_id, user_id=user_id, reason=reason) > 0


def end_all_sessions(user_id: UUID, *, reason: str, but: UUID | None = None) -> int:
    """Ends every live session of this person, except `but`; says how many."""
    return _end(WebSession.id != but if but else None, user_id=user_id, reason=reason)


def _end(which: object, *, user_id: UUID, reason: str) -> int:
    with unit_of_work():
        statement = (
            update(WebSession)
            .where(WebSession.user_id == user_id, WebSession.ended_at.is_(None))
            .values(ended_at=now(), end_reason=reason)
        )
        if which is not None:
            statement = statement.where(which)  # type: ignore[arg-type]
        done: CursorResult[object] = session().execute(statement)  # type: ignore[assignment]
        if done.rowcount:
            record("session_ended", subject_type="user", subject_id=user_id, count=done.rowcount)
        return done.rowcount
