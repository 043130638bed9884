"""Makes deliveries of the events of a lodging: one for each endpoint that is to be told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, text

from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.db.jobs import defer
from apoa.db.scope import scope_everywhere, scope_of_property
from apoa.db.unit_of_work import unit_of_work
from apoa.webhooks.announce import LISTENS, QUEUE, real_property_id
from apoa.webhooks.models import DeliveryState, WebhookDelivery, WebhookEvent
from apoa.webhooks.pace import KEEP_TRYING

_AT_ONCE = 200
_FORGOTTEN_AFTER = timedelta(minutes=2)
_MOST_FOUND = 1000
# Who registered after the event is not told of it.
_LISTENERS = text(
    f"""
SELECT e.id FROM webhook_subscriptions s JOIN webhook_endpoints e ON e.id = s.endpoint_id,
  (SELECT CAST(:type AS text) AS type, CAST(:real_property_id AS uuid) AS real_property_id,
   CAST(:occurred_at AS timestamptz) AS occurred_at) AS g
WHERE s.property_id = :property_id AND e.created_at <= g.occurred_at AND {LISTENS}
"""  # noqa: S608 - constants
)


def tell_of_events(property_id: UUID) -> int:
    """Leaves a delivery and its job for each endpoint and event; says how many. For the worker."""
    made = 0
    while True:
        with scope_of_property(property_id), unit_of_work():
            events = _hold_untold(property_id)
            for event in events:
                made += _tell(event)
        if len(events) < _AT_ONCE:
            return made


def make_delivery(event: WebhookEvent, endpoint_id: UUID, *, give_up_at_once: bool = False) -> UUID:
    """Leaves one delivery with its job; gives its id. Only a test gives up at once."""
    moment = now()
    delivery = WebhookDelivery(
        property_id=event.property_id,
        id=new_id(),
        office_id=event.office_id,
        event_id=event.id,
        endpoint_id=endpoint_id,
        state=DeliveryState.PENDING,
        tries=0,
        attempts=[],
        next_try_at=moment,
        give_up_at=moment if give_up_at_once else moment + KEEP_TRYING,
        created_at=moment,
    )
    session().add(delivery)
    session().flush()
    defer_delivery(delivery)
    return delivery.id


def defer_delivery(delivery: WebhookDelivery) -> None:
    """Leaves the job of the delivery's next try."""
    at = delivery.next_try_at
    # A second later: the clocks of application and database need not agree.
    later = at + timedelta(seconds=1) if at is not None and at > now() else None
    _defer_try(delivery.property_id, delivery.id, later)


def find_forgotten() -> tuple[int, int]:
    """Leaves jobs anew for events never told of and tries that never came: says how many of each.

    For a job now and then: jobs are made with their work, but a queue can be emptied by hand.
    """
    before = now() - _FORGOTTEN_AFTER
    with unit_of_work(), scope_everywhere("webhooks that fell through"):
        untold = session().scalars(
            select(WebhookEvent.property_id)
            .where(WebhookEvent.told_at.is_(None), WebhookEvent.occurred_at < before)
            .distinct()
            .limit(_MOST_FOUND)
        )
        lodgings = untold.all()
        for property_id in lodgings:
            defer("tell_of_events", queue=QUEUE, property_id=property_id)
        overdue = session().execute(
            select(WebhookDelivery.property_id, WebhookDelivery.id)
            .where(
                WebhookDelivery.state == DeliveryState.PENDING,
                WebhookDelivery.next_try_at < before,
            )
            .limit(_MOST_FOUND)
        )
        deliveries = overdue.all()
        for property_id, delivery_id in deliveries:
            _defer_try(property_id, delivery_id)
    return len(lodgings), len(deliveries)


def _defer_try(property_id: UUID, delivery_id: UUID, at: datetime | None = None) -> None:
    defer("deliver_webhook", queue=QUEUE, at=at, property_id=property_id, delivery_id=delivery_id)


def _hold_untold(property_id: UUID) -> Sequence[WebhookEvent]:
    return (
        session()
        .scalars(
            select(WebhookEvent)
            .where(WebhookEvent.property_id == property_id, WebhookEvent.told_at.is_(None))
            .order_by(WebhookEvent.id)
            .limit(_AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        .all()
    )


def _tell(event: WebhookEvent) -> int:
    listeners = session().scalars(
        _LISTENERS,
        {
            "type": event.type,
            "property_id": event.property_id,
            "real_property_id": real_property_id(event.property_id, event.office_id),
            "occurred_at": event.occurred_at,
        },
    )
    endpoint_ids = listeners.all()
    for endpoint_id in endpoint_ids:
        make_delivery(event, endpoint_id)
    event.told_at = now()
    return len(endpoint_ids)
