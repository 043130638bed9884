"""The table of conformance runs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from apoa.access.models import Instant
from apoa.db.base import Base


class ConformanceRun(Base):
    """A vendor's trial of an integration with one test key, and the certificate once passed.

    `seen` holds, for each step seen, when and in which request: the calls themselves are
    forgotten sooner. `payload` is what the certificate states, signed as receipts are.
    """

    __tablename__ = "conformance_runs"
    __table_args__ = (
        CheckConstraint(
            "num_nulls(passed_at, certificate_number, payload, signing_key_id, signature)"
            " IN (0, 5)",
            name="certificate",
        ),
        Index("ix_conformance_runs_key", "key_id", "started_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    key_id: Mapped[UUID] = mapped_column(ForeignKey("api_keys.id"))
    integration: Mapped[str] = mapped_column(String(120))
    contract_version: Mapped[str] = mapped_column(String(20))
    started_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    seen: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    passed_at: Mapped[datetime | None] = mapped_column(Instant)
    certificate_number: Mapped[str | None] = mapped_column(String(20), unique=True)
    payload: Mapped[bytes | None] = mapped_column(LargeBinary)
    signing_key_id: Mapped[str | None] = mapped_column(String(32))
    signature: Mapped[bytes | None] = mapped_column(LargeBinary(64))
