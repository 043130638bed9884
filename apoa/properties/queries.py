"""Decides how one lodging, its history and its people are read and locked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from apoa.access.models import OfficerPost, PropertyMembership, User
from apoa.access.roles import Role
from apoa.base.errors import NotFound, VersionConflict
from apoa.db.base import session
from apoa.properties.models import Property, PropertyEvent


@dataclass(frozen=True)
class EventView:
    """A step in a lodging's history, with the name of who took it (None: nobody signed in)."""

    id: UUID
    kind: str
    at: datetime
    reason: str | None
    changes: list[dict[str, Any]]
    actor_name: str | None


@dataclass(frozen=True)
class PersonView:
    """Somebody who reports for a lodging."""

    name: str
    email: str
    role: str
    since: datetime
    is_disabled: bool


def find_property(property_id: UUID) -> Property | None:
    """The lodging, None when there is none in the scope."""
    return session().scalar(select(Property).where(Property.id == property_id))


def get_property(property_id: UUID) -> Property:
    """The lodging; raises NotFound when there is none in the scope."""
    lodging = find_property(property_id)
    if lodging is None:
        raise NotFound("property")
    return lodging


def lock_property(property_id: UUID) -> Property:
    """The lodging as it is now, unchangeable for others until this transaction ends.

    Raises NotFound when the scope may not write it.
    """
    lodging = session().scalar(
        select(Property)
        .where(Property.id == property_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if lodging is None:
        raise NotFound("property")
    return lodging


def find_last_event_id(property_id: UUID) -> UUID | None:
    """The latest step in the history: what a page must have seen to decide on it."""
    return session().scalar(
        select(PropertyEvent.id)
        .where(PropertyEvent.property_id == property_id)
        .order_by(PropertyEvent.id.desc())
        .limit(1)
    )


def require_unchanged(property_id: UUID, seen_event: UUID | None) -> None:
    """Raises VersionConflict when something happened since the event that the page showed."""
    if seen_event is not None and find_last_event_id(property_id) != seen_event:
        raise VersionConflict.because("changed-meanwhile")


def list_events(property_id: UUID) -> list[EventView]:
    """The lodging's history, newest first."""
    rows = session().execute(
        select(PropertyEvent, User.name)
        .outerjoin(User, User.id == PropertyEvent.actor_id)
        .where(PropertyEvent.property_id == property_id)
        .order_by(PropertyEvent.id.desc())
    )
    return [
        EventView(event.id, event.kind, event.at, event.reason, event.changes, name)
        for event, name in rows
    ]


def list_people(property_id: UUID) -> list[PersonView]:
    """Who reports for the lodging: managers first, then by name."""
    rows = session().execute(
        select(PropertyMembership, User)
        .join(User, User.id == PropertyMembership.user_id)
        .where(PropertyMembership.property_id == property_id)
        .order_by((PropertyMembership.role == Role.MANAGER).desc(), func.lower(User.name))
    )
    return [
        PersonView(user.name, user.email, one.role, one.created_at, user.disabled_at is not None)
        for one, user in rows
    ]


def list_onboarding_officers(office_id: UUID) -> list[User]:
    """The office's Insarkom people, who are told of new registrations."""
    return list(
        session().scalars(
            select(User)
            .join(OfficerPost, OfficerPost.user_id == User.id)
            .where(OfficerPost.office_id == office_id, OfficerPost.role == Role.INSARKOM)
            .where(User.disabled_at.is_(None))
            .order_by(User.email)
        )
    )


def list_properties_by_id(property_ids: Collection[UUID]) -> list[Property]:
    """Those of these lodgings that the scope shows, by name."""
    return list(
        session().scalars(
            select(Property)
            .where(Property.id.in_(property_ids))
            .order_by(Property.name_folded, Property.id)
        )
    )
