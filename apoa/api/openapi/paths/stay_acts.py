"""Describes what is done with a stay later: amended, checked out, cancelled, reopened, proved."""

from apoa.api.openapi.field_schemas import query_parameters, reference
from apoa.api.openapi.operation import JSON, Answer, Body, Link, Operation, Parameter, json_answer
from apoa.api.openapi.paths import stay_examples as example
from apoa.api.openapi.paths.places import LODGING, STAY
from apoa.api.openapi.paths.stays import STAY_LINKS
from apoa.api.openapi.shapes import ref
from apoa.stays.act_schemas import (
    CancelSchema,
    CheckOutSchema,
    ReceiptQuerySchema,
    ReopenSchema,
)

TAG = "Changes"
PROOF = "Receipts"
MERGE_PATCH = "application/merge-patch+json"
PDF = "application/pdf"
_PATH = "/properties/{property_id}/stays/{stay_id}"
_IF_MATCH = Parameter(
    "If-Match",
    "header",
    {"type": "string"},
    'The ETag of the answer that you change; "v3" alone is enough.',
    True,
    '"v1"',
)
_SIGNED = {
    "version": 1,
    "current_version": 1,
    "payload": {"format": "apoa-receipt-1", "number": example.NUMBER},
    "key_id": "r1",
    "signature": "c2lnbmF0dXJl",
    "public_key": "cHVibGljIGtleQ==",
}
_RECEIPT = {
    "number": example.NUMBER,
    "stay_id": example.STAY_ID,
    "issued_at": "2026-11-21T14:06:11.271943+07:00",
    "verification_url": f"https://apoa.example/receipts/{example.NUMBER}",
} | _SIGNED
_VERDICT = {
    "number": example.NUMBER,
    "genuine": True,
    "test": False,
    "property_name": "Hotel Pantai Panjang",
    "office_name": "Kantor Imigrasi Kelas I TPI Bengkulu",
    "issued_at": "2026-11-21T14:06:11.271943+07:00",
    "first_received_at": "2026-11-21T14:06:11.271943+07:00",
    "checked_in_at": "2026-11-21T14:05:00+07:00",
    "deadline": {"due_at": "2026-11-22T14:05:00+07:00", "state": "on_time"},
    "amended_since": False,
    "cancelled": False,
} | _SIGNED


def _changed(description: str, shown: object) -> tuple[Answer, ...]:
    return (json_answer(200, description, ref("Stay"), shown, headers=("ETag",), links=STAY_LINKS),)


OPERATIONS = (
    Operation(
        "PATCH", _PATH, "amendStay", TAG,
        "Correct what was reported",
        "A JSON merge patch (RFC 7396): what is named changes, null takes away, the rest stays."
        " application/json is taken as one too."
        " Makes a new version and keeps the first received time: a correction is never a late"
        " report. What stands already is not stored again. A stay with a check-out time changes"
        " it here; only reopening takes it away.",
        "stays:write",
        _changed("The stay as it stands now.", example.STAY | {"version": 2, "room": "305"}),
        (LODGING, STAY, _IF_MATCH),
        Body(ref("StayPatch"), {"room": {"room": "305"}}, (MERGE_PATCH,)),
        (
            "if-match-required",
            "stale-version",
            "stay-cancelled",
            "check-out-needs-reopen",
            "client-ref-in-use",
        ),
        checks_input=True,
    ),
    Operation(
        "POST", f"{_PATH}/check-out", "checkOutStay", TAG,
        "The guest left",
        "Said again of the same time it changes nothing. Another time is a correction: PATCH.",
        "stays:write",
        _changed("The departed stay.", example.LEFT),
        (LODGING, STAY),
        Body(reference(CheckOutSchema), {"left": {"checked_out_at": "2026-11-24T10:30:00+07:00"}}),
        ("stay-cancelled", "stay-already-departed"),
        checks_input=True,
    ),
    Operation(
        "POST", f"{_PATH}/cancel", "cancelStay", TAG,
        "It should not have been reported",
        "Cancelled again it changes nothing, and the first reason stands.",
        "stays:write",
        _changed("The cancelled stay.", example.CANCELLED),
        (LODGING, STAY),
        Body(reference(CancelSchema), {"never-came": {"reason": "The guest never came"}}),
        checks_input=True,
    ),
    Operation(
        "POST", f"{_PATH}/reopen", "reopenStay", TAG,
        "Take a check-out or a cancellation back",
        "A stay that is in house stays as it is.",
        "stays:write",
        _changed("The stay, in house.", example.STAY | {"version": 3}),
        (LODGING, STAY),
        Body(
            reference(ReopenSchema), {"back": {"reason": "Checked out by mistake"}}, required=False
        ),
        checks_input=True,
    ),
    Operation(
        "GET", f"{_PATH}/receipt", "getReceipt", PROOF,
        "The receipt, as data or on paper",
        "JSON or PDF by `Accept`. `payload` is what was signed, as canonical JSON (RFC 8785), with"
        " Ed25519 by the key `key_id`.",
        "receipts:read",
        (
            Answer(
                200, "The receipt of the present version, or of the one asked for.",
                {JSON: ref("Receipt"), PDF: {"type": "string", "contentMediaType": PDF}},
                {"example": _RECEIPT},
                ("Content-Language", "Content-Disposition"),
                {
                    "verify": Link(
                        "verifyReceipt", {"number": "$response.body#/number"}, "Is it genuine?"
                    )
                },
            ),
        ),
        (LODGING, STAY, *query_parameters(ReceiptQuerySchema())),
        None,
        ("not-acceptable",),
        checks_input=True,
    ),
    Operation(
        "GET", "/receipts/{number}", "verifyReceipt", PROOF,
        "Is a receipt genuine?",
        "Open to anybody who holds the number, like the address in its QR code. It tells nothing"
        " of the guest. Receipts of test keys say so (`test`).",
        "open",
        (json_answer(200, "The verdict.", ref("ReceiptVerdict"), _VERDICT),),
        (
            Parameter(
                "number", "path", {"type": "string"},
                "As printed; spaces, hyphens and case do not matter.", True, example.NUMBER,
            ),
        ),
    ),
)  # fmt: skip
