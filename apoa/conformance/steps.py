"""What an integration must show, and where it is seen: in the log of its calls and deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Subquery, and_, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from apoa.access.call_models import ApiCall, CallMark
from apoa.base.ids import sandbox_twin
from apoa.db.base import session
from apoa.db.scope import Scope, scope
from apoa.webhooks.models import DeliveryState, WebhookDelivery, WebhookEndpoint


class Step(StrEnum):
    """One thing that an integration shows, in the order in which it is easiest shown."""

    ACCEPTED = "accepted"
    REJECTED_AND_MENDED = "rejected_and_mended"
    DUPLICATE = "duplicate"
    AMENDED = "amended"
    CHECKED_OUT = "checked_out"
    CANCELLED = "cancelled"
    RETRIED = "retried"
    WEBHOOK = "webhook"


@dataclass(frozen=True)
class Seen:
    """When a step was first seen. `request_id` is of the call; for a webhook its `webhook-id`."""

    at: datetime
    request_id: str


_STEP_OF_MARK = {
    CallMark.ACCEPTED: Step.ACCEPTED,
    CallMark.DUPLICATE: Step.DUPLICATE,
    CallMark.AMENDED: Step.AMENDED,
    CallMark.CHECKED_OUT: Step.CHECKED_OUT,
    CallMark.CANCELLED: Step.CANCELLED,
    CallMark.REPLAYED: Step.RETRIED,
}


def find_seen(key_id: UUID, property_ids: Sequence[UUID], since: datetime) -> dict[Step, Seen]:
    """The steps that a test key has shown since an instant, each at its first time.

    `property_ids` are the key's real lodgings; the events were of their sandboxes.
    """
    sandboxes = frozenset(sandbox_twin(one) for one in property_ids)
    wanted = Scope(user_id=key_id, property_ids=frozenset(property_ids) | sandboxes)
    with scope(wanted):
        found = _marked(key_id, since)
        mended = _mended(key_id, since)
        if mended is not None:
            found[Step.REJECTED_AND_MENDED] = mended
        told = _told(key_id, sandboxes, since)
        if told is not None:
            found[Step.WEBHOOK] = told
    return found


def _marked(key_id: UUID, since: datetime) -> dict[Step, Seen]:
    calls = _each(ApiCall.marks, key_id, since)
    rows = session().execute(
        select(calls.c.one, calls.c.at, calls.c.request_id)
        .ext(distinct_on(calls.c.one))
        .order_by(calls.c.one, calls.c.at)
    )
    return {
        _STEP_OF_MARK[CallMark(mark)]: Seen(at, request_id)
        for mark, at, request_id in rows
        if mark in _STEP_OF_MARK
    }


def _mended(key_id: UUID, since: datetime) -> Seen | None:
    """The first acceptance of a reference that was refused before."""
    refused = _each(ApiCall.refused_refs, key_id, since)
    accepted = _each(ApiCall.accepted_refs, key_id, since)
    row = (
        session()
        .execute(
            select(accepted.c.at, accepted.c.request_id)
            .join(refused, and_(refused.c.one == accepted.c.one, refused.c.at < accepted.c.at))
            .order_by(accepted.c.at)
            .limit(1)
        )
        .first()
    )
    return Seen(*row) if row else None


def _each(array: Any, key_id: UUID, since: datetime) -> Subquery:
    """Each element of an array column, as `one`, with its call."""
    return (
        select(func.unnest(array).label("one"), ApiCall.at, ApiCall.request_id)
        .where(ApiCall.key_id == key_id, ApiCall.at >= since)
        .subquery()
    )


def _told(key_id: UUID, sandboxes: frozenset[UUID], since: datetime) -> Seen | None:
    """The first delivery to an endpoint that the key, or a manager for tests, registered."""
    row = (
        session()
        .execute(
            select(WebhookDelivery.finished_at, WebhookDelivery.event_id)
            .join(WebhookEndpoint, WebhookEndpoint.id == WebhookDelivery.endpoint_id)
            .where(
                WebhookDelivery.property_id.in_(sandboxes),
                WebhookDelivery.state == DeliveryState.DELIVERED,
                WebhookDelivery.finished_at >= since,
                func.coalesce(WebhookEndpoint.key_id, key_id) == key_id,
            )
            .order_by(WebhookDelivery.finished_at)
            .limit(1)
        )
        .first()
    )
    return Seen(row[0], str(row[1])) if row else None
