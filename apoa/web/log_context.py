"""What a line of the log says of the request it is about: ids, never what was sent."""

from collections.abc import MutableMapping
from typing import Any

from flask import g, has_request_context, request


def add_request(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A processor of structlog: the id that the error page shows leads to its line."""
    if has_request_context():
        event.setdefault("request_id", g.get("request_id"))
        event.setdefault("method", request.method)
        event.setdefault("endpoint", request.endpoint)
        if g.get("actor") is not None:
            event.setdefault("actor_id", str(g.actor.user_id))
    return event
