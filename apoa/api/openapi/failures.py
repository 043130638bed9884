"""How each operation can fail: which codes follow from what it takes, and what each looks like."""

from collections.abc import Iterable
from typing import Any

from apoa.api.blueprint import ANY_KEY, OPEN
from apoa.api.openapi.headers import HEADERS
from apoa.api.openapi.operation import Body, Operation, Parameter
from apoa.api.problems import API_PROBLEMS, problem_members
from apoa.base.problems import PROBLEMS

PROBLEM_TYPE = "application/problem+json"
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
    body = problem_members(
        code,
        API_PROBLEMS[code].status,
        PROBLEMS[code].english.format_map(_Samples()),
        locale="en",
        base_url=base_url,
        request_id=HEADERS["X-Request-Id"]["example"],
    )
    errors = _errors_of(code, body["detail"])
    if errors:
        body["errors"] = errors
    return body | _MEMBERS.get(code, {})


def _errors_of(code: str, detail: str) -> list[dict[str, Any]]:
    """Faults as they come with a refusal: of the input, or of an act in the present state."""
    if code == "invalid-input":
        code, detail = "invalid-date", PROBLEMS["invalid-date"].english
        return [{"pointer": "/guest/birth_date", "code": code, "detail": detail}]
    if API_PROBLEMS[code].status == 409 and code not in _KEPT_CODES:
        return [{"pointer": _POINTERS.get(code, ""), "code": code, "detail": detail}]
    return []


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

_POINTERS = {
    "client-ref-in-use": "/client_ref",
    "stay-already-departed": "/checked_out_at",
    "check-out-needs-reopen": "/checked_out_at",
}
# What a problem names besides its words.
_MEMBERS: dict[str, dict[str, str]] = {
    "client-ref-in-use": {"stay_id": _SAMPLES["stay_id"]},
    "stale-version": {"version": "3"},
}


class _Samples(dict[str, str]):
    """What stands in the words of an example; a param without a sample stays as it is named."""

    def __missing__(self, key: str) -> str:
        return _SAMPLES.get(key, "{" + key + "}")
