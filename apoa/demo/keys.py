"""One live and one test key of the demo, for the first manager's lodgings."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from apoa.access.api_keys import make_key
from apoa.access.api_models import KeyMode
from apoa.access.api_scopes import SCOPES
from apoa.access.models import User
from apoa.access.roles import Role
from apoa.access.sessions import load_actor
from apoa.base.clock import now
from apoa.db.base import session
from apoa.properties.sandbox import ensure_sandbox

_LIFE = timedelta(days=365)


def make_keys(accounts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Makes the keys as the manager does; gives them as `demo credentials` prints them."""
    manager = next(one for one in accounts if one["role"] == Role.MANAGER)
    user = session().scalars(select(User).where(User.email == manager["email"])).one()
    actor = load_actor(user)
    made = []
    for mode in KeyMode:
        key = make_key(
            actor,
            name=f"Demo PMS ({mode})",
            mode=mode,
            scopes=SCOPES,
            property_ids=[UUID(one["id"]) for one in manager["properties"]],
            expires_at=now() + _LIFE,
            make_sandbox=ensure_sandbox,
        )
        made.append(
            {
                "mode": mode.value,
                "key": key.text,
                "client_id": key.client_id,
                "client_secret": key.secret,
                "properties": manager["properties"],
            }
        )
    return made
