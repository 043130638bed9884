"""What all operations share: headers, the form of a problem, and which codes follow from what."""

from collections.abc import Iterable
from typing import Any

from apoa.api.blueprint import ANY_KEY, OPEN
from apoa.api.openapi.operation import Body, Operation, Parameter
from apoa.api.problems import API_PROBLEMS
from apoa.base.problems import PROBLEMS

JsonSchema = dict[str, Any]
PROBLEM_TYPE = "application/problem+json"
ALWAYS = ("RateLimit", "RateLimit-Policy", "X-Request-Id")

HEADERS: dict[str, JsonSchema] = {
    "RateLimit": {
        "description": "What is left of the quota (r) and after how many seconds it is full (t).",
        "schema": {"type": "string", "pattern": '^"default";r=[0-9]+;t=[0-9]+$'},
        "example": '"default";r=599;t=1',
    },
    "RateLimit-Policy": {
        "description": "The quota (q) of calls in a window of w seconds.",
        "schema": {"type": "string", "pattern": '^"default";q=[0-9]+;w=[0-9]+$'},
        "example": '"default";q=600;w=60',
    },
    "X-Request-Id": {
        "description": "The id that you sent, or one of ours: name it when you ask us.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9._:-]{1,64}$"},
        "example": "7f6d1c0f1a9f4a0c8c1f0f9d2b3a4c5d",
    },
    "ETag": {
        "description": "The version; send it as If-Match to change, as If-None-Match to ask again.",
        "schema": {"type": "string", "pattern": '^(W/)?"[^"]+"$'},
        "example": '"v1"',
    },
    "Location": {
        "description": "Where that which was made can be read.",
        "schema": {"type": "string", "format": "uri-reference"},
        "example": "/api/v1/me",
    },
    "Link": {
        "description": 'The next page, as rel="next"; absent on the last one.',
        "schema": {"type": "string"},
        "example": '</api/v1/properties/…/stays?cursor=…>; rel="next"',
    },
    "Idempotency-Replayed": {
        "description": "Only on the answer of a request that was done before: true.",
        "schema": {"type": "string", "enum": ["true"]},
        "example": "true",
    },
    "Retry-After": {
        "description": "After how many seconds to send the same again.",
        "schema": {"type": "integer", "minimum": 0},
        "example": 30,
    },
    "WWW-Authenticate": {
        "description": "How to sign in, and what was wrong with how you did.",
        "schema": {"type": "string"},
        "example": 'Bearer realm="apoa", error="invalid_token"',
    },
    "Content-Disposition": {
        "description": "A name for the file.",
        "schema": {"type": "string"},
        "example": 'attachment; filename="receipt.pdf"',
    },
    "Content-Language": {
        "description": "The language of title and detail.",
        "schema": {"type": "string", "enum": ["id", "en"]},
        "example": "en",
    },
}
# The headers that a problem of a status must bring.
STATUS_HEADERS = {
    401: ("WWW-Authenticate",),
    403: ("WWW-Authenticate",),
    429: ("Retry-After",),
    503: ("Retry-After",),
}
IDEMPOTENCY_KEY = Parameter(
    "Idempotency-Key",
    "header",
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "A name of your choice for this request, such as a UUID. Sent again with the same content, it"
    " is answered as the first time. Kept for at least 24 hours.",
)
_KEY_CODES = (
    "credentials-missing",
    "credentials-invalid",
    "key-expired",
    "key-ended",
    "token-expired",
)
_FORM_CODES = ("body-too-large", "unsupported-media-type")
_JSON_CODES = (
    "malformed-json",
    "malformed-body",
    "nested-too-deep",
    "duplicate-member",
    "body-too-large",
    "unsupported-media-type",
    "unsupported-encoding",
)
_KEPT_CODES = (
    "idempotency-key-malformed",
    "idempotency-in-progress",
    "idempotency-key-reused",
)


def codes_of(operation: Operation) -> list[str]:
    """Every code that can be the `code` of this operation's problem."""
    found: list[str] = ["bad-request", "rate-limited", "internal-error", "unavailable"]
    if operation.needs != OPEN:
        found += _KEY_CODES
    if operation.needs not in (OPEN, ANY_KEY):
        found.append("insufficient-scope")
    if "{" in operation.path:
        found.append("not-found")
    if operation.body is not None:
        found += _JSON_CODES if _takes_json(operation.body) else _FORM_CODES
    if operation.takes_idempotency_key:
        found += _KEPT_CODES
    if operation.checks_input:
        found.append("invalid-input")
    return [*dict.fromkeys([*found, *operation.problems])]


def _takes_json(body: Body) -> bool:
    return any(one.endswith("json") for one in body.media_types)


def by_status(codes: Iterable[str]) -> dict[int, list[str]]:
    """The codes under the status that each answers with. Raises KeyError for one unpublished."""
    found: dict[int, list[str]] = {}
    for code in codes:
        found.setdefault(API_PROBLEMS[code].status, []).append(code)
    return dict(sorted(found.items()))


def example_of(code: str, base_url: str) -> dict[str, Any]:
    """A whole problem of this code, in English."""
    problem = API_PROBLEMS[code]
    words = PROBLEMS[code].english
    body: dict[str, Any] = {
        "type": f"{base_url}/api/docs/errors/{code}",
        "title": problem.title.english,
        "status": problem.status,
        "code": code,
        "detail": words.format_map(_Samples()),
        "request_id": HEADERS["X-Request-Id"]["example"],
    }
    if code == "invalid-input":
        fault = {
            "pointer": "/guest/birth_date",
            "code": "invalid-date",
            "detail": PROBLEMS["invalid-date"].english,
        }
        body["errors"] = [fault]
    return body


_SAMPLES = {
    "max": "2097152",
    "quota": "600",
    "seconds": "12",
    "scope": "stays:write",
    "reason": "line 1, column 5",
    "name": "room",
    "wanted": "application/json",
    "available": "application/json, application/pdf",
    "stay_id": "0192f3c1-4f6a-7d5e-9a31-1c2d3e4f5a6b",
}


class _Samples(dict[str, str]):
    """What stands in the words of an example; a param without a sample stays as it is named."""

    def __missing__(self, key: str) -> str:
        return _SAMPLES.get(key, "{" + key + "}")
