"""GET /me: what the key that asks is good for."""

from typing import Any

from werkzeug.wrappers import Response

from apoa.api.answers import answer, caller, instant, shown_id
from apoa.api.blueprint import ANY_KEY, route
from apoa.api.rate_limit import limits
from apoa.api.request_body import MAX_BODY_BYTES
from apoa.properties.queries import list_properties_by_id

MAX_BATCH_ITEMS = 1000


@route("/me", needs=ANY_KEY)
def me() -> Response:
    """Mode, scopes, expiry, limits and lodgings of the key."""
    key = caller()
    return answer(
        {
            "client_id": key.client_id,
            "name": key.name,
            "mode": key.mode,
            "scopes": sorted(key.scopes),
            "expires_at": instant(key.expires_at),
            "limits": {
                "requests_per_minute": limits().per_key,
                "batch_items": MAX_BATCH_ITEMS,
                "body_bytes": MAX_BODY_BYTES,
            },
            "properties": _properties(list(key.properties.values())),
        }
    )


def _properties(stored_ids: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "id": shown_id(one.id),
            "name": one.name,
            "type": one.type,
            "state": one.state,
            "time_zone": one.time_zone,
        }
        for one in list_properties_by_id(stored_ids)
    ]
