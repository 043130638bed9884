"""The forms of answers to reconciliations and conformance runs."""

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
    ref,
    whole,
    words,
)


def more_schemas() -> dict[str, JsonSchema]:
    """Every form by its name."""
    return dict(_FORMS)


_FORMS: dict[str, JsonSchema] = {
    "InHouseList": whole(items={"type": "array", "maxItems": 1000, "items": ref("InHouse")}),
    "OnlyYours": whole(
        index=words(NUMBER, "The item's place in your list, from 0."), client_ref=MAYBE_TEXT
    ),
    "FieldDifference": whole(
        pointer=TEXT,
        yours={"description": "As you sent it."},
        ours={"description": "As it was reported."},
    ),
    "Difference": whole(
        index=words(NUMBER, "The item's place in your list, from 0."),
        stay_id=ID,
        client_ref=words(MAYBE_TEXT, "Of the stay that was reported."),
        version=NUMBER,
        fields=listed(ref("FieldDifference")),
    ),
    "Reconciliation": whole(
        counts=whole(matching=NUMBER, only_yours=NUMBER, only_ours=NUMBER, differing=NUMBER),
        only_yours=words(listed(ref("OnlyYours")), "Not reported, or not in house any more."),
        only_ours=words(listed(ref("Stay")), "In house here and not on your list."),
        differing=listed(ref("Difference")),
    ),
    "ConformanceStep": whole(
        name=TEXT, seen=FLAG, at=MAYBE_INSTANT, request_id=words(MAYBE_TEXT, "Of the call.")
    ),
    "Certificate": whole(
        number=TEXT,
        issued_at=INSTANT,
        url=TEXT | {"format": "uri"},
        verification_url=TEXT | {"format": "uri"},
    ),
    "ConformanceRun": whole(
        id=ID,
        integration=TEXT,
        contract_version=TEXT,
        state=one_of("open", "passed", "expired"),
        started_at=INSTANT,
        expires_at=INSTANT,
        steps=listed(ref("ConformanceStep")),
        certificate={"anyOf": [ref("Certificate"), {"type": "null"}]},
    ),
}
