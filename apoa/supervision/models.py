"""Tables of the officers' work: searches that were made, with their purpose."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from apoa.db.base import Base, one_of


class SearchSubject(StrEnum):
    """What was searched for."""

    STAY = "stay"
    PERMIT = "permit"


class StaySearch(Base):
    """A search for stays or permits: its terms are posted, sealed here, in the URL by id alone."""

    __tablename__ = "stay_searches"
    __table_args__ = (
        one_of("subject", SearchSubject, "subject"),
        Index("ix_stay_searches_user", "user_id", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    subject: Mapped[str] = mapped_column(String(8), server_default=SearchSubject.STAY)
    terms_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    purpose: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
