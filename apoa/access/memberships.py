"""Who reports for a lodging, and how somebody stops."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from apoa.access.actors import Actor, require
from apoa.access.models import PropertyMembership, User
from apoa.access.problems import LAST_MANAGER
from apoa.access.roles import Action, Role
from apoa.audit.record import record
from apoa.base.errors import NotFound, StateConflict
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work


@dataclass(frozen=True)
class LodgingPerson:
    """A person of a lodging."""

    user_id: UUID
    name: str
    email: str
    role: Role
    since: datetime
    is_disabled: bool


def list_people(actor: Actor, property_id: UUID) -> list[LodgingPerson]:
    """Managers first, then clerks, by name. Raises NotAllowed, NotFound."""
    require(actor, Action.MANAGE_PEOPLE, property_id=property_id)
    rows = session().execute(
        select(PropertyMembership, User)
        .join(User, User.id == PropertyMembership.user_id)
        .where(PropertyMembership.property_id == property_id)
        .order_by(PropertyMembership.role.desc(), User.name, User.id)
    )
    return [
        LodgingPerson(
            user.id,
            user.name,
            user.email,
            Role(membership.role),
            membership.created_at,
            user.disabled_at is not None,
        )
        for membership, user in rows
    ]


def remove_person(actor: Actor, property_id: UUID, user_id: UUID) -> None:
    """The person no longer reports for the lodging, from their next request on.

    Raises NotAllowed, NotFound, and StateConflict for the last manager who can sign in.
    """
    require(actor, Action.MANAGE_PEOPLE, property_id=property_id)
    with unit_of_work():
        # Locked, so that two managers cannot remove each other at the same time.
        rows = (
            session()
            .execute(
                select(PropertyMembership.user_id, PropertyMembership.role, User.disabled_at)
                .join(User, User.id == PropertyMembership.user_id)
                .where(PropertyMembership.property_id == property_id)
                .order_by(PropertyMembership.user_id)
                .with_for_update(of=PropertyMembership)
            )
            .all()
        )
        if user_id not in {row.user_id for row in rows}:
            raise NotFound("person")
        managers = {
            row.user_id for row in rows if row.role == Role.MANAGER and row.disabled_at is None
        }
        if managers == {user_id}:
            raise StateConflict.because(LAST_MANAGER)
        session().execute(
            delete(PropertyMembership).where(
                PropertyMembership.property_id == property_id,
                PropertyMembership.user_id == user_id,
            )
        )
        record("person_removed", subject_type="user", subject_id=user_id, property_id=property_id)
