"""Tables of the register: permits, the documents of their holders, and what became of them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from apoa.db.base import Base, one_of
from apoa.db.row_filter import OfficersOnly

Instant = DateTime(timezone=True)


class PermitKind(StrEnum):
    """What sort of right to stay a permit gives (glossary)."""

    BVK = "bvk"
    VOA = "voa"
    ITK = "itk"
    ITAS = "itas"
    ITAP = "itap"
    DIPLOMATIC = "diplomatic"
    SERVICE = "service"


class PermitStatus(StrEnum):
    """Whether a permit holds; the last four end it, from `status_on` on."""

    ACTIVE = "active"
    EXTENDED = "extended"
    CONVERTED = "converted"
    CANCELLED = "cancelled"
    REVOKED = "revoked"
    DEPARTED = "departed"


class HistoryAct(StrEnum):
    """What wrote an entry of a permit's history."""

    IMPORTED = "imported"
    EXTENDED = "extended"
    STATUS = "status"
    CORRECTED = "corrected"
    DOCUMENT_ADDED = "document_added"
    DOCUMENT_REMOVED = "document_removed"


class Permit(OfficersOnly, Base):
    """A right to stay, as last known; named by its number and the state of the holder's document.

    `valid_until` is the last day, inclusive. `status` holds from `status_on` on; `active` has held
    from the beginning. The marks tell content apart without opening what is sealed: `content_mark`
    is of the permit as it is, `feed_mark` of what a feed last said, so that a feed which repeats
    itself takes back nothing that an officer did meanwhile. `as_of` is when it was so; a feed of
    an earlier day changes nothing.
    """

    __tablename__ = "permits"
    __table_args__ = (
        one_of("status", PermitStatus, "status"),
        CheckConstraint("sex IN ('F', 'M', 'X')", name="sex"),
        CheckConstraint(
            "coalesce(surname, '') <> '' OR coalesce(given_names, '') <> ''", name="some_name"
        ),
        CheckConstraint(r"birth_date ~ '^\d{4}-\d{2}-\d{2}$'", name="birth_date"),
        CheckConstraint("nationality ~ '^[A-Z]{3}$'", name="nationality"),
        CheckConstraint("nationality <> 'IDN'", name="foreigner"),
        CheckConstraint("issuing_state ~ '^[A-Z]{3}$'", name="issuing_state"),
        CheckConstraint("valid_until >= valid_from", name="until_after_from"),
        CheckConstraint("status = 'active' OR status_on IS NOT NULL", name="status_on"),
        CheckConstraint("version >= 1", name="version"),
        UniqueConstraint("number_blind", "issuing_state"),
        # The reverse check asks who came in on a day and was never reported.
        Index("ix_permits_entered", "entered_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    number_blind: Mapped[bytes] = mapped_column(LargeBinary(32))
    issuing_state: Mapped[str] = mapped_column(String(3))
    kind: Mapped[str] = mapped_column(ForeignKey("permit_kinds.code"))
    index_code: Mapped[str | None] = mapped_column(String(10))
    niora_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    surname: Mapped[str | None] = mapped_column(String(150))
    given_names: Mapped[str | None] = mapped_column(String(150))
    sex: Mapped[str | None] = mapped_column(String(1))
    birth_date: Mapped[str] = mapped_column(String(10))
    nationality: Mapped[str] = mapped_column(String(3))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_until: Mapped[date] = mapped_column(Date)
    entered_on: Mapped[date | None] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(10), default=PermitStatus.ACTIVE)
    status_on: Mapped[date | None] = mapped_column(Date)
    sponsor: Mapped[str | None] = mapped_column(String(200))
    region_code: Mapped[str | None] = mapped_column(String(13))
    issuing_office_id: Mapped[UUID | None] = mapped_column(ForeignKey("offices.id"))
    version: Mapped[int] = mapped_column(default=1)
    feed_id: Mapped[UUID | None]
    content_mark: Mapped[bytes] = mapped_column(LargeBinary(16))
    feed_mark: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    as_of: Mapped[datetime] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)


class PermitDocument(OfficersOnly, Base):
    """A travel document of a permit's holder; old ones stay. `learnt`: by a confirmed match."""

    __tablename__ = "permit_documents"
    __table_args__ = (
        CheckConstraint("issuing_state ~ '^[A-Z]{3}$'", name="issuing_state"),
        Index("ix_permit_documents_number", "number_blind"),
        Index(
            "uq_permit_documents_current",
            "permit_id",
            unique=True,
            postgresql_where=text("is_current"),
        ),
    )

    permit_id: Mapped[UUID] = mapped_column(ForeignKey("permits.id"), primary_key=True)
    number_blind: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    number_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    issuing_state: Mapped[str | None] = mapped_column(String(3))
    expires_on: Mapped[date | None] = mapped_column(Date)
    is_current: Mapped[bool]
    learnt: Mapped[bool]
    added_at: Mapped[datetime] = mapped_column(Instant)


class PermitHistory(OfficersOnly, Base):
    """A permit as it became by one act; inserted once, never changed.

    `effective_on` is the day from which the status holds, or on which an extension was granted;
    `at` when that was written here. `content_sealed` is the canonical JSON of the whole permit
    then, encrypted.
    """

    __tablename__ = "permit_history"
    __table_args__ = (
        one_of("act", HistoryAct, "act"),
        one_of("status", PermitStatus, "status"),
        CheckConstraint("seq >= 1", name="seq"),
    )

    permit_id: Mapped[UUID] = mapped_column(ForeignKey("permits.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(10))
    valid_until: Mapped[date] = mapped_column(Date)
    effective_on: Mapped[date | None] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None]
    feed_id: Mapped[UUID | None]
    reason: Mapped[str | None] = mapped_column(String(500))
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
