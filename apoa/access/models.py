"""Tables of people: accounts, their posts, memberships, sessions and one-time tokens."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    or_,
)
from sqlalchemy.dialects.postgresql import INET, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from apoa.access.roles import OFFICER_ROLES, PROPERTY_ROLES, Role
from apoa.db.base import Base, one_of
from apoa.db.row_filter import PropertyOwned
from apoa.db.scope import Scope

Instant = DateTime(timezone=True)


class User(Base):
    """A person's own account. E-mail addresses are stored lower-case."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(300))
    email_verified_at: Mapped[datetime | None] = mapped_column(Instant)
    locale: Mapped[str] = mapped_column(String(5), default="id")
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)


class PropertyMembership(PropertyOwned, Base):
    """A person reports for a lodging: as its manager or as a clerk."""

    __tablename__ = "property_memberships"
    __table_args__ = (one_of("role", PROPERTY_ROLES, "role"),)

    property_id: Mapped[UUID] = mapped_column(ForeignKey("properties.id"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    office_id: Mapped[UUID]
    role: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(Instant)

    @classmethod
    def scope_clause(cls, scope: Scope) -> ColumnElement[bool]:
        """Those of the visible lodgings, and one's own."""
        visible = super().scope_clause(scope)
        return or_(visible, cls.user_id == scope.user_id) if scope.user_id else visible


class OfficerPost(Base):
    """A person serves in an office, or nationally (office_id is null) in the directorate."""

    __tablename__ = "officer_posts"
    __table_args__ = (
        one_of("role", OFFICER_ROLES, "role"),
        CheckConstraint(
            f"(office_id IS NULL) = (role IN ('{Role.DIRECTORATE}', '{Role.AUDITOR}'))",
            name="office_by_role",
        ),
        UniqueConstraint("user_id", "office_id", "role", postgresql_nulls_not_distinct=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("offices.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(Instant)


class Invitation(Base):
    """Somebody is asked to join a lodging or an office. The link's token is stored hashed."""

    __tablename__ = "invitations"
    __table_args__ = (
        one_of("role", PROPERTY_ROLES + OFFICER_ROLES, "role"),
        CheckConstraint(
            f"(property_id IS NOT NULL) = (role IN ('{Role.CLERK}', '{Role.MANAGER}'))",
            name="property_by_role",
        ),
        Index("ix_invitations_property", "property_id", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(20))
    property_id: Mapped[UUID | None] = mapped_column(ForeignKey("properties.id"))
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("offices.id"))
    invited_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


class WebSession(Base):
    """A signed-in browser. The cookie's token is stored hashed; ending it here ends it there."""

    __tablename__ = "web_sessions"
    __table_args__ = (Index("ix_web_sessions_user", "user_id", "ended_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    end_reason: Mapped[str | None] = mapped_column(String(40))
    user_agent: Mapped[str | None] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(INET)
    purpose: Mapped[str | None] = mapped_column(String(300))


class OneTimeToken(Base):
    """A link in a mail: verify an address, reset a password. Works once, for a while."""

    __tablename__ = "one_time_tokens"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class Throttle(Base):
    """A token bucket: how many tries of a kind are left. Unlogged: lost in a crash, no harm."""

    __tablename__ = "throttles"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    tokens: Mapped[float]
    refilled_at: Mapped[datetime] = mapped_column(Instant)


class Mail(Base):
    """A mail waiting to go out. Its text is wiped once it is sent: it may hold a link."""

    __tablename__ = "mails"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    to_address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
