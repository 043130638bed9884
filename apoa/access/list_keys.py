"""Which keys a lodging has, and how they stand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from apoa.access.actors import Actor, require
from apoa.access.api_models import ApiKey, KeyMode
from apoa.access.key_text import client_id_of
from apoa.access.models import User
from apoa.access.roles import Action
from apoa.base.clock import now
from apoa.base.errors import NotAllowed, NotFound
from apoa.db.base import session


@dataclass(frozen=True)
class KeyView:
    """A key without its secret. `state` is "live", "expired" or "ended"."""

    key_id: UUID
    client_id: str
    name: str
    mode: KeyMode
    scopes: tuple[str, ...]
    property_ids: tuple[UUID, ...]
    state: str
    created_by: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    ended_at: datetime | None
    previous_valid_until: datetime | None


def list_keys(actor: Actor, property_id: UUID) -> list[KeyView]:
    """Every key of the lodging, the newest first. Raises NotAllowed, NotFound."""
    require(actor, Action.MANAGE_KEYS, property_id=property_id)
    rows = session().execute(
        select(ApiKey, User.name)
        .join(User, User.id == ApiKey.created_by)
        .where(ApiKey.property_ids.contains([property_id]))
        .order_by(ApiKey.created_at.desc(), ApiKey.id.desc())
    )
    return [_view(actor, key, name) for key, name in rows]


def get_key(actor: Actor, key_id: UUID) -> KeyView:
    """One key of a lodging that the actor manages. Raises NotFound, NotAllowed."""
    row = (
        session()
        .execute(
            select(ApiKey, User.name)
            .join(User, User.id == ApiKey.created_by)
            .where(ApiKey.id == key_id)
        )
        .one_or_none()
    )
    own = [one for one in row[0].property_ids if one in actor.property_roles] if row else []
    if row is None or not own:
        raise NotFound("key")
    if not any(actor.may(Action.MANAGE_KEYS, property_id=one) for one in own):
        raise NotAllowed(Action.MANAGE_KEYS.value)
    return _view(actor, *row)


def _view(actor: Actor, key: ApiKey, created_by: str) -> KeyView:
    moment = now()
    previous = key.previous_valid_until
    return KeyView(
        key_id=key.id,
        client_id=client_id_of(key.mode, key.id),
        name=key.name,
        mode=KeyMode(key.mode),
        scopes=tuple(key.scopes),
        # Which other lodgings the key serves is told to those alone who belong to them.
        property_ids=tuple(one for one in key.property_ids if one in actor.property_roles),
        state="ended" if key.ended_at else "live" if key.expires_at > moment else "expired",
        created_by=created_by,
        created_at=key.created_at,
        expires_at=key.expires_at,
        last_used_at=key.last_used_at,
        ended_at=key.ended_at,
        previous_valid_until=previous if previous and previous > moment else None,
    )
