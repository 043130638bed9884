"""Table of declared outages: times in which nobody could report, so that no deadline ran."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from apoa.db.base import Base
from apoa.stays.models import Instant


class Outage(Base):
    """Declared by the directorate; `ends_at` is null while it lasts. A withdrawn one never was."""

    __tablename__ = "outages"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="order"),
        CheckConstraint("num_nulls(withdrawn_at, withdrawn_reason) <> 1", name="withdrawn"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(String(500))
    declared_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    declared_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_reason: Mapped[str | None] = mapped_column(String(500))
