"""How an answer is written: compact JSON, instants with their offset, versions as ETags."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import g, request
from werkzeug.wrappers import Response

from apoa.access.api_caller import ApiCaller, shown_property_id
from apoa.api.faults import ApiFault

JSON_TYPE = "application/json"


def answer(
    body: Any,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    mimetype: str = JSON_TYPE,
) -> Response:
    """The body as JSON: UUIDs and dates as text, instants in UTC."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return Response(text, status, dict(headers or {}), mimetype=mimetype)


def caller() -> ApiCaller:
    """Who makes this request. Raises ApiFault at an open endpoint that nobody signed in at."""
    found = g.get("actor")
    if not isinstance(found, ApiCaller):
        raise ApiFault("credentials-missing")
    return found


def shown_id(stored_property_id: UUID) -> str:
    """What this caller calls a lodging that is stored: the real one, also for a test key."""
    return str(shown_property_id(caller(), stored_property_id))


def instant(value: datetime | None, time_zone: str | None = None) -> str | None:
    """An instant in RFC 3339: in UTC ("...Z"), or with the offset of an IANA time zone."""
    if value is None:
        return None
    if time_zone is not None:
        return value.astimezone(ZoneInfo(time_zone)).isoformat()
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def version_etag(version: int) -> str:
    """The ETag of a version of a stay."""
    return f'"v{version}"'


def require_version() -> int:
    """The version that the caller changes, from `If-Match`.

    A weak tag is taken too: packing an answer weakens it. Raises ApiFault (428 without, 412 for
    anything that was never a version's tag).
    """
    if not request.headers.get("If-Match", "").strip():
        raise ApiFault("if-match-required")
    tags = request.if_match.as_set(include_weak=True)
    tag = next(iter(tags), "")
    number = tag[1:]
    if len(tags) != 1 or not tag.startswith("v") or not number.isascii() or not number.isdigit():
        raise ApiFault("stale-version")
    return int(number[:18])


def cacheable(body: Any, seconds: int) -> Response:
    """An answer that is the same for everybody, with an ETag of its content; 304 when known."""
    response = answer(body)
    response.set_etag(sha256(response.get_data()).hexdigest()[:32])
    response.cache_control.public = True
    response.cache_control.max_age = seconds
    return response.make_conditional(request.environ)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return instant(value) or ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
