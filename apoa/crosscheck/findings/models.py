"""Tables of findings, and what happened to each. No lodging ever sees a row of them."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from apoa.crosscheck.rules.names import RuleId, Section, Severity
from apoa.db.base import Base, one_of
from apoa.db.row_filter import OfficeOwned, OfficersOnly

Instant = DateTime(timezone=True)


class FindingState(StrEnum):
    """Where a finding is in its life."""

    OPEN = "open"
    IN_WORK = "in_work"
    IN_FIELD = "in_field"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    CLOSED_ITSELF = "closed_itself"


ACTIVE = (FindingState.OPEN, FindingState.IN_WORK, FindingState.IN_FIELD)


class FindingAct(StrEnum):
    """What happened to a finding."""

    OPENED = "opened"
    UPDATED = "updated"
    HANDED_OVER = "handed_over"
    CAUSE_GONE = "cause_gone"
    CLOSED_ITSELF = "closed_itself"
    REOPENED = "reopened"
    DISMISSED = "dismissed"


class Finding(OfficeOwned, Base):
    """Something an officer should look at: one for each cause.

    `cause` is the digest of rule and subject, `evidence` what was seen, without a document's
    number; `evidence_mark` changes when its telling part does. `stay_ids` are all the stays that
    the cause is made of, `stay_property_ids` their lodgings in the same order; `property_id` and
    `stay_id` say which of them it belongs to.
    """

    __tablename__ = "findings"
    __table_args__ = (
        one_of("rule", RuleId, "rule"),
        one_of("severity", Severity, "severity"),
        one_of("handled_by", Section, "handled_by"),
        one_of("state", FindingState, "state"),
        CheckConstraint(
            "(state IN ('open', 'in_work', 'in_field')) = (closed_at IS NULL)", name="closed"
        ),
        CheckConstraint("stay_id IS NULL OR property_id IS NOT NULL", name="stay_of_property"),
        CheckConstraint("octet_length(cause) = 32", name="cause"),
        Index("uq_findings_cause", "cause", unique=True),
        Index("ix_findings_office", "office_id", "opened_at", "id"),
        Index("ix_findings_opened", "opened_at", "id"),
        Index("ix_findings_property", "property_id"),
        Index("ix_findings_permit", "permit_id", postgresql_where="permit_id IS NOT NULL"),
        Index(
            "ix_findings_active_rule",
            "rule",
            "opened_at",
            postgresql_where="closed_at IS NULL",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    cause: Mapped[bytes] = mapped_column(LargeBinary(32))
    rule: Mapped[str] = mapped_column(String(40))
    rule_version: Mapped[int]
    office_id: Mapped[UUID]
    property_id: Mapped[UUID | None]
    stay_id: Mapped[UUID | None]
    permit_id: Mapped[UUID | None]
    severity: Mapped[str] = mapped_column(String(10))
    handled_by: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(14), default=FindingState.OPEN)
    evidence: Mapped[dict[str, Any]] = mapped_column(JSONB)
    evidence_mark: Mapped[bytes] = mapped_column(LargeBinary(32))
    stay_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    stay_property_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    assigned_to: Mapped[UUID | None]
    opened_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class FindingStay(OfficersOnly, Base):
    """That a stay is part of a finding: what `stay_ids` says, kept by a trigger, to look it up.

    Under row security no index of an array is used, so the array alone would be read through.
    """

    __tablename__ = "finding_stays"
    __table_args__ = (Index("ix_finding_stays_finding", "finding_id"),)

    stay_id: Mapped[UUID] = mapped_column(primary_key=True)
    finding_id: Mapped[UUID] = mapped_column(ForeignKey("findings.id"), primary_key=True)


class HolderStay(OfficeOwned, Base):
    """That a stay is of this permit's holder though it is matched to another permit of theirs: what
    `matches.other_permits` says, kept by a trigger, to look it up.
    """

    __tablename__ = "holder_stays"
    __table_args__ = (
        ForeignKeyConstraint(
            ["property_id", "stay_id"],
            ["matches.property_id", "matches.stay_id"],
            name="fk_holder_stays_match",
            ondelete="CASCADE",
        ),
        Index("ix_holder_stays_stay", "property_id", "stay_id"),
    )

    permit_id: Mapped[UUID] = mapped_column(primary_key=True)
    property_id: Mapped[UUID] = mapped_column(primary_key=True)
    stay_id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID]


class FindingEvent(OfficeOwned, Base):
    """What happened to a finding, with the evidence as it was then; inserted once."""

    __tablename__ = "finding_events"
    __table_args__ = (
        one_of("state", FindingState, "state"),
        CheckConstraint("seq >= 1", name="seq"),
        Index("ix_finding_events_property", "property_id"),
    )

    finding_id: Mapped[UUID] = mapped_column(ForeignKey("findings.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[UUID]
    property_id: Mapped[UUID | None]
    act: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(14))
    rule_version: Mapped[int]
    evidence: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None]
    note: Mapped[str | None] = mapped_column(String(1000))
