"""Notes each call with a good key for the key's managers: what, when, how judged, nothing personal.

A call refused because the quota is used up is noted once a minute, so that a loop fills no table.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from time import perf_counter
from typing import Any
from uuid import UUID

import structlog
from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

from apoa.access.api_caller import ApiCaller, shown_property_id
from apoa.access.call_log import CallLog
from apoa.api.blueprint import PREFIX
from apoa.api.call_marks import Exchange, judge_call, needs_answer, read_value
from apoa.api.request_body import kept_body
from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.base.settings import Settings
from apoa.db.base import db
from apoa.db.secrets import secrets

log = structlog.get_logger()

_ARGUMENT = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
_EXTENSION = "apoa_call_log"
_last_throttled: dict[UUID, int] = {}


def register_call_log(app: Flask) -> None:
    """Notes every call from now on. Before the belt, so that its work counts as time too."""
    settings: Settings = app.extensions["apoa_settings"]
    app.extensions[_EXTENSION] = CallLog(in_background=settings.environment != "test")
    app.before_request(_start)
    app.after_request(_note)


@lru_cache(maxsize=512)
def path_template(rule: str) -> str:
    """A rule as the contract writes it: `/properties/{property_id}/stays`."""
    return _ARGUMENT.sub(r"{\1}", rule.removeprefix(PREFIX))[:160]


def _start() -> None:
    if request.path.startswith(PREFIX):
        g.call_began = perf_counter()


def _note(response: Response) -> Response:
    caller = g.get("actor")
    if isinstance(caller, ApiCaller) and "call_began" in g and _is_worth_noting(caller, response):
        try:
            row = _row(caller, response)
            # Who tries out an integration looks at once whether a step was seen.
            call_log: CallLog = current_app.extensions[_EXTENSION]
            call_log.add(db.engine, row, at_once=caller.is_test)
        except Exception as error:
            log.warning("call_not_noted", kind=type(error).__name__)
    return response


def _is_worth_noting(caller: ApiCaller, response: Response) -> bool:
    if response.status_code != 429:
        return True
    minute = int(now().timestamp()) // 60
    if _last_throttled.get(caller.user_id) == minute:
        return False
    if len(_last_throttled) > 1000:
        _last_throttled.clear()
    _last_throttled[caller.user_id] = minute
    return True


def _row(caller: ApiCaller, response: Response) -> dict[str, Any]:
    path = path_template(request.url_rule.rule) if request.url_rule else None
    judged = judge_call(_exchange(caller, path, response))
    stored = (request.view_args or {}).get("property_id")
    property_id = shown_property_id(caller, stored) if _is_own(caller, stored) else None
    return {
        "key_id": caller.user_id,
        "id": new_id(),
        "at": now(),
        "method": request.method[:10],
        "path": path,
        "property_id": property_id,
        "status": response.status_code,
        "codes": judged.codes,
        "marks": [str(mark) for mark in judged.marks],
        "refused_refs": _hashed(caller, property_id, judged.refused),
        "accepted_refs": _hashed(caller, property_id, judged.accepted),
        "duration_ms": int((perf_counter() - g.call_began) * 1000),
        "request_id": g.request_id[:64],
    }


def _exchange(caller: ApiCaller, path: str | None, response: Response) -> Exchange:
    method, status = request.method, response.status_code
    is_json = response.mimetype.endswith("json") and not response.is_streamed
    read = is_json and needs_answer(method, path, status)
    return Exchange(
        method=method,
        path=path,
        status=status,
        replayed="Idempotency-Replayed" in response.headers,
        if_match=request.headers.get("If-Match", ""),
        etag=response.headers.get("ETag", ""),
        sent=_sent() if caller.is_test and method == "POST" and status < 500 else None,
        answered=read_value(response.get_data()) if read else None,
    )


def _sent() -> Any:
    """The body as a JSON value; None where it was not read: then it was not judged either."""
    body = kept_body()
    return read_value(body) if body is not None else None


def _is_own(caller: ApiCaller, stored: Any) -> bool:
    """Whether the belt has let the caller in to this lodging: only then it is named."""
    return isinstance(stored, UUID) and stored in caller.property_roles


def _hashed(caller: ApiCaller, property_id: UUID | None, refs: Iterable[str]) -> list[bytes] | None:
    """The references of a test key, blinded; of a live key nothing is kept."""
    if not caller.is_test or not refs:
        return None
    blind = secrets().blind_keys.blind
    return [blind("api-call-ref", f"{caller.user_id}|{property_id}|{ref}")[:16] for ref in refs]
