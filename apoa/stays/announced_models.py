"""Guests whom a lodging's system named as in house and who are not reported yet."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from apoa.db.base import Base
from apoa.db.row_filter import PropertyOwned

Instant = DateTime(timezone=True)


class AnnouncedArrival(PropertyOwned, Base):
    """A guest known by the sender's reference alone, with the deadline of the report."""

    __tablename__ = "announced_arrivals"
    __table_args__ = (
        Index("ix_announced_arrivals_due", "due_at", postgresql_where=text("missed_at IS NULL")),
    )

    property_id: Mapped[UUID] = mapped_column(ForeignKey("properties.id"), primary_key=True)
    client_ref: Mapped[str] = mapped_column(String(100), primary_key=True)
    office_id: Mapped[UUID]
    checked_in_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    announced_at: Mapped[datetime] = mapped_column(Instant)
    approaching_at: Mapped[datetime | None] = mapped_column(Instant)
    missed_at: Mapped[datetime | None] = mapped_column(Instant)
