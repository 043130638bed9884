"""Tables of the main job: stays, their versions, name tokens, receipts, deadline rules."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from apoa.db.base import Base, one_of
from apoa.db.row_filter import PropertyOwned

Instant = DateTime(timezone=True)


class StayState(StrEnum):
    """Where a stay is in its life; no user deletes one."""

    IN_HOUSE = "in_house"
    DEPARTED = "departed"
    CANCELLED = "cancelled"


class DeadlineState(StrEnum):
    """Whether the report came in time."""

    ON_TIME = "on_time"
    LATE = "late"
    EXTENDED = "extended"


class Source(StrEnum):
    """By which way a report or an amendment came."""

    WEB = "web"
    API = "api"
    IMPORT = "import"
    OFFLINE = "offline"
    DEMO = "demo"


class Stay(PropertyOwned, Base):
    """One guest in one lodging from check-in to check-out, as last reported.

    The document's number is sealed (`document_number_sealed`) and found by its blind key.
    `checked_in_on` and `checked_out_on` are the local days of the lodging's own time zone.
    """

    __tablename__ = "stays"
    __table_args__ = (
        one_of("state", StayState, "state"),
        one_of("deadline_state", DeadlineState, "deadline_state"),
        one_of("source", Source, "source"),
        CheckConstraint("sex IN ('F', 'M', 'X')", name="sex"),
        CheckConstraint(
            "coalesce(surname, '') <> '' OR coalesce(given_names, '') <> ''", name="some_name"
        ),
        CheckConstraint("NOT mononym OR surname IS NULL OR given_names IS NULL", name="mononym"),
        CheckConstraint(r"birth_date ~ '^\d{4}-\d{2}-\d{2}$'", name="birth_date"),
        CheckConstraint("nationality ~ '^[A-Z]{3}$'", name="nationality"),
        CheckConstraint("nationality <> 'IDN'", name="foreigner"),
        CheckConstraint(
            "(document_number_sealed IS NULL) = (document_unavailable_reason IS NOT NULL)",
            name="document_or_reason",
        ),
        CheckConstraint(
            "(document_number_sealed IS NULL) = (document_blind IS NULL)", name="document_blind"
        ),
        CheckConstraint("checked_out_at >= checked_in_at", name="out_after_in"),
        CheckConstraint("(state = 'departed') <= (checked_out_at IS NOT NULL)", name="departed"),
        CheckConstraint("state <> 'in_house' OR checked_out_at IS NULL", name="in_house"),
        CheckConstraint(
            "(state = 'cancelled') = (cancel_reason IS NOT NULL)", name="cancelled_with_reason"
        ),
        CheckConstraint("version >= 1", name="version"),
        UniqueConstraint("property_id", "client_ref"),
        UniqueConstraint("property_id", "submission_id"),
        Index("ix_stays_board", "property_id", "state", "checked_in_at"),
        Index("ix_stays_arrivals", "property_id", "checked_in_at", "id"),
        Index("ix_stays_departures", "property_id", "checked_out_on"),
        Index("ix_stays_party", "property_id", "party_ref"),
        Index("ix_stays_document", "document_blind"),
        Index("ix_stays_office_in", "office_id", "checked_in_on", "id"),
        # The last three end in the order in which officers read hits, or lead to few of them.
        Index("ix_stays_in", "checked_in_on", "id"),
        Index("ix_stays_office_nationality", "office_id", "nationality", "checked_in_on", "id"),
        Index("ix_stays_birth", "birth_date", "office_id"),
    )

    property_id: Mapped[UUID] = mapped_column(ForeignKey("properties.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(String(12), default=StayState.IN_HOUSE)
    version: Mapped[int] = mapped_column(default=1)
    client_ref: Mapped[str | None] = mapped_column(String(100))
    submission_id: Mapped[UUID | None]
    party_ref: Mapped[str | None] = mapped_column(String(100))
    room: Mapped[str | None] = mapped_column(String(30))
    surname: Mapped[str | None] = mapped_column(String(150))
    given_names: Mapped[str | None] = mapped_column(String(150))
    mononym: Mapped[bool] = mapped_column(default=False)
    native_name: Mapped[str | None] = mapped_column(String(150))
    sex: Mapped[str] = mapped_column(String(1))
    birth_date: Mapped[str] = mapped_column(String(10))
    birth_place: Mapped[str | None] = mapped_column(String(120))
    nationality: Mapped[str] = mapped_column(String(3))
    document_type: Mapped[str | None] = mapped_column(String(30))
    document_number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    document_blind: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    document_issuing_state: Mapped[str | None] = mapped_column(String(3))
    document_expires_on: Mapped[date | None] = mapped_column(Date)
    document_unavailable_reason: Mapped[str | None] = mapped_column(String(300))
    mrz_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    permit_kind: Mapped[str | None] = mapped_column(String(20))
    permit_number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    entered_on: Mapped[date | None] = mapped_column(Date)
    entry_port: Mapped[str | None] = mapped_column(String(10))
    purpose: Mapped[str | None] = mapped_column(String(30))
    contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    checked_in_at: Mapped[datetime] = mapped_column(Instant)
    checked_in_on: Mapped[date] = mapped_column(Date)
    expected_departure_on: Mapped[date] = mapped_column(Date)
    checked_out_at: Mapped[datetime | None] = mapped_column(Instant)
    checked_out_on: Mapped[date | None] = mapped_column(Date)
    late_reason: Mapped[str | None] = mapped_column(String(500))
    cancel_reason: Mapped[str | None] = mapped_column(String(500))
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    deadline_state: Mapped[str] = mapped_column(String(10))
    warnings: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    source: Mapped[str] = mapped_column(String(10))
    first_received_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)


class StayVersion(PropertyOwned, Base):
    """A stay as it was reported at one time; inserted once, never changed.

    `content_sealed` is the canonical JSON of the whole content, encrypted; `changed` names the
    fields (JSON pointers) that differ from the version before.
    """

    __tablename__ = "stay_versions"
    __table_args__ = (
        ForeignKeyConstraint(["property_id", "stay_id"], ["stays.property_id", "stays.id"]),
        one_of("source", Source, "source"),
    )

    property_id: Mapped[UUID] = mapped_column(primary_key=True)
    stay_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[UUID]
    act: Mapped[str] = mapped_column(String(20))
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    changed: Mapped[list[str]] = mapped_column(ARRAY(String))
    reason: Mapped[str | None] = mapped_column(String(500))
    source: Mapped[str] = mapped_column(String(10))
    actor_id: Mapped[UUID | None]
    received_at: Mapped[datetime] = mapped_column(Instant)


class StayNameToken(PropertyOwned, Base):
    """A spelling by which a stay's guest is found: one row for each folded word of the name."""

    __tablename__ = "stay_name_tokens"
    __table_args__ = (
        ForeignKeyConstraint(["property_id", "stay_id"], ["stays.property_id", "stays.id"]),
        Index(
            "ix_stay_name_tokens_token",
            "token",
            "office_id",
            postgresql_ops={"token": "text_pattern_ops"},
        ),
    )

    property_id: Mapped[UUID] = mapped_column(primary_key=True)
    stay_id: Mapped[UUID] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(150), primary_key=True)
    office_id: Mapped[UUID]


