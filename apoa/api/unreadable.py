"""The answer to what is no request of HTTP and so never reaches the application."""

import json
from http import HTTPStatus

from apoa.api.problems import API_PROBLEMS
from apoa.base.errors import Problem
from apoa.base.problems import problem_text

# What the caller would rather read cannot be known: the language of most.
_LOCALE = "id"


def unreadable_answer(code: str, request_id: str, base_url: str) -> bytes:
    """The whole answer, a problem like every other (RFC 9457); the connection ends with it."""
    problem = API_PROBLEMS[code]
    body = json.dumps(
        {
            "type": f"{base_url}/api/docs/errors/{code}",
            "title": problem.title.in_locale(_LOCALE),
            "status": problem.status,
            "code": code,
            "detail": problem_text(Problem("", code), _LOCALE),
            "request_id": request_id,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    head = (
        f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}",
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
