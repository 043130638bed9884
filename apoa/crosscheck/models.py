"""Tables of the cross-check: keys of both sides, matches, decisions, failures, full re-checks.

Nothing here points at a permit or a stay by a foreign key: stays live on the lodging's side,
permits are national, and a match is a table of its own.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    Index,
    LargeBinary,
    String,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from apoa.db.base import Base, one_of
from apoa.db.row_filter import OfficeOwned, OfficersOnly

Instant = DateTime(timezone=True)


class MatchBand(StrEnum):
    """How sure it is that the guest holds the permit."""

    LINKED = "linked"
    REVIEW = "review"
    NONE = "none"


class Decision(StrEnum):
    """What an officer said of a stay and a permit."""

    CONFIRMED = "confirmed"
    NOT_SAME = "not_same"


class RecheckScope(StrEnum):
    """Which stays a re-check goes through; `rule` and `in_house` leave the matches as they are."""

    ALL = "all"
    OFFICE = "office"
    RULE = "rule"
    IN_HOUSE = "in_house"


class RecheckState(StrEnum):
    """Where a re-check is."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class PermitKey(OfficersOnly, Base):
    """A match key of a permit: the beginning of a blind key, which says nothing by itself."""

    __tablename__ = "permit_keys"
    __table_args__ = (Index("ix_permit_keys_permit", "permit_id"),)

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    permit_id: Mapped[UUID] = mapped_column(primary_key=True)


class StayKey(OfficeOwned, Base):
    """A match key of a stay: by it the stays that a permit can affect are found."""

    __tablename__ = "stay_keys"
    __table_args__ = (Index("ix_stay_keys_key", "key"),)

    property_id: Mapped[UUID] = mapped_column(primary_key=True)
    stay_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    office_id: Mapped[UUID]


class NameCount(OfficersOnly, Base):
    """How many permit holders have this word in their name; the empty word counts them all."""

    __tablename__ = "name_counts"

    token: Mapped[str] = mapped_column(String(150), primary_key=True)
    holders: Mapped[int]


class Match(OfficeOwned, Base):
    """What the last check of a stay said: the permit, how sure, and why.

    `reasons` name fields and how they agree, never what stands in them. `stay_version` is the
    version that was checked. `other_permits` are further ones of the same holder, earlier ones
    say. `runner_up` is the second best holder, where there was one. `needs_review`: Insarkom looks
    at it, for it is not sure or the document is another one.
    """

    __tablename__ = "matches"
    __table_args__ = (
        one_of("band", MatchBand, "band"),
        CheckConstraint("(band = 'none') = (permit_id IS NULL)", name="permit"),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided"),
        CheckConstraint("decision IS NULL OR decision = 'confirmed'", name="decision"),
        Index("ix_matches_permit", "permit_id", postgresql_where="permit_id IS NOT NULL"),
        Index("ix_matches_review", "office_id", "stay_id", postgresql_where="needs_review"),
    )

    property_id: Mapped[UUID] = mapped_column(primary_key=True)
    stay_id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID]
    permit_id: Mapped[UUID | None]
    band: Mapped[str] = mapped_column(String(8))
    needs_review: Mapped[bool] = mapped_column(default=False)
    score: Mapped[float]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    other_permits: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    runner_up: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    method_version: Mapped[str] = mapped_column(String(20))
    stay_version: Mapped[int]
    decision: Mapped[str | None] = mapped_column(String(10))
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    checked_at: Mapped[datetime] = mapped_column(Instant)


class MatchDecision(OfficeOwned, Base):
    """What an officer decided of a stay and a permit.

    `guest_mark` tells whether the guest's document or birth date was reported anew since: then
    the decision was about somebody else. `taught_blind` is the document that is known as the
    holder's because of this decision, by its blind key of the permits.
    """

    __tablename__ = "match_decisions"
    __table_args__ = (
        one_of("decision", Decision, "decision"),
        Index(
            "ix_match_decisions_taught",
            "permit_id",
            "taught_blind",
            postgresql_where=text("taught_blind IS NOT NULL"),
        ),
    )

    property_id: Mapped[UUID] = mapped_column(primary_key=True)
    stay_id: Mapped[UUID] = mapped_column(primary_key=True)
    permit_id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID]
    decision: Mapped[str] = mapped_column(String(10))
    guest_mark: Mapped[bytes] = mapped_column(LargeBinary(32))
    taught_blind: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    by: Mapped[UUID]
    at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str | None] = mapped_column(String(500))


class CheckFailure(OfficeOwned, Base):
    """A stay whose check failed: tried again later, while all others go on."""

    __tablename__ = "check_failures"
    __table_args__ = (Index("ix_check_failures_next_try", "next_try_at"),)

    property_id: Mapped[UUID] = mapped_column(primary_key=True)
    stay_id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID]
    attempts: Mapped[int]
    kind: Mapped[str] = mapped_column(String(80))
    failed_at: Mapped[datetime] = mapped_column(Instant)
    next_try_at: Mapped[datetime | None] = mapped_column(Instant)


class Recheck(OfficersOnly, Base):
    """A walk over many stays, step by step in the order of their keys; it goes on where it was."""

    __tablename__ = "rechecks"
    __table_args__ = (
        one_of("scope", RecheckScope, "scope"),
        one_of("state", RecheckState, "state"),
        CheckConstraint("(state = 'running') = (ended_at IS NULL)", name="ended"),
        Index("ix_rechecks_started", "started_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(10))
    office_id: Mapped[UUID | None]
    rule: Mapped[str | None] = mapped_column(String(40))
    time_zone: Mapped[str | None] = mapped_column(String(40))
    since_on: Mapped[date | None] = mapped_column(Date)
    cursor_property_id: Mapped[UUID | None]
    cursor_stay_id: Mapped[UUID | None]
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10), default=RecheckState.RUNNING)
    started_by: Mapped[UUID | None]
    started_at: Mapped[datetime] = mapped_column(Instant)
    progressed_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
