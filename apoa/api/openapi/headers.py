"""The headers of answers: what each says, and on which answers it stands."""

from typing import Any

ALWAYS = ("RateLimit", "RateLimit-Policy", "X-Request-Id", "Cache-Control")

HEADERS: dict[str, dict[str, Any]] = {
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
    "Cache-Control": {
        "description": "no-store; only what is the same for everybody may be kept for a while.",
        "schema": {"type": "string"},
        "example": "no-store",
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
        "description": "The language of title and detail, or of the paper.",
        "schema": {"type": "string", "enum": ["id", "en"]},
        "example": "en",
    },
    "Content-Encoding": {
        "description": "gzip where the answer is packed, as your Accept-Encoding allows.",
        "schema": {"type": "string", "enum": ["gzip"]},
        "example": "gzip",
    },
    "Vary": {
        "description": "The headers of the request that this answer depends on.",
        "schema": {"type": "string"},
        "example": "Accept-Language",
    },
    "Allow": {
        "description": "The methods that this address has.",
        "schema": {"type": "string"},
        "example": "GET, HEAD, OPTIONS",
    },
    "Accept-Post": {
        "description": "With unsupported-media-type: the content types that this call takes.",
        "schema": {"type": "string"},
        "example": "application/json",
    },
    "Accept-Patch": {
        "description": "With unsupported-media-type: the content types that this call takes.",
        "schema": {"type": "string"},
        "example": "application/merge-patch+json, application/json",
    },
    "Accept-Encoding": {
        "description": "With unsupported-encoding: how a body may be packed.",
        "schema": {"type": "string", "enum": ["gzip"]},
        "example": "gzip",
    },
}
# What an answer of data can be packed with, and every problem depends on.
DATA_HEADERS = ("Content-Encoding", "Vary")
PROBLEM_HEADERS = ("Content-Language", "Vary")
# The headers that a problem of a status must bring.
STATUS_HEADERS = {
    401: ("WWW-Authenticate",),
    403: ("WWW-Authenticate",),
    405: ("Allow",),
    429: ("Retry-After",),
    503: ("Retry-After",),
}
# The headers that a problem of a code must bring, where others of its status do not.
CODE_HEADERS = {
    "idempotency-in-progress": ("Retry-After",),
    "unsupported-encoding": ("Accept-Encoding",),
}
ACCEPTED_TYPES = {"POST": "Accept-Post", "PATCH": "Accept-Patch"}


def headers_of_problem(method: str, status: int, codes: list[str]) -> list[str]:
    """The headers that the problems of one status of an operation can bring."""
    names = [*PROBLEM_HEADERS, *STATUS_HEADERS.get(status, ())]
    for code in codes:
        names += CODE_HEADERS.get(code, ())
        if code == "unsupported-media-type":
            names.append(ACCEPTED_TYPES[method])
    return names
