"""How an invited person joins: with a new account, or with the one they are signed in to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from apoa.access.accounts import find_user_by_email, get_user
from apoa.access.actors import Actor
from apoa.access.models import Invitation, OfficerPost, PropertyMembership, User
from apoa.access.passwords import PasswordHashing, require_good_password
from apoa.access.places import Place, get_place
from apoa.access.problems import LINK_NOT_VALID
from apoa.access.roles import Role
from apoa.access.schemas import PersonSchema
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import StateConflict
from apoa.base.ids import hash_token, new_id
from apoa.db.base import session
from apoa.db.scope import Scope, current_scope, scope
from apoa.db.unit_of_work import unit_of_work


@dataclass(frozen=True)
class InvitationView:
    """What the invited person sees before accepting."""

    email: str
    role: Role
    place_name: str
    expires_at: datetime
    has_account: bool
    name: str | None


def find_invitation(token: str) -> InvitationView | None:
    """The invitation of a link that still works."""
    row = session().scalar(select(Invitation).where(*_open(token)))
    if row is None:
        return None
    email, role, expires_at = row.email, Role(row.role), row.expires_at
    property_id, office_id = row.property_id, row.office_id
    with scope(_scope_of(property_id)):
        place = get_place(property_id, office_id)
    user = find_user_by_email(email)
    if user is not None and user.disabled_at is not None:
        return None
    has_account = user is not None and user.password_hash is not None
    name = user.name if user and not has_account else None
    return InvitationView(email, role, place.name, expires_at, has_account, name)


def accept_invitation(
    token: str, name: str, password: str, *, hashing: PasswordHashing, locale: str = "id"
) -> UUID:
    """Makes the account, its address verified, and gives the role; the new account's id.

    Raises InvalidInput for name or password, StateConflict for a link that no longer works or an
    address that has an account (whose owner signs in and calls `join_by_invitation`).
    """
    person = PersonSchema().read({"name": name, "locale": locale})
    with unit_of_work():
        claimed = _claim(token)
        with scope(_scope_of(claimed.property_id)):
            place = get_place(claimed.property_id, claimed.office_id, hold=True)
            about = (person.name, claimed.email, place.name)
            require_good_password(password, about=about)
            user_id = _store_account(
                claimed.email, person.name, person.locale, hashing.hash(password)
            )
            _give_role(user_id, claimed, place)
        return user_id


def join_by_invitation(actor: Actor, token: str) -> None:
    """Gives the role to the signed-in person, if it is they who were invited.

    Raises StateConflict for a link that no longer works or is another person's.
    """
    with unit_of_work():
        user = get_user(actor.user_id)
        email = user.email
        claimed = _claim(token)
        if claimed.email != email:
            raise StateConflict.because(LINK_NOT_VALID)
        user.email_verified_at = user.email_verified_at or now()
        with scope(_scope_of(claimed.property_id)):
            place = get_place(claimed.property_id, claimed.office_id, hold=True)
            _give_role(actor.user_id, claimed, place)


@dataclass(frozen=True)
class _Claimed:
    id: UUID
    email: str
    role: Role
    property_id: UUID | None
    office_id: UUID | None


def _open(token: str) -> tuple[Any, ...]:
    return (
        Invitation.token_hash == hash_token(token),
        Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires_at > now(),
    )


def _claim(token: str) -> _Claimed:
    """Of two who accept at once, one waits for the other's commit and then finds it used."""
    row = (
        session()
        .execute(
            update(Invitation)
            .where(*_open(token))
            .values(accepted_at=now())
            .returning(
                Invitation.id,
                Invitation.email,
                Invitation.role,
                Invitation.property_id,
                Invitation.office_id,
            )
            .execution_options(synchronize_session=False)
        )
        .one_or_none()
    )
    if row is None:
        raise StateConflict.because(LINK_NOT_VALID)
    return _Claimed(row.id, row.email, Role(row.role), row.property_id, row.office_id)


def _store_account(email: str, name: str, locale: str, password_hash: str) -> UUID:
    facts = {
        "name": name,
        "locale": locale,
        "password_hash": password_hash,
        "email_verified_at": now(),
    }
    made: UUID | None = session().scalar(
        insert(User)
        .values(id=new_id(), email=email, created_at=now(), **facts)
        .on_conflict_do_update(
            index_elements=[User.email],
            set_=facts,
            # An account that has a password is its owner's: only a sign-in may add to it.
            where=User.password_hash.is_(None) & User.disabled_at.is_(None),
        )
        .returning(User.id)
    )
    if made is None:
        raise StateConflict.because(LINK_NOT_VALID)
    return made


def _give_role(user_id: UUID, claimed: _Claimed, place: Place) -> None:
    if place.property_id:
        statement = insert(PropertyMembership).values(
            property_id=place.property_id,
            user_id=user_id,
            office_id=place.office_id,
            role=claimed.role,
            created_at=now(),
        )
        # Nobody loses the greater role by accepting the smaller one.
        statement = statement.on_conflict_do_update(
            index_elements=[PropertyMembership.property_id, PropertyMembership.user_id],
            set_={"role": claimed.role},
            where=PropertyMembership.role != Role.MANAGER,
        )
    else:
        statement = (
            insert(OfficerPost)
            .values(
                id=new_id(),
                user_id=user_id,
                office_id=place.office_id,
                role=claimed.role,
                created_at=now(),
            )
            .on_conflict_do_nothing()
        )
    session().execute(statement)
    record(
        "invitation_accepted",
        subject_type="user",
        subject_id=user_id,
        property_id=place.property_id,
        office_id=place.office_id,
        role=claimed.role.value,
        invitation_id=str(claimed.id),
    )


def _scope_of(property_id: UUID | None) -> Scope:
    """Holding the token is the proof: this lodging's rows, on top of nothing else."""
    lodgings = frozenset({property_id}) if property_id else frozenset()
    return Scope(user_id=current_scope().user_id, property_ids=lodgings)
