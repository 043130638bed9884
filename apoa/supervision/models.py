"""Tables of the officers' work: searches that were made, with their purpose."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from apoa.db.base import Base


class StaySearch(Base):
    """A search for stays: its terms are posted, sealed here, and named in the URL only by id."""

    __tablename__ = "stay_searches"
    __table_args__ = (Index("ix_stay_searches_user", "user_id", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    terms_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    purpose: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
