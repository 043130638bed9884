"""Tables that the directorate keeps: kinds of permit, index codes, lists of nationalities."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from apoa.db.base import Base, one_of

Instant = DateTime(timezone=True)


class NationalityListName(StrEnum):
    """Whom a list lets in: visa-free, or with a visa on arrival."""

    BVK = "bvk"
    VOA = "voa"


class PermitKindName(Base):
    """What a kind of permit is called."""

    __tablename__ = "permit_kinds"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name_id: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))


class PermitIndex(Base):
    """How long permits of an index code last, for those that begin from `effective_from` on.

    The first length is the longest that can be granted at once, in days or in months. Each of at
    most `most_extensions` (None: any number) adds at most `extension_days` or `extension_months`;
    `most_days` bounds the whole.
    `effective_until` is the last day, inclusive. `source` names the regulation; without one the
    row is not verified. `created_by` is None for what the system came with.
    """

    __tablename__ = "permit_indexes"
    __table_args__ = (
        CheckConstraint("num_nonnulls(first_days, first_months) = 1", name="first_length"),
        CheckConstraint("num_nonnulls(extension_days, extension_months) <= 1", name="extension"),
        CheckConstraint(
            "(coalesce(most_extensions, 1) > 0)"
            " = (num_nonnulls(extension_days, extension_months) = 1)",
            name="most_extensions",
        ),
        CheckConstraint(
            "least(first_days, first_months, extension_days, extension_months, most_days) > 0",
            name="positive",
        ),
        CheckConstraint("effective_until >= effective_from", name="until_after_from"),
        CheckConstraint("code ~ '^[A-Z0-9]{2,10}$'", name="code"),
        UniqueConstraint("code", "effective_from"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(ForeignKey("permit_kinds.code"))
    name_id: Mapped[str] = mapped_column(String(160))
    name_en: Mapped[str] = mapped_column(String(160))
    first_days: Mapped[int | None]
    first_months: Mapped[int | None]
    extension_days: Mapped[int | None]
    extension_months: Mapped[int | None]
    most_extensions: Mapped[int | None]
    most_days: Mapped[int | None]
    effective_from: Mapped[date] = mapped_column(Date)
    effective_until: Mapped[date | None] = mapped_column(Date)
    source: Mapped[str | None] = mapped_column(String(300))
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(Instant)


class NationalityListEntry(Base):
    """A nationality that a list holds from a day on, until a last day (inclusive) if it ended."""

    __tablename__ = "nationality_lists"
    __table_args__ = (
        one_of("list", NationalityListName, "list"),
        CheckConstraint("nationality ~ '^[A-Z]{3}$'", name="nationality"),
        CheckConstraint("effective_until >= effective_from", name="until_after_from"),
        UniqueConstraint("list", "nationality", "effective_from"),
        # Of two that are open, none would say which ended.
        Index(
            "uq_nationality_lists_open",
            "list",
            "nationality",
            unique=True,
            postgresql_where=text("effective_until IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    list: Mapped[str] = mapped_column(String(3))
    nationality: Mapped[str] = mapped_column(String(3))
    effective_from: Mapped[date] = mapped_column(Date)
    effective_until: Mapped[date | None] = mapped_column(Date)
    source: Mapped[str | None] = mapped_column(String(300))
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
