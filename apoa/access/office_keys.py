"""Keys of an office's own system, which sends permits: its insarkom or head makes and ends them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

import apoa.access.api_problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.actors import Actor, require
from apoa.access.api_keys import LONGEST_LIFE, LONGEST_NAME
from apoa.access.api_models import ApiKey, KeyMode
from apoa.access.api_scopes import OFFICE_SCOPES
from apoa.access.key_text import KeyText, client_id_of
from apoa.access.list_keys import KeyView
from apoa.access.models import User
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotFound, Problem
from apoa.base.ids import hash_token, new_id, new_token
from apoa.base.names import clean_text
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work


def make_office_key(actor: Actor, *, office_id: UUID, name: str, expires_at: datetime) -> KeyText:
    """A new key of the office; its secret is in the answer and nowhere else.

    It may send permits and nothing else. Raises NotFound, NotAllowed, InvalidInput.
    """
    require(actor, Action.MANAGE_OFFICE_KEYS, office_id=office_id)
    with unit_of_work():
        name = _checked(name, office_id, expires_at)
        key = KeyText(KeyMode.LIVE, new_id(), new_token())
        session().add(
            ApiKey(
                id=key.key_id,
                mode=KeyMode.LIVE,
                name=name,
                scopes=list(OFFICE_SCOPES),
                property_ids=[],
                office_id=office_id,
                secret_hash=hash_token(key.secret),
                created_by=actor.user_id,
                created_at=now(),
                expires_at=expires_at,
            )
        )
        session().flush()
        _record("key_made", key.key_id, office_id)
    return key


def end_office_key(actor: Actor, key_id: UUID) -> None:
    """The key is refused from now on; ending it again changes nothing.

    Raises NotFound, NotAllowed.
    """
    with unit_of_work():
        key = session().scalar(
            select(ApiKey)
            .where(ApiKey.id == key_id, ApiKey.office_id.is_not(None))
            .with_for_update()
        )
        if key is None or key.office_id is None:
            raise NotFound("key")
        require(actor, Action.MANAGE_OFFICE_KEYS, office_id=key.office_id)
        if key.ended_at is None:
            key.ended_at = now()
            _record("key_ended", key_id, key.office_id)


def list_office_keys(actor: Actor) -> list[tuple[UUID, KeyView]]:
    """The keys of the offices where the actor manages them, with the office; the newest first."""
    require(actor, Action.MANAGE_OFFICE_KEYS)
    offices = managed_offices(actor)
    rows = session().execute(
        select(ApiKey, User.name)
        .join(User, User.id == ApiKey.created_by)
        .where(ApiKey.office_id.in_(offices))
        .order_by(ApiKey.created_at.desc(), ApiKey.id.desc())
    )
    return [(key.office_id, _view(key, name)) for key, name in rows if key.office_id]


def managed_offices(actor: Actor) -> list[UUID]:
    """The offices whose keys the actor may make."""
    wanted = Action.MANAGE_OFFICE_KEYS
    return [one for one in actor.office_roles if actor.may(wanted, office_id=one)]


def _checked(name: str, office_id: UUID, expires_at: datetime) -> str:
    """The cleaned name. Raises InvalidInput with all that is wrong."""
    faults = []
    try:
        name = clean_text(name)
        if not 0 < len(name) <= LONGEST_NAME:
            faults.append(Problem("/name", "key-name-needed", {"max": str(LONGEST_NAME)}))
        elif name.casefold() in _live_names(office_id):
            # Two keys of one name cannot be told apart; a form sent twice must not make two.
            faults.append(Problem("/name", "key-name-taken"))
    except ValueError:
        faults.append(Problem("/name", "control-character"))
    if not now() < expires_at <= now() + LONGEST_LIFE:
        faults.append(Problem("/expires_at", "key-expiry", {"days": str(LONGEST_LIFE.days)}))
    if faults:
        raise InvalidInput(faults)
    return name


def _live_names(office_id: UUID) -> set[str]:
    names = session().scalars(
        select(ApiKey.name).where(
            ApiKey.office_id == office_id, ApiKey.ended_at.is_(None), ApiKey.expires_at > now()
        )
    )
    return {one.casefold() for one in names}


def _view(key: ApiKey, created_by: str) -> KeyView:
    return KeyView(
        key_id=key.id,
        client_id=client_id_of(key.mode, key.id),
        name=key.name,
        mode=KeyMode(key.mode),
        scopes=tuple(key.scopes),
        property_ids=(),
        state="ended" if key.ended_at else "live" if key.expires_at > now() else "expired",
        created_by=created_by,
        created_at=key.created_at,
        expires_at=key.expires_at,
        last_used_at=key.last_used_at,
        ended_at=key.ended_at,
        previous_valid_until=None,
    )


def _record(act: str, key_id: UUID, office_id: UUID) -> None:
    record(
        act,
        subject_type="api_key",
        subject_id=key_id,
        office_id=office_id,
        scopes=list(OFFICE_SCOPES),
    )
