"""The schemas of the document: the input schemas as they validate, and the forms of all answers."""

from marshmallow import Schema

from apoa.api.openapi.field_schemas import JsonSchema, code_schemas
from apoa.api.openapi.more_shapes import more_schemas
from apoa.api.openapi.permit_shapes import permit_schemas
from apoa.api.openapi.schemas import publish_patch, publish_sent, publish_shown
from apoa.api.openapi.shapes import (
    FLAG,
    ID,
    INSTANT,
    MAYBE_DAY,
    MAYBE_INSTANT,
    MAYBE_NUMBER,
    MAYBE_TEXT,
    NUMBER,
    TEXT,
    listed,
    one_of,
    optional,
    ref,
    whole,
    words,
)
from apoa.api.openapi.stay_shapes import stay_schemas
from apoa.api.openapi.webhook_shapes import webhook_schemas
from apoa.conformance.runs import RunInputSchema
from apoa.permits.feed.schema import PermitRowSchema
from apoa.stays.act_schemas import CancelSchema, CheckOutSchema, ReopenSchema
from apoa.stays.in_house_schema import InHouseSchema
from apoa.stays.schemas import StayReportSchema

SENT: tuple[type[Schema], ...] = (
    StayReportSchema,
    CheckOutSchema,
    CancelSchema,
    ReopenSchema,
    InHouseSchema,
    RunInputSchema,
    PermitRowSchema,
)


def schemas() -> dict[str, JsonSchema]:
    """Every schema of the document by its name, in the order of the alphabet."""
    made = GENERAL | code_schemas()
    for schema in SENT:
        publish_sent(schema(), made)
    publish_patch(StayReportSchema(), made)
    publish_shown(StayReportSchema(), made)
    made |= stay_schemas(made["StayReportShown"]) | more_schemas() | webhook_schemas()
    made |= permit_schemas()
    return dict(sorted(made.items()))


_FAULT = whole(
    "One fault of what was sent.",
    pointer=words(TEXT, 'A JSON pointer into what was sent; "" for the whole.'),
    code=TEXT,
    detail=words(TEXT, "What is wrong, in the language asked for."),
)
_ATTEMPT = whole(
    "Signed proof that this was tried and failed by a fault of ours.",
    received_at=INSTANT,
    method=TEXT,
    path=TEXT,
    body_sha256=words(MAYBE_TEXT, "Of the body as sent, in hex."),
    client_id=MAYBE_TEXT,
    request_id=TEXT,
    format=one_of("apoa-attempt-1"),
    key_id=words(TEXT, "Which of the receipt keys signed."),
    signature=words(TEXT, "Ed25519 in base64, of all other members as canonical JSON (RFC 8785)."),
)
_PROBLEM: JsonSchema = {
    "type": "object",
    "description": "RFC 9457. Decide by `code`: it never changes, the words may.",
    "required": ["type", "title", "status", "code", "detail", "request_id"],
    "properties": {
        "type": words(TEXT | {"format": "uri"}, "The page of the code."),
        "title": TEXT,
        "status": NUMBER | {"minimum": 400, "maximum": 599},
        "code": TEXT,
        "detail": TEXT,
        "request_id": TEXT,
        "errors": words(
            listed(ref("Fault")),
            "With 422 and some 409: all faults at once (of more than a hundred, the first).",
        ),
        "attempt": ref("Attempt"),
        "stay_id": words(TEXT, "With client-ref-in-use: the stay to change instead."),
        "version": words(TEXT, "With stale-version: the version that stands now."),
        "error": words(TEXT, "At the token's address: the code of RFC 6749."),
    },
    "additionalProperties": True,
}
_CODE = optional(
    whole(
        "One code.",
        code=TEXT,
        names=whole(id=TEXT, en=TEXT),
        valid_from=MAYBE_DAY,
        valid_until=MAYBE_DAY,
    ),
    nationality=words(FLAG, "Countries: whether a person can have it as nationality."),
    same_as=words(MAYBE_TEXT, "Countries: the code that this one is read as."),
    specimen=words(FLAG, "Countries: only on sample documents."),
    kind=words(one_of("problem", "error", "warning"), "Error codes: where it stands."),
    status=words(MAYBE_NUMBER, "Error codes: the HTTP status."),
)
GENERAL: dict[str, JsonSchema] = {
    "Fault": _FAULT,
    "Attempt": _ATTEMPT,
    "Problem": _PROBLEM,
    "Health": whole(status=one_of("ok")),
    "Outage": whole(
        "A declared outage.",
        id=ID,
        from_=INSTANT,
        until=MAYBE_INSTANT,
        reason=TEXT,
        declared_at=INSTANT,
        extension_minutes=words(MAYBE_NUMBER, "How much a deadline moves that it cut wholly."),
    ),
    "Status": whole(status=one_of("ok", "outage"), outages=listed(ref("Outage"))),
    "Limits": whole(requests_per_minute=NUMBER, batch_items=NUMBER, body_bytes=NUMBER),
    "Lodging": whole(id=ID, name=TEXT, type=TEXT, state=TEXT, time_zone=TEXT),
    "Me": whole(
        client_id=TEXT,
        name=TEXT,
        mode=one_of("live", "test"),
        scopes=listed(TEXT),
        expires_at=INSTANT,
        limits=ref("Limits"),
        properties=listed(ref("Lodging")),
    ),
    "CodeLists": whole(items=listed(whole(name=TEXT, url=TEXT))),
    "Code": _CODE,
    "CodeList": whole(name=TEXT, items=listed(ref("Code"))),
    "Token": whole(access_token=TEXT, token_type=one_of("Bearer"), expires_in=NUMBER, scope=TEXT),
}
