"""The table of recent calls of the API: with which key, to what, and how it was judged."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from apoa.access.models import Instant
from apoa.db.base import Base


class CallMark(StrEnum):
    """What a call did to stays; one that did nothing of this has no mark."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    AMENDED = "amended"
    CHECKED_OUT = "checked_out"
    CANCELLED = "cancelled"
    REPLAYED = "replayed"


class ApiCall(Base):
    """One call with a good key. It holds no body, no reference, no name: nothing of a guest.

    `property_id` is the lodging as the caller named it, `path` the template of the address.
    `refused_refs` and `accepted_refs` are keyed hashes of the references in a test key's reports,
    by which a mended report is known.
    """

    __tablename__ = "api_calls"
    __table_args__ = (Index("ix_api_calls_at", "at", postgresql_using="brin"),)

    key_id: Mapped[UUID] = mapped_column(ForeignKey("api_keys.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    method: Mapped[str] = mapped_column(String(10))
    path: Mapped[str | None] = mapped_column(String(160))
    property_id: Mapped[UUID | None]
    status: Mapped[int]
    codes: Mapped[list[str]] = mapped_column(ARRAY(String(60)))
    marks: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    refused_refs: Mapped[list[bytes] | None] = mapped_column(ARRAY(LargeBinary(16)))
    accepted_refs: Mapped[list[bytes] | None] = mapped_column(ARRAY(LargeBinary(16)))
    duration_ms: Mapped[int]
    request_id: Mapped[str] = mapped_column(String(64))
