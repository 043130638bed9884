"""One try at a delivery: taken by one worker, and what came of it written down."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from apoa.base.clock import now
from apoa.db.base import session
from apoa.db.scope import scope_of_property
from apoa.db.unit_of_work import unit_of_work
from apoa.webhooks.announce import real_property_id
from apoa.webhooks.body import body_of
from apoa.webhooks.give_up import disable
from apoa.webhooks.models import (
    DeliveryState,
    DisabledReason,
    EndpointState,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from apoa.webhooks.pace import FAILING_TOO_LONG, LEASE, hold_after, next_try
from apoa.webhooks.reach import is_opened_by_key
from apoa.webhooks.secret import secrets_of
from apoa.webhooks.tell import defer_delivery

GONE = 410
_MOST_KEPT = 50


@dataclass(frozen=True)
class Attempt:
    """A try that this worker alone makes now."""

    property_id: UUID
    delivery_id: UUID
    webhook_id: str
    url: str
    body: bytes = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Result:
    """What came of a try: a status, or the code of what went wrong; the answer's beginning."""

    status_code: int | None
    error: str | None
    duration_ms: int
    excerpt: str = field(default="", repr=False)

    @property
    def is_success(self) -> bool:
        """Any 2xx; a redirect is none, for it is not followed."""
        return self.status_code is not None and 200 <= self.status_code < 300


def begin_attempt(property_id: UUID, delivery_id: UUID) -> Attempt | None:
    """Takes the try; None when there is nothing to do now, or another worker does it."""
    with scope_of_property(property_id), unit_of_work():
        delivery = _hold(property_id, delivery_id)
        moment = now()
        if (
            delivery is None
            or delivery.state != DeliveryState.PENDING
            or delivery.next_try_at is None
            or delivery.next_try_at > moment
        ):
            return None
        event = session().get_one(WebhookEvent, (property_id, delivery.event_id))
        endpoint = _find_open_endpoint(delivery, event)
        if endpoint is None:
            _finish(delivery, DeliveryState.FAILED)
            return None
        is_test = event.endpoint_id is not None
        if endpoint.hold_until is not None and endpoint.hold_until > moment and not is_test:
            delivery.next_try_at = endpoint.hold_until
            defer_delivery(delivery)
            return None
        delivery.tries += 1
        delivery.next_try_at = moment + LEASE
        return Attempt(
            property_id,
            delivery_id,
            str(event.id),
            endpoint.url,
            body_of(event),
            secrets_of(endpoint, moment),
        )


def end_attempt(attempt: Attempt, result: Result) -> None:
    """Writes down what came of the try, and leaves the job of the next one where there is one."""
    with scope_of_property(attempt.property_id), unit_of_work():
        _hold_endpoint(attempt)
        delivery = _hold(attempt.property_id, attempt.delivery_id)
        if delivery is None or delivery.state != DeliveryState.PENDING:
            return
        moment = now()
        delivery.attempts = [*delivery.attempts, _written(result, moment)][-_MOST_KEPT:]
        event = session().get_one(WebhookEvent, (attempt.property_id, delivery.event_id))
        if result.is_success:
            _finish(delivery, DeliveryState.DELIVERED)
            _note_success(delivery.endpoint_id)
            return
        later = next_try(delivery.tries, moment, delivery.give_up_at)
        endpoint_id, is_test = delivery.endpoint_id, event.endpoint_id is not None
        if later is None or result.status_code == GONE:
            _finish(delivery, DeliveryState.FAILED)
        else:
            delivery.next_try_at = later
            defer_delivery(delivery)
        if not is_test:
            _note_failure(endpoint_id, moment, is_gone=result.status_code == GONE, later=later)


def _hold_endpoint(attempt: Attempt) -> None:
    """Before the delivery, as those do who change an endpoint: else each waits for the other."""
    of_delivery = select(WebhookDelivery.endpoint_id).where(
        WebhookDelivery.property_id == attempt.property_id,
        WebhookDelivery.id == attempt.delivery_id,
    )
    session().scalar(
        select(WebhookEndpoint.id)
        .where(WebhookEndpoint.id == of_delivery.scalar_subquery())
        .with_for_update()
    )


def _hold(property_id: UUID, delivery_id: UUID) -> WebhookDelivery | None:
    return session().scalar(
        select(WebhookDelivery)
        .where(WebhookDelivery.property_id == property_id, WebhookDelivery.id == delivery_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _find_open_endpoint(delivery: WebhookDelivery, event: WebhookEvent) -> WebhookEndpoint | None:
    """The endpoint, as long as it is to be told of this lodging."""
    real_id = real_property_id(event.property_id, event.office_id)
    return session().scalar(
        select(WebhookEndpoint).where(
            WebhookEndpoint.id == delivery.endpoint_id,
            WebhookEndpoint.state == EndpointState.ACTIVE,
            WebhookEndpoint.ended_at.is_(None),
            is_opened_by_key(real_id, now()),
        )
    )


def _finish(delivery: WebhookDelivery, state: DeliveryState) -> None:
    delivery.state, delivery.next_try_at, delivery.finished_at = state, None, now()


def _note_success(endpoint_id: UUID) -> None:
    session().execute(
        update(WebhookEndpoint)
        .where(WebhookEndpoint.id == endpoint_id, WebhookEndpoint.failing_since.is_not(None))
        .values(failures=0, failing_since=None, hold_until=None)
        .execution_options(synchronize_session=False)
    )


def _note_failure(
    endpoint_id: UUID, moment: datetime, *, is_gone: bool, later: datetime | None
) -> None:
    endpoint = session().scalar(
        select(WebhookEndpoint)
        .where(WebhookEndpoint.id == endpoint_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if endpoint is None or endpoint.state != EndpointState.ACTIVE:
        return
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or moment
    endpoint.hold_until = moment + hold_after(endpoint.failures)
    if is_gone:
        disable(endpoint, DisabledReason.GONE)
    elif later is None and moment - endpoint.failing_since >= FAILING_TOO_LONG:
        disable(endpoint, DisabledReason.FAILING)


def _written(result: Result, moment: datetime) -> dict[str, Any]:
    return {
        "at": moment.isoformat(),
        "status_code": result.status_code,
        "error": result.error,
        "duration_ms": result.duration_ms,
        "response": result.excerpt,
    }
