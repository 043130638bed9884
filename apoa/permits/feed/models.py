"""Tables of permit feeds: each one sent, its file while needed, and what was refused in it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, LargeBinary, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from apoa.db.base import Base, one_of
from apoa.db.row_filter import OfficersOnly

Instant = DateTime(timezone=True)


class FeedState(StrEnum):
    """How far a feed is. `stopped` may go on; `failed` may not: its file can't be read."""

    UPLOADED = "uploaded"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"


class FeedKind(StrEnum):
    """How the file is written."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


class FeedSource(StrEnum):
    """Which way a feed came in."""

    PAGE = "page"
    COMMAND = "command"
    API = "api"


class PermitFeed(OfficersOnly, Base):
    """Permits that came in together, and how far they are taken over.

    `done_rows` are handled wholly: a feed that was stopped goes on behind them. `mapping` says
    which column fills which field, `reading` how the file is read (encoding, separator).
    `data_as_of` is when the sender's register stood like this. `started_by` is a person or a key.
    """

    __tablename__ = "permit_feeds"
    __table_args__ = (
        one_of("state", FeedState, "state"),
        one_of("kind", FeedKind, "kind"),
        one_of("source", FeedSource, "source"),
        CheckConstraint(
            "done_rows >= 0 AND new + changed + unchanged + refused = done_rows", name="counts"
        ),
        CheckConstraint("(failure_code IS NOT NULL) = (state = 'failed')", name="failure"),
        Index("ix_permit_feeds_digest", "file_digest"),
        # The page lists the newest first; freshness asks for the newest that is done.
        Index("ix_permit_feeds_created", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(4))
    source: Mapped[str] = mapped_column(String(10))
    is_dry_run: Mapped[bool]
    file_name: Mapped[str | None] = mapped_column(String(200))
    file_bytes: Mapped[int]
    file_digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    reading: Mapped[dict[str, Any]] = mapped_column(JSONB)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSONB)
    total: Mapped[int | None]
    done_rows: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    data_as_of: Mapped[datetime | None] = mapped_column(Instant)
    started_by: Mapped[UUID | None]
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("offices.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    started_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    last_progress_at: Mapped[datetime | None] = mapped_column(Instant)
    failure_code: Mapped[str | None] = mapped_column(String(60))
    failure_params: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)


class PermitFeedPiece(OfficersOnly, Base):
    """A piece of a feed's file, sealed; all of them go once the feed is done."""

    __tablename__ = "permit_feed_pieces"

    feed_id: Mapped[UUID] = mapped_column(ForeignKey("permit_feeds.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)


class PermitFeedFault(OfficersOnly, Base):
    """One fault of one row: which column, and a problem code with what fills its words.

    `row` counts as the file does (a sheet's first row of data is 2, an item's number is from 1).
    No cell's content is kept here, and a fault that only warns leaves its row taken.
    """

    __tablename__ = "permit_feed_faults"

    feed_id: Mapped[UUID] = mapped_column(ForeignKey("permit_feeds.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    column_name: Mapped[str | None] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(60))
    params: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    is_warning: Mapped[bool]
