"""How an answer is written: compact JSON, instants with their offset, versions as ETags."""

import json
import re
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
_VERSION_TAG = re.compile(r"v([0-9]{1,9})(?:-[0-9a-f]{8})?")


def answer(
    body: Any,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    mimetype: str = JSON_TYPE,
) -> Response:
    """The body as JSON: UUIDs and dates as text, instants in UTC."""
    return Response(_text(body), status, dict(headers or {}), mimetype=mimetype)


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


def versioned(
    body: Any, version: int, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A stay as it is shown, with its ETag: its version, and a mark of all that is said about it.

    A deadline moves with a declared outage, and a child's warning goes when its party comes, while
    the version stays.
    """
    text = _text(body)
    mark = sha256(text.encode()).hexdigest()[:8]
    etag = {"ETag": f'"v{version}-{mark}"'}
    return Response(text, status, etag | dict(headers or {}), mimetype=JSON_TYPE)


def require_version() -> int:
    """The version that the caller changes, from `If-Match`: of an ETag, or plainly `"v3"`.

    A weak tag is taken too: packing an answer weakens it. Raises ApiFault (428 without, 412 for
    anything that was never a version's tag).
    """
    if not request.headers.get("If-Match", "").strip():
        raise ApiFault("if-match-required")
    tags = request.if_match.as_set(include_weak=True)
    # An empty tag, "", is read as None.
    found = _VERSION_TAG.fullmatch(next(iter(tags), None) or "")
    if len(tags) != 1 or found is None:
        raise ApiFault("stale-version")
    return int(found[1])


def cacheable(body: Any, seconds: int) -> Response:
    """An answer that is the same for everybody, with an ETag of its content; 304 when known."""
    response = answer(body)
    response.set_etag(sha256(response.get_data()).hexdigest()[:32])
    response.cache_control.public = True
    response.cache_control.max_age = seconds
    return response.make_conditional(request.environ)


def _text(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return instant(value) or ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
