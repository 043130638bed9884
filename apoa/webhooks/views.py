"""What is shown of an endpoint: everything but its secret."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from apoa.access.actors import Actor
from apoa.access.api_models import KeyMode
from apoa.base.clock import now
from apoa.base.ids import sandbox_twin
from apoa.db.base import session
from apoa.webhooks.models import WebhookEndpoint, WebhookSubscription
from apoa.webhooks.reach import Reach, endpoints_in, get_endpoint, reach_of


@dataclass(frozen=True)
class EndpointView:
    """An endpoint as its owner sees it; `property_ids` are real lodgings, also in test mode.

    Of an endpoint that serves other lodgings too, a manager is told only of their own.
    """

    endpoint_id: UUID
    url: str
    description: str | None
    events: tuple[str, ...]
    mode: KeyMode
    state: str
    disabled_reason: str | None
    disabled_at: datetime | None
    failing_since: datetime | None
    property_ids: tuple[UUID, ...]
    created_at: datetime
    previous_secret_valid_until: datetime | None
    is_of_key: bool

    @property
    def is_active(self) -> bool:
        """Whether events are sent to it."""
        return self.state == "active"


def list_endpoints(actor: Actor, property_id: UUID | None = None) -> list[EndpointView]:
    """The key's endpoints, or all of the lodging's, the newest first. Raises as `reach_of`."""
    reach = reach_of(actor, property_id)
    with reach.in_force():
        found = session().scalars(endpoints_in(reach)).all()
        lodgings = _lodgings_of(found)
        return [view_of(one, lodgings.get(one.id, [])) for one in found]


def view_one_endpoint(
    actor: Actor, endpoint_id: UUID, property_id: UUID | None = None
) -> EndpointView:
    """One endpoint. Raises NotFound, NotAllowed."""
    reach = reach_of(actor, property_id)
    with reach.in_force():
        return view_endpoint(get_endpoint(reach, endpoint_id))


def view_endpoint(endpoint: WebhookEndpoint) -> EndpointView:
    """The view of an endpoint whose reach is in force."""
    return view_of(endpoint, _lodgings_of([endpoint]).get(endpoint.id, []))


def view_of(endpoint: WebhookEndpoint, stored_ids: Sequence[UUID]) -> EndpointView:
    """The view of an endpoint and the stored ids of its lodgings."""
    is_test = endpoint.mode == KeyMode.TEST
    previous = endpoint.previous_valid_until
    return EndpointView(
        endpoint_id=endpoint.id,
        url=endpoint.url,
        description=endpoint.description,
        events=tuple(endpoint.events),
        mode=KeyMode(endpoint.mode),
        state=str(endpoint.state),
        disabled_reason=endpoint.disabled_reason,
        disabled_at=endpoint.disabled_at,
        failing_since=endpoint.failing_since,
        property_ids=tuple(sorted(sandbox_twin(one) if is_test else one for one in stored_ids)),
        created_at=endpoint.created_at,
        previous_secret_valid_until=previous if previous and previous > now() else None,
        is_of_key=endpoint.key_id is not None,
    )


def stored_lodgings(reach: Reach, endpoint_id: UUID) -> list[UUID]:
    """The lodgings, as stored, that the endpoint is told of and the reach holds."""
    return list(
        session().scalars(
            select(WebhookSubscription.property_id).where(
                WebhookSubscription.endpoint_id == endpoint_id,
                WebhookSubscription.property_id.in_(reach.property_ids),
            )
        )
    )


def _lodgings_of(endpoints: Sequence[WebhookEndpoint]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    rows = session().execute(
        select(WebhookSubscription.endpoint_id, WebhookSubscription.property_id).where(
            WebhookSubscription.endpoint_id.in_([one.id for one in endpoints])
        )
    )
    for endpoint_id, property_id in rows:
        found.setdefault(endpoint_id, []).append(property_id)
    return found