class Receipt(PropertyOwned, Base):
    """Proof that a report was received: the signed payload and what is needed to check it."""

    __tablename__ = "receipts"
    __table_args__ = (
        ForeignKeyConstraint(["property_id", "stay_id"], ["stays.property_id", "stays.id"]),
        UniqueConstraint("property_id", "stay_id", "version"),
        Index("ix_receipts_number", "number"),
    )

    property_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID]
    stay_id: Mapped[UUID]
    version: Mapped[int]
    number: Mapped[str] = mapped_column(String(40))
    issued_at: Mapped[datetime] = mapped_column(Instant)
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(String(32))
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    content_salt: Mapped[bytes] = mapped_column(LargeBinary)


class ReceiptKey(Base):
    """The public half of a receipt key, kept for ever so that old receipts can be verified."""

    __tablename__ = "receipt_keys"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    first_used_at: Mapped[datetime] = mapped_column(Instant)


class DeadlineRule(Base):
    """How many hours after check-in a report is due, from when, for one office or for all."""

    __tablename__ = "deadline_rules"
    __table_args__ = (
        CheckConstraint("hours BETWEEN 1 AND 720", name="hours"),
        UniqueConstraint("office_id", "effective_from", postgresql_nulls_not_distinct=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("offices.id"))
    hours: Mapped[int]
    effective_from: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(Instant)
