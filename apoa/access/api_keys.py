"""Keys of lodgings' own systems: a manager makes, rotates and ends them."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

import apoa.access.api_problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.actors import Actor, require
from apoa.access.api_models import ApiKey, KeyMode
from apoa.access.api_scopes import SCOPES
from apoa.access.key_text import KeyText
from apoa.access.places import find_lodging
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotFound, Problem, StateConflict
from apoa.base.ids import hash_token, new_id, new_token
from apoa.base.names import clean_text
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work

LONGEST_NAME = 120
LONGEST_LIFE = timedelta(days=731)
OVERLAP = timedelta(days=7)
LONGEST_OVERLAP = timedelta(days=30)


def make_key(
    actor: Actor,
    *,
    name: str,
    mode: KeyMode,
    scopes: Collection[str],
    property_ids: Collection[UUID],
    expires_at: datetime,
    make_sandbox: Callable[[UUID], object],
) -> KeyText:
    """A new key for these lodgings; its secret is in the answer and nowhere else.

    A test key acts on the lodgings' sandboxes, which `make_sandbox` (properties/sandbox.py) makes
    where they are missing. Raises NotFound, NotAllowed, InvalidInput.
    """
    for property_id in property_ids:
        require(actor, Action.MANAGE_KEYS, property_id=property_id)
    name = _clean(name)
    faults = _faults(name, scopes, property_ids, expires_at)
    if faults:
        raise InvalidInput(faults)
    key = KeyText(mode, new_id(), new_token())
    with unit_of_work():
        session().add(
            ApiKey(
                id=key.key_id,
                mode=mode,
                name=name,
                scopes=sorted(set(scopes)),
                property_ids=sorted(set(property_ids)),
                secret_hash=hash_token(key.secret),
                created_by=actor.user_id,
                created_at=now(),
                expires_at=expires_at,
            )
        )
        session().flush()
        if mode == KeyMode.TEST:
            for property_id in property_ids:
                make_sandbox(property_id)
        _record("key_made", key.key_id, property_ids, mode=str(mode), scopes=sorted(set(scopes)))
    return key


def rotate_key(actor: Actor, key_id: UUID, *, overlap: timedelta = OVERLAP) -> KeyText:
    """A new secret for the key; the old one is good for the overlap (zero to thirty days) yet.

    Raises NotFound, NotAllowed unless the actor manages every lodging of the key, InvalidInput,
    and StateConflict for a key that is over.
    """
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise InvalidInput.because("out-of-range", "/overlap", min="0", max="30")
    with unit_of_work():
        key = _hold_key(actor, key_id)
        for property_id in key.property_ids:
            require(actor, Action.MANAGE_KEYS, property_id=property_id)
        if key.ended_at is not None or key.expires_at <= now():
            raise StateConflict.because("key-not-live")
        made = KeyText(KeyMode(key.mode), key_id, new_token())
        key.previous_secret_hash = key.secret_hash if overlap else None
        key.previous_valid_until = now() + overlap if overlap else None
        key.secret_hash = hash_token(made.secret)
        _record(
            "key_rotated", key_id, key.property_ids, overlap_hours=overlap // timedelta(hours=1)
        )
    return made


def end_key(actor: Actor, key_id: UUID) -> None:
    """The key, with its tokens, is refused from now on; ending it again changes nothing.

    Of a key that also serves lodgings of others, the actor's are taken away and the rest stays.
    Raises NotFound, NotAllowed.
    """
    with unit_of_work():
        key = _hold_key(actor, key_id)
        if key.ended_at is not None:
            return
        managed = [p for p in key.property_ids if actor.may(Action.MANAGE_KEYS, property_id=p)]
        left = [one for one in key.property_ids if one not in managed]
        if left:
            key.property_ids = left
            _record("key_narrowed", key_id, managed)
        else:
            key.ended_at = now()
            _record("key_ended", key_id, managed)


def _hold_key(actor: Actor, key_id: UUID) -> ApiKey:
    """The key, locked. Raises NotFound unless one of its lodgings is the actor's to manage."""
    key = session().scalar(select(ApiKey).where(ApiKey.id == key_id).with_for_update())
    if key is None or not any(p in actor.property_roles for p in key.property_ids):
        raise NotFound("key")
    if not any(actor.may(Action.MANAGE_KEYS, property_id=p) for p in key.property_ids):
        own = next(p for p in key.property_ids if p in actor.property_roles)
        require(actor, Action.MANAGE_KEYS, property_id=own)
    return key


def _faults(
    name: str, scopes: Collection[str], property_ids: Collection[UUID], expires_at: datetime
) -> list[Problem]:
    found = []
    if not 0 < len(name) <= LONGEST_NAME:
        found.append(Problem("/name", "key-name-needed", {"max": str(LONGEST_NAME)}))
    if not scopes:
        found.append(Problem("/scopes", "key-needs-scope"))
    for index, scope in enumerate(scopes):
        if scope not in SCOPES:
            found.append(Problem(f"/scopes/{index}", "unknown-scope", {"scope": scope}))
    if not property_ids:
        found.append(Problem("/property_ids", "key-needs-property"))
    if not timedelta(0) < expires_at - now() <= LONGEST_LIFE:
        found.append(Problem("/expires_at", "key-expiry", {"days": str(LONGEST_LIFE.days)}))
    return found


def _clean(name: str) -> str:
    try:
        return clean_text(name)
    except ValueError:
        raise InvalidInput.because("control-character", "/name") from None


def _record(act: str, key_id: UUID, property_ids: Collection[UUID], **detail: Any) -> None:
    """One audit row for each lodging, under its office."""
    for property_id in property_ids:
        place = find_lodging(property_id)
        record(
            act,
            subject_type="api_key",
            subject_id=key_id,
            property_id=property_id,
            office_id=place.office_id if place else None,
            **detail,
        )
