"""The answer to what is no request of HTTP and so never reaches the application."""

import json
from http import HTTPStatus

from apoa.api.problems import API_PROBLEMS, problem_members
from apoa.base.errors import Problem
from apoa.base.problems import problem_text

# What the caller would rather read cannot be known: the language of most.
_LOCALE = "id"


def unreadable_answer(code: str, request_id: str, base_url: str) -> bytes:
    """The whole answer, a problem like every other (RFC 9457); the connection ends with it."""
    status = API_PROBLEMS[code].status
    detail = problem_text(Problem("", code), _LOCALE)
    problem = problem_members(
        code, status, detail, locale=_LOCALE, base_url=base_url, request_id=request_id
    )
    body = json.dumps(problem, ensure_ascii=False, separators=(",", ":")).encode()
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        "Connection: close",
        "Content-Type: application/problem+json",
        f"Content-Language: {_LOCALE}",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        f"X-Request-Id: {request_id}",
        "",
        "",
    )
    return "\r\n".join(head).encode("ascii") + body
