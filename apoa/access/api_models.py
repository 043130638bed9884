"""Tables of the API's callers: keys, tokens got with them, and the answers kept for retries."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from apoa.access.models import Instant
from apoa.db.base import Base, one_of


class KeyMode(StrEnum):
    """Whether a key reports real guests, or only tries how that is done."""

    LIVE = "live"
    TEST = "test"


class ApiKey(Base):
    """What a system of lodgings, or of an office, signs in with; its secret is stored hashed.

    `property_ids` are the real lodgings, also for a test key; an office's key has none, and the
    scopes of offices alone. After a rotation the previous secret is good until
    `previous_valid_until`.
    """

    __tablename__ = "api_keys"
    __table_args__ = (
        one_of("mode", KeyMode, "mode"),
        CheckConstraint(
            "(office_id IS NULL) = (cardinality(property_ids) >= 1)", name="lodgings_or_office"
        ),
        CheckConstraint(
            "CASE WHEN office_id IS NULL THEN NOT scopes && ARRAY['permits:write']::varchar[]"
            " ELSE scopes <@ ARRAY['permits:write']::varchar[] AND mode = 'live' END",
            name="scopes_of_kind",
        ),
        CheckConstraint(
            "(previous_secret_hash IS NULL) = (previous_valid_until IS NULL)", name="previous"
        ),
        Index("ix_api_keys_properties", "property_ids", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    mode: Mapped[str] = mapped_column(String(4))
    name: Mapped[str] = mapped_column(String(120))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    property_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("offices.id"), index=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    previous_secret_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    previous_valid_until: Mapped[datetime | None] = mapped_column(Instant)
    created_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class ApiToken(Base):
    """A one-hour token that a key's id and secret were exchanged for; stored hashed."""

    __tablename__ = "api_tokens"
    __table_args__ = (Index("ix_api_tokens_expires", "expires_at"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    key_id: Mapped[UUID] = mapped_column(ForeignKey("api_keys.id"), index=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class IdempotencyKey(Base):
    """The first answer to a request that may be sent again; its body is sealed."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (Index("ix_idempotency_keys_expires", "expires_at"),)

    caller_id: Mapped[UUID] = mapped_column(primary_key=True)
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    request_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    status: Mapped[int]
    headers: Mapped[dict[str, Any]] = mapped_column(JSONB)
    body_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
