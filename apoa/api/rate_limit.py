"""How much of the quota is left, on every answer (draft-ietf-httpapi-ratelimit-headers)."""

from flask import current_app, g, request
from werkzeug.wrappers import Response

from apoa.access.admit import WINDOW_SECONDS, Allowance, Limits
from apoa.api.caller_text import bearer_of
from apoa.api.faults import ApiFault


def limits() -> Limits:
    """Calls a minute, as the operator set them."""
    settings = current_app.extensions["apoa_settings"]
    return Limits(settings.api_calls_per_minute, settings.api_open_calls_per_minute)


def require_quota(allowance: Allowance) -> None:
    """Raises ApiFault (429) for a call that is one too many."""
    if allowance.retry_after is not None:
        seconds = str(allowance.retry_after)
        raise ApiFault(
            "rate-limited",
            headers={"Retry-After": seconds},
            quota=str(allowance.quota),
            seconds=seconds,
        )


def add_rate_headers(response: Response) -> Response:
    """Adds policy and state to an answer of the API."""
    allowance: Allowance = g.get("api_allowance") or _untouched()
    response.headers["RateLimit-Policy"] = f'"default";q={allowance.quota};w={WINDOW_SECONDS}'
    left = f"r={allowance.remaining};t={allowance.reset_seconds}"
    response.headers["RateLimit"] = f'"default";{left}'
    return response


def _untouched() -> Allowance:
    """While the database is away nothing is counted: the call has taken nothing."""
    quota = limits().per_key if bearer_of(request) else limits().per_address
    return Allowance(quota, quota, 0, None)
