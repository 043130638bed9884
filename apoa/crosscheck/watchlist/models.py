"""Tables of the watchlist: whom to look for, and the keys by which they are found."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from apoa.db.base import Base, one_of
from apoa.db.row_filter import OfficersOnly

Instant = DateTime(timezone=True)


class WatchKind(StrEnum):
    """Why somebody is watched for: barred from leaving, barred from entering, or of interest."""

    PENCEGAHAN = "pencegahan"
    PENANGKALAN = "penangkalan"
    INTEREST = "interest"


class WatchlistEntry(OfficersOnly, Base):
    """Somebody to look for, in all offices; ended by an officer or by its last day, never removed.

    The document's number and the note are sealed. `office_id` is the office that asked.
    """

    __tablename__ = "watchlist_entries"
    __table_args__ = (
        one_of("kind", WatchKind, "kind"),
        CheckConstraint("sex IN ('F', 'M', 'X')", name="sex"),
        CheckConstraint(
            "coalesce(surname, '') <> '' OR coalesce(given_names, '') <> ''", name="some_name"
        ),
        CheckConstraint(r"birth_date ~ '^\d{4}-\d{2}-\d{2}$'", name="birth_date"),
        CheckConstraint("nationality ~ '^[A-Z]{3}$'", name="nationality"),
        CheckConstraint("valid_until >= valid_from", name="until_after_from"),
        CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="ended"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    surname: Mapped[str | None] = mapped_column(String(150))
    given_names: Mapped[str | None] = mapped_column(String(150))
    native_name: Mapped[str | None] = mapped_column(String(150))
    sex: Mapped[str | None] = mapped_column(String(1))
    birth_date: Mapped[str | None] = mapped_column(String(10))
    nationality: Mapped[str | None] = mapped_column(String(3))
    document_number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    document_issuing_state: Mapped[str | None] = mapped_column(String(3))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("offices.id"))
    added_by: Mapped[UUID | None]
    added_at: Mapped[datetime] = mapped_column(Instant)
    ended_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    end_reason: Mapped[str | None] = mapped_column(String(500))


class WatchlistKey(OfficersOnly, Base):
    """A match key of an entry: the same numbers as those of stays."""

    __tablename__ = "watchlist_keys"
    __table_args__ = (Index("ix_watchlist_keys_entry", "entry_id"),)

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("watchlist_entries.id"), primary_key=True)
