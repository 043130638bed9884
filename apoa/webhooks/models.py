"""Tables of webhooks: endpoints, the lodgings they are told of, events, deliveries."""

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
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from apoa.access.api_models import KeyMode
from apoa.db.base import Base, one_of
from apoa.db.row_filter import PropertyOwned

Instant = DateTime(timezone=True)


class EndpointState(StrEnum):
    """Whether anything is sent."""

    ACTIVE = "active"
    DISABLED = "disabled"


class DisabledReason(StrEnum):
    """Why nothing is sent: it was wished, nothing arrived for days, or it answered 410 Gone."""

    OWNER = "owner"
    FAILING = "failing"
    GONE = "gone"


class DeliveryState(StrEnum):
    """What became of telling one endpoint of one event."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class WebhookEndpoint(Base):
    """An address that is told of events. Its secret is sealed, for it signs.

    `key_id` is the API key that registered it; without one it was a manager on the web.
    `created_by` is the key or the person. After a change of the secret both sign until
    `previous_valid_until`. `failing_since` is the first failure after the last success, and
    nothing but a test is tried before `hold_until`.
    """

    __tablename__ = "webhook_endpoints"
    __table_args__ = (
        one_of("mode", KeyMode, "mode"),
        one_of("state", EndpointState, "state"),
        one_of("disabled_reason", DisabledReason, "disabled_reason"),
        CheckConstraint("(state = 'disabled') = (disabled_at IS NOT NULL)", name="disabled_at"),
        CheckConstraint(
            "(disabled_at IS NULL) = (disabled_reason IS NULL)", name="disabled_with_reason"
        ),
        CheckConstraint(
            "(previous_secret_sealed IS NULL) = (previous_valid_until IS NULL)", name="previous"
        ),
        Index("ix_webhook_endpoints_key", "key_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    key_id: Mapped[UUID | None] = mapped_column(ForeignKey("api_keys.id"))
    created_by: Mapped[UUID]
    mode: Mapped[str] = mapped_column(String(4))
    url: Mapped[str] = mapped_column(String(500))
    description: Mapped[str | None] = mapped_column(String(120))
    events: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    secret_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    previous_secret_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    previous_valid_until: Mapped[datetime | None] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(10), default=EndpointState.ACTIVE)
    disabled_reason: Mapped[str | None] = mapped_column(String(10))
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None] = mapped_column(Instant)
    hold_until: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class WebhookSubscription(PropertyOwned, Base):
    """An endpoint is told of this lodging; for a test endpoint, of its sandbox."""

    __tablename__ = "webhook_subscriptions"
    __table_args__ = (Index("ix_webhook_subscriptions_endpoint", "endpoint_id"),)

    property_id: Mapped[UUID] = mapped_column(ForeignKey("properties.id"), primary_key=True)
    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoints.id"), primary_key=True)
    office_id: Mapped[UUID]


class WebhookEvent(PropertyOwned, Base):
    """Something happened in a lodging. `data` holds ids and references, nothing of a person.

    `told_at` is when deliveries were made of it. With `endpoint_id` it is for that one alone.
    """

    __tablename__ = "webhook_events"
    __table_args__ = (
        Index("ix_webhook_events_occurred", "occurred_at"),
        Index("ix_webhook_events_untold", "occurred_at", postgresql_where=text("told_at IS NULL")),
    )

    property_id: Mapped[UUID] = mapped_column(ForeignKey("properties.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID]
    type: Mapped[str] = mapped_column(String(40))
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    endpoint_id: Mapped[UUID | None] = mapped_column(ForeignKey("webhook_endpoints.id"))
    told_at: Mapped[datetime | None] = mapped_column(Instant)


class WebhookDelivery(PropertyOwned, Base):
    """One endpoint is told of one event; `attempts` is what came of each try, oldest first.

    `next_try_at` is also the end of a try that is running: then its worker is taken for dead.
    """

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        ForeignKeyConstraint(
            ["property_id", "event_id"], ["webhook_events.property_id", "webhook_events.id"]
        ),
        one_of("state", DeliveryState, "state"),
        CheckConstraint("(state = 'pending') = (next_try_at IS NOT NULL)", name="next_try"),
        UniqueConstraint("property_id", "event_id", "endpoint_id"),
        Index("ix_webhook_deliveries_endpoint", "endpoint_id", "id"),
        Index(
            "ix_webhook_deliveries_due",
            "next_try_at",
            postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_webhook_deliveries_created", "created_at"),
    )

    property_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID]
    event_id: Mapped[UUID]
    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoints.id"))
    state: Mapped[str] = mapped_column(String(10), default=DeliveryState.PENDING)
    tries: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    next_try_at: Mapped[datetime | None] = mapped_column(Instant)
    give_up_at: Mapped[datetime] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
