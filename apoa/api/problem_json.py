"""Every error below /api/ as `application/problem+json` (RFC 9457), whatever raised it."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from flask import current_app, g, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from apoa.api.answers import answer
from apoa.api.attempt import attempt_receipt
from apoa.api.blueprint import NEEDS
from apoa.api.caller_text import locale_of
from apoa.api.faults import ApiFault
from apoa.api.problems import API_PROBLEMS, problem_members
from apoa.api.request_body import MAX_BODY_BYTES
from apoa.base.errors import (
    NotAllowed,
    NotFound,
    NotSignedIn,
    Problem,
    Refused,
    StateConflict,
    Throttled,
    VersionConflict,
)
from apoa.base.fault_facts import fault_facts
from apoa.base.problems import problem_text
from apoa.db.base import db

log = structlog.get_logger()

PROBLEM_TYPE = "application/problem+json"
_CODE_OF_STATUS = {
    404: "not-found",
    405: "method-not-allowed",
    413: "body-too-large",
    415: "unsupported-media-type",
    503: "unavailable",
}
_OWN = {"type", "title", "status", "code", "detail", "request_id", "errors", "attempt"}


def problem_body(code: str, status: int, params: Mapping[str, str]) -> dict[str, Any]:
    """The members that every problem has, in the caller's language."""
    locale = _language()
    return problem_members(
        code,
        status,
        problem_text(Problem("", code, dict(params)), locale),
        locale=locale,
        base_url=current_app.extensions["apoa_settings"].base_url,
        request_id=g.get("request_id", ""),
    )


def listed(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Faults or warnings, each with its pointer, its code, and its words for this caller."""
    if not problems:
        return []
    locale = _language()
    return [
        {"pointer": one.pointer, "code": one.code, "detail": problem_text(one, locale)}
        for one in problems
    ]


def refusal_body(error: Refused) -> dict[str, Any]:
    """The problem of an act's refusal: faults of the input, a stale version, another state."""
    if isinstance(error, VersionConflict):
        return problem_body("stale-version", 412, {}) | _members(error.problems)
    if isinstance(error, StateConflict):
        [first, *_] = error.problems
        body = problem_body(first.code, 409, first.params)
        return body | {"errors": listed(error.problems)} | _members(error.problems)
    return problem_body("invalid-input", 422, {}) | {"errors": listed(error.problems)}


def fault_body() -> dict[str, Any]:
    """The problem of what failed by our fault, with proof of the attempt where we can sign."""
    return problem_body("internal-error", 500, {}) | _attempt()


def answer_error(error: Exception) -> Response:
    """The answer to whatever a request below /api/ ended with."""
    if isinstance(error, ApiFault):
        status = API_PROBLEMS[error.code].status
        return _answer(
            problem_body(error.code, status, error.params) | error.members, error.headers
        )
    if isinstance(error, Refused):
        return _answer(refusal_body(error))
    if isinstance(error, NotFound):
        return _of(ApiFault("not-found"))
    if isinstance(error, NotAllowed):
        return _of(_not_allowed(error))
    if isinstance(error, NotSignedIn):
        return _of(unauthorized("credentials-missing"))
    if isinstance(error, Throttled):
        seconds = str(error.retry_after)
        headers = {"Retry-After": seconds}
        return _of(ApiFault("too-often", headers=headers, seconds=seconds))
    if isinstance(error, HTTPException) and not isinstance(error, InternalServerError):
        return _http(error)
    return _ours(error)


def unauthorized(code: str) -> ApiFault:
    """A 401 that says how to come in (RFC 6750)."""
    challenge = 'Bearer realm="apoa"'
    if code != "credentials-missing":
        challenge += ', error="invalid_token"'
    return ApiFault(code, headers={"WWW-Authenticate": challenge})


def insufficient_scope(scope: str) -> ApiFault:
    """A 403 that names the scope (RFC 6750)."""
    challenge = f'Bearer realm="apoa", error="insufficient_scope", scope="{scope}"'
    return ApiFault("insufficient-scope", headers={"WWW-Authenticate": challenge}, scope=scope)


def _of(fault: ApiFault) -> Response:
    return answer_error(fault)


def _answer(body: dict[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    response = answer(body, body["status"], headers, PROBLEM_TYPE)
    response.headers["Content-Language"] = locale_of(request)
    return response


def _language() -> str:
    """The caller's language, for words in the answer; the belt says that it depends on it."""
    g.api_has_words = True
    return locale_of(request)


def _not_allowed(error: NotAllowed) -> ApiFault:
    log.warning("denied", action=str(error))
    needed = NEEDS.get(request.endpoint or "", "")
    return insufficient_scope(needed) if ":" in needed else ApiFault("not-allowed")


def _http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    code = _CODE_OF_STATUS.get(error.code, "bad-request")
    params = {"max": str(MAX_BODY_BYTES), "wanted": "application/json"}
    headers = {n: v for n, v in error.get_headers() if n in ("Allow", "Retry-After")}
    body = problem_body(code, API_PROBLEMS[code].status, params)
    return _answer(body, headers)


def _ours(error: Exception) -> Response:
    """A fault of ours: nothing of it is told but that it happened, with proof of the attempt."""
    _drop_transaction()
    if isinstance(error, OperationalError | PoolTimeout):
        log.error("database_unavailable", **fault_facts(error))
        body = problem_body("unavailable", 503, {}) | _attempt()
        return _answer(body, {"Retry-After": "30"})
    log.error("fault", **fault_facts(error))
    return _answer(fault_body())


def _attempt() -> dict[str, Any]:
    attempt = attempt_receipt()
    return {"attempt": attempt} if attempt else {}


def _members(problems: Sequence[Problem]) -> dict[str, str]:
    """What the refusal names, such as the stay that has the reference already."""
    return {
        name: value for one in problems for name, value in one.params.items() if name not in _OWN
    }


def _drop_transaction() -> None:
    try:
        db.session.rollback()
    except Exception:
        db.session.remove()
