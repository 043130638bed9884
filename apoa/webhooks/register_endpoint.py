"""Registers an endpoint for a key's lodgings, or for a manager's one; its secret is told once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select, text

from apoa.access.actors import Actor
from apoa.access.api_caller import ApiCaller
from apoa.access.api_models import KeyMode
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, Problem, StateConflict
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.properties.models import Property
from apoa.properties.sandbox import ensure_sandbox
from apoa.webhooks.models import (
    DisabledReason,
    EndpointState,
    WebhookEndpoint,
    WebhookSubscription,
)
from apoa.webhooks.reach import Reach, endpoints_in, reach_of
from apoa.webhooks.schemas import EndpointRequest
from apoa.webhooks.secret import seal_secret
from apoa.webhooks.signing import new_secret
from apoa.webhooks.views import EndpointView, view_endpoint

MOST_ENDPOINTS = 10
_HOLD = text("SELECT pg_advisory_xact_lock(hashtextextended(:whose, 4713))")


@dataclass(frozen=True)
class RegisteredEndpoint:
    """A new endpoint with its secret, which is shown now and never again."""

    view: EndpointView
    secret: str = field(repr=False)


def register_endpoint(
    actor: Actor,
    asked: EndpointRequest,
    *,
    mode: KeyMode = KeyMode.LIVE,
    property_id: UUID | None = None,
) -> RegisteredEndpoint:
    """Events from now on are sent there. A key's endpoint has the key's mode, whatever is asked.

    A manager names the lodging. Raises NotFound, NotAllowed, InvalidInput for lodgings that are
    not the actor's, and StateConflict where there are too many endpoints already.
    """
    reach = reach_of(actor, property_id)
    if isinstance(actor, ApiCaller):
        mode = actor.mode
    with unit_of_work():
        if property_id is not None and mode == KeyMode.TEST:
            ensure_sandbox(property_id)
        return _register(reach, asked, mode)


def stored_ids(reach: Reach, asked: EndpointRequest, mode: KeyMode) -> list[UUID]:
    """The rows of the lodgings asked for. Raises InvalidInput for those that are out of reach."""
    own = reach.properties[mode]
    if asked.property_ids is None:
        return sorted(own.values())
    faults = [
        Problem(f"/property_ids/{index}", "webhook-not-my-property")
        for index, one in enumerate(asked.property_ids)
        if one not in own
    ]
    if faults:
        raise InvalidInput(faults)
    return [own[one] for one in asked.property_ids]


def subscribe(endpoint: WebhookEndpoint, property_ids: Iterable[UUID]) -> None:
    """The endpoint is told of these lodgings too, from now on; each is recorded."""
    rows = session().execute(
        select(Property.id, Property.office_id)
        .where(Property.id.in_(list(property_ids)))
        .order_by(Property.id)
        .with_for_update(read=True, key_share=True)
    )
    for property_id, office_id in rows.all():
        session().add(
            WebhookSubscription(
                property_id=property_id, endpoint_id=endpoint.id, office_id=office_id
            )
        )
        record(
            "webhook_subscribed",
            subject_type="webhook_endpoint",
            subject_id=endpoint.id,
            property_id=property_id,
            office_id=office_id,
            mode=str(endpoint.mode),
        )
    session().flush()


def _register(reach: Reach, asked: EndpointRequest, mode: KeyMode) -> RegisteredEndpoint:
    with reach.in_force():
        _hold(reach)
        if _count(reach) >= MOST_ENDPOINTS:
            raise StateConflict.because("too-many-webhook-endpoints", max=str(MOST_ENDPOINTS))
        secret = new_secret()
        endpoint = _store(reach, asked, mode, secret)
        subscribe(endpoint, stored_ids(reach, asked, mode))
        return RegisteredEndpoint(view_endpoint(endpoint), secret)


def _hold(reach: Reach) -> None:
    """Nobody else registers in this reach until the transaction ends: two would count alike."""
    whose = reach.key_id or min(reach.property_ids)
    session().execute(_HOLD, {"whose": str(whose)})


def _count(reach: Reach) -> int:
    return session().scalar(select(func.count()).select_from(endpoints_in(reach).subquery())) or 0


def _store(reach: Reach, asked: EndpointRequest, mode: KeyMode, secret: str) -> WebhookEndpoint:
    moment, endpoint_id = now(), new_id()
    endpoint = WebhookEndpoint(
        id=endpoint_id,
        key_id=reach.key_id,
        created_by=reach.actor.user_id,
        mode=mode,
        url=asked.url,
        description=asked.description,
        events=list(asked.events),
        secret_sealed=seal_secret(endpoint_id, secret),
        state=EndpointState.ACTIVE if asked.is_active else EndpointState.DISABLED,
        disabled_reason=None if asked.is_active else DisabledReason.OWNER,
        disabled_at=None if asked.is_active else moment,
        failures=0,
        created_at=moment,
    )
    session().add(endpoint)
    session().flush()
    return endpoint
