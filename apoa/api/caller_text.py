"""What a request says about its caller: the bearer, its language, its own id."""

import re
from uuid import uuid4

from flask import Request

_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")


def bearer_of(request: Request) -> str | None:
    """What stands after `Bearer` in `Authorization`; None for another scheme or nothing."""
    scheme, _, rest = request.headers.get("Authorization", "").partition(" ")
    return rest.strip() if scheme.lower() == "bearer" else None


def locale_of(request: Request) -> str:
    """`id` or `en` by `Accept-Language`; Indonesian unless English is preferred."""
    return request.accept_languages.best_match(("id", "en"), "id") or "id"


def request_id_of(request: Request) -> str:
    """The caller's own `X-Request-Id` where it is short and plain, else a new one."""
    own = request.headers.get("X-Request-Id", "")
    return own if _REQUEST_ID.fullmatch(own) else uuid4().hex
