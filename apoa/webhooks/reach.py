"""Whose endpoints an actor sees and changes: a key its own, a manager those of the lodging."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select

from apoa.access.actors import Actor, require
from apoa.access.api_caller import ApiCaller
from apoa.access.api_models import ApiKey, KeyMode
from apoa.access.roles import Action
from apoa.base.errors import NotFound, StateConflict
from apoa.base.ids import sandbox_twin
from apoa.db.base import session
from apoa.db.scope import Scope, scope
from apoa.webhooks.models import WebhookEndpoint, WebhookSubscription


@dataclass(frozen=True)
class Reach:
    """`properties` maps each lodging to its rows that are used, by mode; `key_id` is of a key."""

    actor: Actor
    properties: dict[KeyMode, dict[UUID, UUID]]
    key_id: UUID | None

    @property
    def property_ids(self) -> frozenset[UUID]:
        """The lodgings as they are stored, for a manager with the sandbox."""
        return frozenset(one for of_mode in self.properties.values() for one in of_mode.values())

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """The scope of just these lodgings: a manager's own does not hold the sandbox."""
        with scope(Scope(user_id=self.actor.user_id, property_ids=self.property_ids)):
            yield


def reach_of(actor: Actor, property_id: UUID | None = None) -> Reach:
    """What the actor may manage. A person names the lodging; a key has its own.

    Raises NotFound, NotAllowed.
    """
    require(actor, Action.MANAGE_WEBHOOKS, property_id=property_id)
    if isinstance(actor, ApiCaller):
        return Reach(actor, {actor.mode: actor.properties}, actor.user_id)
    if property_id is None:
        raise NotFound("property")
    both = {
        KeyMode.LIVE: {property_id: property_id},
        KeyMode.TEST: {property_id: sandbox_twin(property_id)},
    }
    return Reach(actor, both, None)


def endpoints_in(reach: Reach) -> Select[WebhookEndpoint]:
    """The endpoints in the reach, the newest first; none that is ended, or whose key is."""
    told = select(WebhookSubscription.endpoint_id).where(
        WebhookSubscription.property_id.in_(reach.property_ids)
    )
    statement = select(WebhookEndpoint).where(
        WebhookEndpoint.ended_at.is_(None), WebhookEndpoint.id.in_(told)
    )
    if reach.key_id is not None:
        # Two systems of one lodging do not see each other's addresses.
        statement = statement.where(WebhookEndpoint.key_id == reach.key_id)
    else:
        good = select(ApiKey.id).where(
            ApiKey.ended_at.is_(None), ApiKey.property_ids.overlap(list(reach.property_ids))
        )
        statement = statement.where(
            or_(WebhookEndpoint.key_id.is_(None), WebhookEndpoint.key_id.in_(good))
        )
    return statement.order_by(WebhookEndpoint.id.desc())


def get_endpoint(reach: Reach, endpoint_id: UUID, *, for_change: bool = False) -> WebhookEndpoint:
    """The endpoint; `for_change` holds it. The reach must be in force. Raises NotFound."""
    statement = endpoints_in(reach).where(WebhookEndpoint.id == endpoint_id)
    if for_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session().scalar(statement)
    if found is None:
        raise NotFound("webhook endpoint")
    return found


def is_opened_by_key(real_property_id: UUID, moment: datetime) -> ColumnElement[bool]:
    """The endpoint is nobody's but the lodging's, or its key is good for the lodging yet."""
    good = select(ApiKey.id).where(
        ApiKey.ended_at.is_(None),
        ApiKey.expires_at > moment,
        ApiKey.property_ids.contains([real_property_id]),
    )
    return or_(WebhookEndpoint.key_id.is_(None), WebhookEndpoint.key_id.in_(good))


def require_own(reach: Reach, endpoint: WebhookEndpoint) -> None:
    """Raises StateConflict for a manager who would change what a key has registered."""
    if endpoint.key_id != reach.key_id:
        raise StateConflict.because("webhook-endpoint-of-key")
