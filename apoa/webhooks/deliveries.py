"""What became of the events sent to an endpoint; a test is sent, and anything sent again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from apoa.access.actors import Actor
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import NotFound, StateConflict
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.properties.models import Property
from apoa.webhooks.announce import real_property_id
from apoa.webhooks.event_types import TEST_EVENT
from apoa.webhooks.models import (
    DeliveryState,
    EndpointState,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from apoa.webhooks.pace import KEEP_TRYING
from apoa.webhooks.reach import Reach, get_endpoint, reach_of
from apoa.webhooks.tell import defer_delivery, make_delivery
from apoa.webhooks.views import stored_lodgings

# A page of 500, and one more that tells whether another page follows.
_MOST = 501


@dataclass(frozen=True)
class AttemptView:
    """One try. `error` is a code where there was no answer; `response` begins what was answered."""

    at: datetime
    status_code: int | None
    error: str | None
    duration_ms: int
    response: str


@dataclass(frozen=True)
class DeliveryView:
    """An event sent, or to be sent, to one endpoint; `event_id` is its `webhook-id`."""

    delivery_id: UUID
    event_id: UUID
    type: str
    property_id: UUID
    data: dict[str, Any]
    state: str
    occurred_at: datetime
    next_try_at: datetime | None
    finished_at: datetime | None
    attempts: tuple[AttemptView, ...]


def list_deliveries(
    actor: Actor,
    endpoint_id: UUID,
    *,
    property_id: UUID | None = None,
    state: str | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> list[DeliveryView]:
    """The newest deliveries, or those older than the delivery `before`; at most 501.

    A manager sees those of the lodging, also of a key's endpoint. Raises NotFound, NotAllowed.
    """
    reach = reach_of(actor, property_id)
    with reach.in_force():
        get_endpoint(reach, endpoint_id)
        statement = _of_endpoint(reach, endpoint_id).order_by(WebhookDelivery.id.desc())
        if state is not None:
            statement = statement.where(WebhookDelivery.state == state)
        if before is not None:
            statement = statement.where(WebhookDelivery.id < before)
        rows = session().execute(statement.limit(min(limit, _MOST)))
        return [_view(delivery, event) for delivery, event in rows]


def view_delivery(
    actor: Actor, endpoint_id: UUID, delivery_id: UUID, *, property_id: UUID | None = None
) -> DeliveryView:
    """One delivery. Raises NotFound, NotAllowed."""
    reach = reach_of(actor, property_id)
    with reach.in_force():
        get_endpoint(reach, endpoint_id)
        return _get_view(reach, endpoint_id, delivery_id)


def replay_delivery(
    actor: Actor, endpoint_id: UUID, delivery_id: UUID, *, property_id: UUID | None = None
) -> DeliveryView:
    """Sends it again under the same `webhook-id`, and tries for three days again.

    One that waits already is sent at once. Raises NotFound, NotAllowed, StateConflict when the
    endpoint is disabled.
    """
    reach = reach_of(actor, property_id)
    with unit_of_work(), reach.in_force():
        endpoint = _get_active(reach, endpoint_id)
        found = session().scalar(
            select(WebhookDelivery)
            .where(
                WebhookDelivery.property_id.in_(reach.property_ids),
                WebhookDelivery.id == delivery_id,
                WebhookDelivery.endpoint_id == endpoint_id,
            )
            .with_for_update()
        )
        if found is None:
            raise NotFound("delivery")
        moment = now()
        endpoint.hold_until = None
        found.state, found.finished_at, found.tries = DeliveryState.PENDING, None, 0
        found.next_try_at, found.give_up_at = moment, moment + KEEP_TRYING
        session().flush()
        defer_delivery(found)
        _record(found.property_id, "webhook_replayed", endpoint_id, delivery_id=str(delivery_id))
        return _get_view(reach, endpoint_id, delivery_id)


def send_test(actor: Actor, endpoint_id: UUID, *, property_id: UUID | None = None) -> DeliveryView:
    """Sends the event `webhook.test` to this endpoint, once. Raises as `replay_delivery`."""
    reach = reach_of(actor, property_id)
    with unit_of_work(), reach.in_force():
        endpoint = _get_active(reach, endpoint_id)
        stored_id = min(stored_lodgings(reach, endpoint_id))
        lodging = session().get_one(Property, stored_id)
        event = WebhookEvent(
            property_id=stored_id,
            id=new_id(),
            office_id=lodging.office_id,
            type=TEST_EVENT,
            data={
                "property_id": str(real_property_id(stored_id, lodging.office_id)),
                "endpoint_id": str(endpoint_id),
            },
            occurred_at=now(),
            endpoint_id=endpoint.id,
            told_at=now(),
        )
        session().add(event)
        session().flush()
        delivery_id = make_delivery(event, endpoint_id, give_up_at_once=True)
        _record(stored_id, "webhook_tested", endpoint_id)
        return _get_view(reach, endpoint_id, delivery_id)


def _of_endpoint(reach: Reach, endpoint_id: UUID) -> Any:
    return (
        select(WebhookDelivery, WebhookEvent)
        .join(
            WebhookEvent,
            (WebhookEvent.property_id == WebhookDelivery.property_id)
            & (WebhookEvent.id == WebhookDelivery.event_id),
        )
        .where(
            WebhookDelivery.property_id.in_(reach.property_ids),
            WebhookDelivery.endpoint_id == endpoint_id,
        )
    )


def _get_view(reach: Reach, endpoint_id: UUID, delivery_id: UUID) -> DeliveryView:
    statement = _of_endpoint(reach, endpoint_id).where(WebhookDelivery.id == delivery_id)
    row = session().execute(statement).one_or_none()
    if row is None:
        raise NotFound("delivery")
    return _view(*row)


def _get_active(reach: Reach, endpoint_id: UUID) -> WebhookEndpoint:
    endpoint = get_endpoint(reach, endpoint_id, for_change=True)
    if endpoint.state != EndpointState.ACTIVE:
        raise StateConflict.because("webhook-endpoint-disabled")
    return endpoint


def _record(property_id: UUID, act: str, endpoint_id: UUID, **detail: Any) -> None:
    office_id = session().scalar(select(Property.office_id).where(Property.id == property_id))
    record(
        act,
        subject_type="webhook_endpoint",
        subject_id=endpoint_id,
        property_id=property_id,
        office_id=office_id,
        **detail,
    )


def _view(delivery: WebhookDelivery, event: WebhookEvent) -> DeliveryView:
    return DeliveryView(
        delivery_id=delivery.id,
        event_id=event.id,
        type=event.type,
        property_id=real_property_id(event.property_id, event.office_id),
        data=dict(event.data),
        state=str(delivery.state),
        occurred_at=event.occurred_at,
        next_try_at=delivery.next_try_at,
        finished_at=delivery.finished_at,
        attempts=tuple(
            AttemptView(
                datetime.fromisoformat(one["at"]),
                one["status_code"],
                one["error"],
                one["duration_ms"],
                one["response"],
            )
            for one in delivery.attempts
        ),
    )
