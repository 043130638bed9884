"""Puts a signed receipt of the attempt into the answer to a request that failed by our fault."""

from hashlib import sha256
from typing import Any

import structlog
from flask import g, request

from apoa.access.key_text import parse_key
from apoa.api.caller_text import bearer_of
from apoa.base.clock import now
from apoa.stays.attempt import Attempt, sign_attempt

log = structlog.get_logger()
_KEPT = "apoa.attempt"
_CHANGING = ("POST", "PUT", "PATCH", "DELETE")


def attempt_receipt() -> dict[str, Any] | None:
    """The receipt for this request; None where nothing was to be changed or we cannot sign.

    One request is one attempt, also where many items of it failed.
    """
    if _KEPT not in request.environ:
        request.environ[_KEPT] = _sign() if request.method in _CHANGING else None
    receipt: dict[str, Any] | None = request.environ[_KEPT]
    return receipt


def _sign() -> dict[str, Any] | None:
    try:
        # The digest is of the body as it was sent, so that the sender can prove it is theirs.
        digest = sha256(request.get_data(cache=True)).hexdigest()
        key = parse_key(bearer_of(request) or "")
        return sign_attempt(
            Attempt(
                received_at=now(),
                method=request.method,
                path=request.path,
                body_sha256=digest,
                client_id=key.client_id if key else None,
                request_id=g.get("request_id", ""),
            )
        )
    except Exception as error:
        log.error("attempt_not_signed", kind=type(error).__name__)
        return None
