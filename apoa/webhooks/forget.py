"""Forgets what is too old to be sent again, and listeners whose key is over."""

from datetime import timedelta

from sqlalchemy import delete, or_, select

from apoa.access.api_models import ApiKey
from apoa.base.clock import now
from apoa.db.base import session
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work
from apoa.webhooks.models import (
    DeliveryState,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
    WebhookSubscription,
)

KEPT_FOR = timedelta(days=30)


def forget_old_events() -> int:
    """Deletes finished deliveries and events of more than 30 days ago; says how many events.

    And subscriptions that nothing is sent for any more, so that reporting need not look at them.
    For a daily job.
    """
    before = now() - KEPT_FOR
    with unit_of_work(), scope_everywhere("old webhook events forgotten"):
        session().execute(
            delete(WebhookDelivery).where(
                WebhookDelivery.created_at < before,
                WebhookDelivery.state != DeliveryState.PENDING,
            )
        )
        left = select(WebhookDelivery.event_id).where(
            WebhookDelivery.property_id == WebhookEvent.property_id,
            WebhookDelivery.event_id == WebhookEvent.id,
        )
        gone = session().scalars(
            delete(WebhookEvent)
            .where(WebhookEvent.occurred_at < before, ~left.exists())
            .returning(WebhookEvent.id)
        )
        over = (
            select(WebhookEndpoint.id)
            .outerjoin(ApiKey, ApiKey.id == WebhookEndpoint.key_id)
            .where(or_(WebhookEndpoint.ended_at.is_not(None), ApiKey.ended_at.is_not(None)))
        )
        count = len(gone.all())
        session().execute(
            delete(WebhookSubscription)
            .where(WebhookSubscription.endpoint_id.in_(over))
            .execution_options(synchronize_session=False)
        )
        return count
