"""Where resources are put, and what a caller needs for each: nothing is open unless it says so."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

from apoa.access.api_scopes import ALL_SCOPES
from apoa.api.idempotency import idempotent

View = Callable[..., Response]

PREFIX = "/api/v1"
OPEN = "open"
ANY_KEY = "any-key"

blueprint = Blueprint("api", __name__)
# What a caller needs, by endpoint. An endpoint that is not in here lets nobody in.
NEEDS: dict[str, str] = {}


def route(
    rule: str, *, needs: str, methods: tuple[str, ...] = ("GET",), keeps_answer: bool = True
) -> Callable[[View], View]:
    """Puts a view at a path below `/api/v1`.

    `needs` is a scope, ANY_KEY or OPEN. A view with `property_id` in its path is handed the lodging
    as it is stored (a test key's sandbox). Every POST with a key takes an `Idempotency-Key`, unless
    `keeps_answer` is False: for what stores nothing. Raises ValueError for an unknown scope.
    """
    if needs not in (OPEN, ANY_KEY, *ALL_SCOPES):
        raise ValueError(f"unknown scope {needs}")

    def put(view: View) -> View:
        taken: Any = view
        if "POST" in methods and needs != OPEN and keeps_answer:
            taken = idempotent(view)
        blueprint.add_url_rule(rule, view.__name__, taken, methods=list(methods))
        NEEDS[f"{blueprint.name}.{view.__name__}"] = needs
        return view

    return put
