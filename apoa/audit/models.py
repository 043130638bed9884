"""The audit rows. The application's role can insert and read them, nothing else."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Index, String, false, or_, true
from sqlalchemy.dialects.postgresql import INET, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from apoa.db.base import Base
from apoa.db.row_filter import RowScoped
from apoa.db.scope import Scope


class AuditRow(RowScoped, Base):
    """One act or one sensitive read."""

    __tablename__ = "audit_rows"
    __table_args__ = (
        Index("ix_audit_rows_at", "at", "id"),
        Index("ix_audit_rows_subject", "subject_type", "subject_id"),
        Index("ix_audit_rows_office", "office_id", "at"),
        Index("ix_audit_rows_actor", "actor_id", "at"),
    )
    scope_office_column: ClassVar[str] = "office_id"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[UUID | None]
    actor_role: Mapped[str | None] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str | None] = mapped_column(String(40))
    subject_id: Mapped[UUID | None]
    property_id: Mapped[UUID | None]
    office_id: Mapped[UUID | None]
    purpose: Mapped[str | None] = mapped_column(String(300))
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    request_id: Mapped[str | None] = mapped_column(String(64))
    address: Mapped[str | None] = mapped_column(INET)

    @classmethod
    def scope_clause(cls, scope: Scope) -> ColumnElement[bool]:
        """An office's rows and one's own; never by property: lodgings do not see who looked."""
        if scope.everywhere:
            return true()
        if scope.reads_all:
            return cls.is_real()
        clauses: list[ColumnElement[bool]] = []
        if scope.office_ids:
            clauses.append(cls.office_id.in_(scope.office_ids))
        if scope.user_id:
            clauses.append(cls.actor_id == scope.user_id)
        return or_(*clauses) if clauses else false()

    def is_writable_in(self, scope: Scope) -> bool:
        """Anybody's act is recorded."""
        return True
