"""The actor behind an API key, and on which rows it acts: real ones, or its sandbox's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from apoa.access.actors import Actor
from apoa.access.api_models import KeyMode
from apoa.access.api_scopes import OFFICE_SCOPES, SCOPES, actions_of
from apoa.access.key_text import client_id_of
from apoa.access.roles import Role
from apoa.base.ids import sandbox_twin


@dataclass(frozen=True, kw_only=True)
class ApiCaller(Actor):
    """A key that made a request. `user_id` is the key's id; lodgings are named as they are stored.

    An office's key has that office, and no lodging.
    `properties` maps each real lodging, as the caller names it, to the one whose rows are used:
    itself for a live key, its sandbox for a test key.
    """

    mode: KeyMode
    scopes: frozenset[str]
    expires_at: datetime
    properties: dict[UUID, UUID]

    @property
    def client_id(self) -> str:
        """The key's public name."""
        return client_id_of(self.mode, self.user_id)

    @property
    def is_test(self) -> bool:
        """Whether nothing of this counts."""
        return self.mode == KeyMode.TEST

    def find_stored(self, property_id: UUID) -> UUID | None:
        """The lodging whose rows this caller means by a lodging; None when it is not the key's."""
        return self.properties.get(property_id)


def shown_property_id(actor: Actor, stored_id: UUID) -> UUID:
    """What the caller calls a stored lodging."""
    if isinstance(actor, ApiCaller) and actor.is_test:
        return sandbox_twin(stored_id)
    return stored_id


def caller_of(row: Any) -> ApiCaller:
    """The caller of a row with id, mode, name, scopes, property_ids, office_id and expires_at."""
    mode = KeyMode(row.mode)
    # A lodging's key can never do what an office's can, whatever its row says.
    of_kind = SCOPES if row.office_id is None else OFFICE_SCOPES
    scopes = frozenset(row.scopes).intersection(of_kind)
    stored = {one: sandbox_twin(one) if mode == KeyMode.TEST else one for one in row.property_ids}
    return ApiCaller(
        user_id=row.id,
        name=row.name,
        property_roles=dict.fromkeys(stored.values(), Role.API_CLIENT),
        office_roles={row.office_id: frozenset({Role.API_CLIENT})} if row.office_id else {},
        actions=actions_of(scopes),
        mode=mode,
        scopes=scopes,
        expires_at=row.expires_at,
        properties=stored,
    )
