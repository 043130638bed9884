"""Describes what stands around the stays: health, status, the key itself, code lists, tokens."""

from apoa.api.blueprint import ANY_KEY, OPEN
from apoa.api.openapi.operation import Answer, Body, Link, Operation, Parameter, json_answer

FORM = "application/x-www-form-urlencoded"
TAG = "General"
_IF_NONE_MATCH = Parameter(
    "If-None-Match",
    "header",
    {"type": "string"},
    "The ETag that you have; 304 when it still holds.",
)
_UNCHANGED = Answer(304, "What you have still holds.", headers=("ETag",))


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


_COUNTRY = {
    "code": "SWE",
    "names": {"id": "Swedia", "en": "Sweden"},
    "valid_from": None,
    "valid_until": None,
    "nationality": True,
    "same_as": None,
    "specimen": False,
}
_ME = {
    "client_id": "apoa_test_ageuqs2wvjhkzdmtaaaaaaaaaa",
    "name": "Example PMS",
    "mode": "test",
    "scopes": ["receipts:read", "stays:read", "stays:write"],
    "expires_at": "2027-11-21T07:00:00Z",
    "limits": {"requests_per_minute": 600, "batch_items": 1000, "body_bytes": 2097152},
    "properties": [
        {
            "id": "0192f3c1-4f6a-7d5e-9a31-1c2d3e4f5a6b",
            "name": "Hotel Pantai Panjang",
            "type": "hotel",
            "state": "approved",
            "time_zone": "Asia/Jakarta",
        }
    ],
}
_TOKEN_FORM = {
    "type": "object",
    "required": ["grant_type"],
    "properties": {
        "grant_type": {"type": "string", "const": "client_credentials"},
        "client_id": {"type": "string", "description": "Or by HTTP Basic."},
        "client_secret": {"type": "string", "description": "Or by HTTP Basic."},
        "scope": {"type": "string", "description": "Fewer scopes than the key's, with spaces."},
    },
}

OPERATIONS = (
    Operation(
        "GET", "/health", "getHealth", TAG,
        "Does the process live?",
        "Says nothing of the database, so that its outage restarts nothing.",
        OPEN,
        (json_answer(200, "It lives.", _ref("Health"), {"status": "ok"}),),
    ),
    Operation(
        "GET", "/status", "getStatus", TAG,
        "Declared outages, and by how much each moves the deadlines",
        "What lasts now or ended in the last 90 days. While an outage lasts, its `until` and"
        " `extension_minutes` are null. A deadline moves by the part of the outage between"
        " check-in and deadline.",
        OPEN,
        (
            json_answer(
                200, "The outages, newest first.", _ref("Status"),
                {
                    "status": "ok",
                    "outages": [
                        {
                            "id": "0192f3c1-4f6a-7d5e-9a31-1c2d3e4f5a6b",
                            "from": "2026-11-20T01:00:00Z",
                            "until": "2026-11-20T03:30:00Z",
                            "reason": "Gangguan listrik",
                            "declared_at": "2026-11-20T01:20:00Z",
                            "extension_minutes": 150,
                        }
                    ],
                },
            ),
        ),
    ),
    Operation(
        "GET", "/me", "getMe", TAG,
        "The key: mode, scopes, expiry, limits, lodgings",
        "The first call of an integration: it shows which lodgings the key serves, by their ids.",
        ANY_KEY,
        (json_answer(200, "What the key is good for.", _ref("Me"), _ME),),
    ),
    Operation(
        "GET", "/code-lists", "listCodeLists", TAG,
        "Which code lists there are",
        "Codes are added, never changed or taken away; what no longer holds has `valid_until`.",
        OPEN,
        (
            json_answer(
                200, "The names.", _ref("CodeLists"),
                {"items": [{"name": "countries", "url": "/api/v1/code-lists/countries"}]},
                headers=("ETag",),
                links={
                    "list": Link(
                        "getCodeList", {"name": "$response.body#/items/0/name"}, "Read a list."
                    )
                },
            ),
            _UNCHANGED,
        ),
        (_IF_NONE_MATCH,),
    ),
    Operation(
        "GET", "/code-lists/{name}", "getCodeList", TAG,
        "One code list",
        "Countries (ISO 3166-1 alpha-3 with the codes of ICAO Doc 9303), document types, permit"
        " kinds, purposes, sexes, property types, scopes, error codes.",
        OPEN,
        (
            json_answer(
                200, "The codes with their words.", _ref("CodeList"),
                {"name": "countries", "items": [_COUNTRY]},
                headers=("ETag",),
            ),
            _UNCHANGED,
        ),
        (
            Parameter(
                "name", "path", {"type": "string"}, "The list's name.", required=True,
                example="countries",
            ),
            _IF_NONE_MATCH,
        ),
    ),
    Operation(
        "POST", "/oauth/token", "createToken", TAG,
        "A token of one hour for a key's id and secret",
        "OAuth 2.0 client credentials (RFC 6749, section 4.4). Problems carry RFC 6749's `error`"
        " beside the `code`.",
        OPEN,
        (
            json_answer(
                200, "Send `access_token` as the bearer.", _ref("Token"),
                {
                    "access_token": "apoa_token_EXAMPLE",
                    "token_type": "Bearer",
                    "expires_in": 3600,
                    "scope": "stays:read stays:write",
                },
            ),
        ),
        body=Body(
            _TOKEN_FORM,
            {
                "client": {
                    "grant_type": "client_credentials",
                    "client_id": "apoa_test_ageuqs2wvjhkzdmtaaaaaaaaaa",
                    "client_secret": "EXAMPLE",
                    "scope": "stays:write",
                }
            },
            (FORM,),
        ),
        problems=("unsupported-grant-type", "scope-not-granted", "credentials-invalid"),
    ),
    Operation(
        "GET", "/openapi.json", "getOpenapi", TAG,
        "This document",
        "OpenAPI 3.1 with JSON Schema 2020-12.",
        OPEN,
        (
            Answer(
                200, "The document.", {"application/json": {"type": "object"}}, headers=("ETag",)
            ),
            _UNCHANGED,
        ),
        (_IF_NONE_MATCH,),
    ),
)  # fmt: skip
