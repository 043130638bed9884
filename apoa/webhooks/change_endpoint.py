"""Changes an endpoint: what it is told of and where, its secret, whether it is told at all."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from apoa.access.actors import Actor
from apoa.access.api_models import KeyMode
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import InvalidInput
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.webhooks.models import (
    DeliveryState,
    DisabledReason,
    EndpointState,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookSubscription,
)
from apoa.webhooks.reach import Reach, get_endpoint, reach_of, require_own
from apoa.webhooks.register_endpoint import RegisteredEndpoint, stored_ids, subscribe
from apoa.webhooks.schemas import EndpointRequest, EndpointSchema, read_endpoint
from apoa.webhooks.secret import seal_secret
from apoa.webhooks.signing import new_secret
from apoa.webhooks.views import EndpointView, stored_lodgings, view_endpoint

OVERLAP = timedelta(hours=24)
LONGEST_OVERLAP_HOURS = 168


def amend_endpoint(
    actor: Actor,
    endpoint_id: UUID,
    changes: Mapping[str, Any],
    *,
    allow_local: bool,
    property_id: UUID | None = None,
) -> EndpointView:
    """Merges the changes into what stands (RFC 7396): a name with None is set back to its default.

    Made active, it begins anew: earlier failures no longer count. Raises NotFound, NotAllowed,
    InvalidInput, and StateConflict for a manager and a key's endpoint.
    """
    reach = reach_of(actor, property_id)
    with unit_of_work(), reach.in_force():
        endpoint = get_endpoint(reach, endpoint_id, for_change=True)
        require_own(reach, endpoint)
        merged = _mapping_of(endpoint, view_endpoint(endpoint)) | dict(changes)
        asked = read_endpoint(_without_cleared(merged), allow_local=allow_local)
        _apply(endpoint, asked)
        _resubscribe(reach, endpoint, asked)
        _record(reach, "webhook_endpoint_amended", endpoint_id, changed=sorted(changes))
        return view_endpoint(endpoint)


def _without_cleared(merged: Mapping[str, Any]) -> dict[str, Any]:
    """Names that are not known stay, also with None, to be refused."""
    known = EndpointSchema().fields
    return {n: value for n, value in merged.items() if value is not None or n not in known}


def replace_secret(
    actor: Actor,
    endpoint_id: UUID,
    *,
    overlap: timedelta = OVERLAP,
    property_id: UUID | None = None,
) -> RegisteredEndpoint:
    """A new secret, told once; during the overlap (zero to seven days) the old one signs too.

    Raises as `amend_endpoint`.
    """
    if not timedelta(0) <= overlap <= timedelta(hours=LONGEST_OVERLAP_HOURS):
        bounds = {"min": "0", "max": str(LONGEST_OVERLAP_HOURS)}
        raise InvalidInput.because("out-of-range", "/overlap_hours", **bounds)
    reach = reach_of(actor, property_id)
    with unit_of_work(), reach.in_force():
        endpoint = get_endpoint(reach, endpoint_id, for_change=True)
        require_own(reach, endpoint)
        secret = new_secret()
        endpoint.previous_secret_sealed = endpoint.secret_sealed if overlap else None
        endpoint.previous_valid_until = now() + overlap if overlap else None
        endpoint.secret_sealed = seal_secret(endpoint_id, secret)
        hours = overlap // timedelta(hours=1)
        _record(reach, "webhook_secret_replaced", endpoint_id, overlap_hours=hours)
        return RegisteredEndpoint(view_endpoint(endpoint), secret)


def end_endpoint(actor: Actor, endpoint_id: UUID, *, property_id: UUID | None = None) -> None:
    """Nothing is sent there any more, nor what waited. A manager takes the lodging away from a
    key's endpoint; its other lodgings stay. Raises NotFound, NotAllowed.
    """
    reach = reach_of(actor, property_id)
    with unit_of_work(), reach.in_force():
        endpoint = get_endpoint(reach, endpoint_id, for_change=True)
        lodgings = stored_lodgings(reach, endpoint_id)
        _record(reach, "webhook_unsubscribed", endpoint_id)
        if endpoint.key_id == reach.key_id:
            endpoint.ended_at = now()
            session().flush()
        _unsubscribe(endpoint_id, lodgings)


def _mapping_of(endpoint: WebhookEndpoint, view: EndpointView) -> dict[str, Any]:
    return {
        "url": endpoint.url,
        "events": list(endpoint.events),
        "description": endpoint.description,
        "property_ids": [str(one) for one in view.property_ids],
        "state": str(endpoint.state),
    }


def _apply(endpoint: WebhookEndpoint, asked: EndpointRequest) -> None:
    endpoint.url, endpoint.events = asked.url, list(asked.events)
    endpoint.description = asked.description
    was_active = endpoint.state == EndpointState.ACTIVE
    if asked.is_active and not was_active:
        endpoint.state = EndpointState.ACTIVE
        endpoint.disabled_at = endpoint.disabled_reason = None
        endpoint.failures, endpoint.failing_since, endpoint.hold_until = 0, None, None
    elif was_active and not asked.is_active:
        endpoint.state = EndpointState.DISABLED
        endpoint.disabled_at, endpoint.disabled_reason = now(), DisabledReason.OWNER


def _resubscribe(reach: Reach, endpoint: WebhookEndpoint, asked: EndpointRequest) -> None:
    before = set(stored_lodgings(reach, endpoint.id))
    wanted = set(stored_ids(reach, asked, KeyMode(endpoint.mode)))
    session().flush()
    subscribe(endpoint, sorted(wanted - before))
    if gone := before - wanted:
        _unsubscribe(endpoint.id, gone)


def _unsubscribe(endpoint_id: UUID, property_ids: Iterable[UUID]) -> None:
    gone = list(property_ids)
    session().execute(
        delete(WebhookSubscription).where(
            WebhookSubscription.property_id.in_(gone),
            WebhookSubscription.endpoint_id == endpoint_id,
        )
    )
    session().execute(
        update(WebhookDelivery)
        .where(
            WebhookDelivery.property_id.in_(gone),
            WebhookDelivery.endpoint_id == endpoint_id,
            WebhookDelivery.state == DeliveryState.PENDING,
        )
        .values(state=DeliveryState.FAILED, next_try_at=None, finished_at=now())
        .execution_options(synchronize_session=False)
    )


def _record(reach: Reach, act: str, endpoint_id: UUID, **detail: Any) -> None:
    """One audit row for each of its lodgings."""
    rows = session().execute(
        select(WebhookSubscription.property_id, WebhookSubscription.office_id).where(
            WebhookSubscription.endpoint_id == endpoint_id,
            WebhookSubscription.property_id.in_(reach.property_ids),
        )
    )
    for row in rows.all():
        record(
            act,
            subject_type="webhook_endpoint",
            subject_id=endpoint_id,
            property_id=row.property_id,
            office_id=row.office_id,
            **detail,
        )
