"""The forms of answers about stays: the stay itself, verdicts, pages, versions, receipts."""

from apoa.api.openapi.field_schemas import JsonSchema
from apoa.api.openapi.shapes import (
    FLAG,
    ID,
    INSTANT,
    MAYBE_INSTANT,
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

MOST_ITEMS = 1000
_STATES = ref("StayState")
_SIGNED = {
    "version": words(NUMBER, "Of the stay, to which the receipt belongs."),
    "current_version": words(NUMBER, "Of the stay now."),
    "payload": {
        "type": "object",
        "additionalProperties": True,
        "description": "What was signed, as canonical JSON (RFC 8785).",
    },
    "key_id": words(TEXT, "Which key signed."),
    "signature": words(TEXT, "Ed25519, in base64."),
    "public_key": words(TEXT, "Of that key, in base64."),
}


def stay_schemas(reported: JsonSchema) -> dict[str, JsonSchema]:
    """Every form by its name; `reported` is how an answer shows what was reported."""
    return {"Stay": _stay(reported)} | _FORMS


def _stay(reported: JsonSchema) -> JsonSchema:
    before = whole(
        id=ID,
        property_id=words(ID, "As you name the lodging, also in test mode."),
        version=NUMBER | {"minimum": 1},
        state=_STATES,
    )
    after = whole(
        cancel_reason=MAYBE_TEXT,
        cancelled_at=MAYBE_INSTANT,
        source=words(TEXT, "By which way the present version came: api, web, ..."),
        first_received_at=words(INSTANT, "Never changes; the deadline is held against it."),
        updated_at=INSTANT,
        deadline=ref("Deadline"),
        receipt=ref("ReceiptLink"),
        warnings=words(listed(ref("Fault")), "What looks unusual. Never a reason to refuse."),
    )
    parts = (before, reported, after)
    properties = {name: one for part in parts for name, one in part["properties"].items()}
    return before | {
        "description": "A stay as it stands, with everything that was reported.",
        "properties": properties,
        "required": list(properties),
    }


_ANY_REPORT: JsonSchema = {
    "description": "A StayReport. Anything else gets its verdict too.",
    "anyOf": [ref("StayReport"), {}],
}
_RESULT = optional(
    whole(
        "The verdict on one item.",
        index=words(NUMBER, "The item's place, from 0."),
        status=one_of("created", "duplicate", "rejected"),
    ),
    stay=words(ref("Stay"), "Unless rejected."),
    problem=words(ref("Problem"), "Where rejected."),
)
_FORMS: dict[str, JsonSchema] = {
    "AnyReport": _ANY_REPORT,
    "Deadline": whole(due_at=INSTANT, state=one_of("on_time", "late", "extended")),
    "ReceiptLink": whole(
        number=TEXT,
        issued_at=INSTANT,
        url=words(TEXT | {"format": "uri"}, "With your key: the receipt, in JSON or PDF."),
        verification_url=words(TEXT | {"format": "uri"}, "Open to anybody."),
    ),
    "Verdict": whole(
        valid=FLAG,
        errors=listed(ref("Fault")),
        warnings=listed(ref("Fault")),
        normalized={"anyOf": [ref("StayReportShown"), {"type": "null"}]},
    ),
    "Batch": whole(items={"type": "array", "maxItems": MOST_ITEMS, "items": ref("AnyReport")}),
    "BatchItem": _RESULT,
    "BatchResult": whole(
        results=listed(ref("BatchItem")),
        counts=whole(created=NUMBER, duplicate=NUMBER, rejected=NUMBER),
    ),
    "StayPage": whole(
        items=listed(ref("Stay")), next_cursor=words(MAYBE_TEXT, "null on the last page.")
    ),
    "Change": whole(
        "What one field was, and became.",
        pointer=TEXT,
        before={"description": "null where nothing was."},
        after={"description": "null where nothing is."},
    ),
    "Version": whole(
        version=NUMBER,
        act=TEXT,
        state=_STATES,
        source=TEXT,
        received_at=INSTANT,
        reason=MAYBE_TEXT,
        changes=listed(ref("Change")),
    ),
    "Versions": whole(items=listed(ref("Version"))),
    "Receipt": whole(
        number=TEXT,
        stay_id=ID,
        issued_at=INSTANT,
        verification_url=TEXT | {"format": "uri"},
        **_SIGNED,
    ),
    "ReceiptVerdict": whole(
        number=TEXT,
        genuine=words(FLAG, "Whether the signature is sound and speaks of this receipt."),
        test=words(FLAG, "true: a test key's, which counts nowhere."),
        property_name=TEXT,
        office_name=TEXT,
        issued_at=INSTANT,
        first_received_at=INSTANT,
        checked_in_at=INSTANT,
        deadline=ref("Deadline"),
        amended_since=FLAG,
        cancelled=FLAG,
        **_SIGNED,
    ),
}
