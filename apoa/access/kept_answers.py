"""Keeps the first answer to a request with an idempotency key, in the transaction of its work."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import insert

from apoa.access.api_models import IdempotencyKey
from apoa.base.clock import now
from apoa.base.crypto import Place
from apoa.db.base import session
from apoa.db.scope import scope_everywhere
from apoa.db.secrets import secrets
from apoa.db.unit_of_work import unit_of_work

KEPT_FOR = timedelta(hours=48)
_LOCK = text("SELECT pg_try_advisory_xact_lock(:number)")


@dataclass(frozen=True)
class KeptAnswer:
    """What was answered first, and to which request."""

    request_hash: bytes
    status: int
    headers: dict[str, Any]
    body: str


@dataclass(frozen=True)
class Retriable:
    """A request by its caller and the hash of its idempotency key."""

    caller_id: UUID
    key_hash: bytes

    @classmethod
    def of(cls, caller_id: UUID, key: str) -> "Retriable":
        """The request of this caller with this key."""
        return cls(caller_id, sha256(key.encode()).digest())

    @property
    def place(self) -> Place:
        """Where the sealed body stands."""
        row = f"{self.caller_id}:{self.key_hash.hex()}"
        return Place("idempotency_keys", "body_sealed", row)


def hold(request: Retriable) -> bool:
    """Holds the key until the transaction ends; False while another transaction does."""
    digest = sha256(request.caller_id.bytes + request.key_hash).digest()
    number = int.from_bytes(digest[:8], "big", signed=True)
    return bool(session().scalar(_LOCK, {"number": number}))


def find_answer(request: Retriable) -> KeptAnswer | None:
    """The first answer; None when there is none. The key must be held."""
    row = session().scalar(
        select(IdempotencyKey).where(
            IdempotencyKey.caller_id == request.caller_id,
            IdempotencyKey.key_hash == request.key_hash,
        )
    )
    if row is None:
        return None
    if row.expires_at <= now():
        session().delete(row)
        session().flush()
        return None
    body = secrets().cipher.decrypt(row.body_sealed, request.place)
    return KeptAnswer(row.request_hash, row.status, row.headers, body)


def keep_answer(request: Retriable, given: KeptAnswer) -> None:
    """Stores the answer; it is there if, and only if, the work is."""
    session().execute(
        insert(IdempotencyKey).values(
            caller_id=request.caller_id,
            key_hash=request.key_hash,
            request_hash=given.request_hash,
            status=given.status,
            headers=given.headers,
            body_sealed=secrets().cipher.encrypt(given.body, request.place),
            created_at=now(),
            expires_at=now() + KEPT_FOR,
        )
    )


def drop_answer(request: Retriable) -> None:
    """Makes room for another answer to the same request. The key must be held."""
    session().execute(
        delete(IdempotencyKey).where(
            IdempotencyKey.caller_id == request.caller_id,
            IdempotencyKey.key_hash == request.key_hash,
        )
    )


def forget_old_answers() -> int:
    """Deletes the answers that are kept no longer; says how many. For a daily job."""
    with unit_of_work(), scope_everywhere("old answers forgotten"):
        gone = session().scalars(
            delete(IdempotencyKey)
            .where(IdempotencyKey.expires_at <= now())
            .returning(IdempotencyKey.key_hash)
        )
        return len(gone.all())
