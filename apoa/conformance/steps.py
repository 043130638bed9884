"""What an integration must show, and where it is seen: in the log of its calls and deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select

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
    mark = func.unnest(ApiCall.marks).column_valued("mark")
    rows = session().execute(
        select(mark, ApiCall.at, ApiCall.request_id)
        .where(ApiCall.key_id == key_id, ApiCall.at >= since)
        .distinct(mark)
        .order_by(mark, ApiCall.at, ApiCall.id)
    )
    return {
        _STEP_OF_MARK[CallMark(name)]: Seen(at, request_id)
        for name, at, request_id in rows
        if name in _STEP_OF_MARK
    }


def _mended(key_id: UUID, since: datetime) -> Seen | None:
    """The first acceptance of a reference that was refused before."""
    ref = func.unnest(ApiCall.refused_refs).column_valued("ref")
    refused = (
        select(ref.label("ref"), func.min(ApiCall.at).label("at"))
        .where(ApiCall.key_id == key_id, ApiCall.at >= since)
        .group_by(ref)
        .subquery()
    )
    taken = func.unnest(ApiCall.accepted_refs).column_valued("taken")
    accepted = (
        select(taken.label("ref"), ApiCall.at, ApiCall.request_id)
        .where(ApiCall.key_id == key_id, ApiCall.at >= since)
        .subquery()
    )
    row = (
        session()
        .execute(
            select(accepted.c.at, accepted.c.request_id)
            .join(refused, refused.c.ref == accepted.c.ref)
            .where(accepted.c.at > refused.c.at)
            .order_by(accepted.c.at)
            .limit(1)
        )
        .first()
    )
    return Seen(*row) if row else None


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
