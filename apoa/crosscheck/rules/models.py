"""Tables of the rules: later versions of each, what offices switched off, and rates of fines.

The first version of a rule, and the rates known at the time, are shipped with the system
(`catalogue`, `fines`); the tables hold what the directorate and the offices said since.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, DateTime, ForeignKey, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from apoa.crosscheck.rules.names import RuleId, Section, Severity
from apoa.db.base import Base, one_of

Instant = DateTime(timezone=True)


class CheckRule(Base):
    """A version of a rule, in force from a day on until the next version's; never changed."""

    __tablename__ = "check_rules"
    __table_args__ = (
        one_of("rule", RuleId, "rule"),
        one_of("severity", Severity, "severity"),
        one_of("handled_by", Section, "handled_by"),
        CheckConstraint("version >= 2", name="version"),
        UniqueConstraint("rule", "version"),
        UniqueConstraint("rule", "effective_from"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    parameters: Mapped[dict[str, Any]] = mapped_column(JSONB)
    severity: Mapped[str] = mapped_column(String(10))
    handled_by: Mapped[str] = mapped_column(String(12))
    legal_basis_id: Mapped[str] = mapped_column(String(300))
    legal_basis_en: Mapped[str] = mapped_column(String(300))
    effective_from: Mapped[date] = mapped_column(Date)
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(Instant)


class CheckRuleSwitch(Base):
    """Whether a rule is asked in an office's area, from a day on; without one it is."""

    __tablename__ = "check_rule_switches"
    __table_args__ = (
        one_of("rule", RuleId, "rule"),
        UniqueConstraint("rule", "office_id", "effective_from"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(40))
    office_id: Mapped[UUID] = mapped_column(ForeignKey("offices.id"))
    enabled: Mapped[bool]
    effective_from: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(500))
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(Instant)


class FineRateRow(Base):
    """What a day over costs from a day on, in rupiah; above `most_days` there is no fine."""

    __tablename__ = "fine_rates"
    __table_args__ = (
        CheckConstraint("per_day BETWEEN 0 AND 1000000000", name="per_day"),
        CheckConstraint("most_days BETWEEN 1 AND 3650", name="most_days"),
    )

    effective_from: Mapped[date] = mapped_column(Date, primary_key=True)
    per_day: Mapped[int]
    most_days: Mapped[int]
    source: Mapped[str | None] = mapped_column(String(300))
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(Instant)
