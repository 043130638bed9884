"""Describes reporting: one guest, a rehearsal of it, many at once, and reading it all again."""

from apoa.api.openapi.field_schemas import query_parameters
from apoa.api.openapi.operation import (
    Answer,
    Body,
    Link,
    Operation,
    Parameter,
    json_answer,
)
from apoa.api.openapi.paths import stay_examples as example
from apoa.api.openapi.paths.places import LODGING, STAY
from apoa.api.openapi.shapes import ref
from apoa.stays.act_schemas import StayFilterSchema

TAG = "Stays"
_SAME_STAY = {
    "property_id": "$request.path.property_id",
    "stay_id": "$response.body#/id",
}
STAY_LINKS = {
    "read": Link("getStay", _SAME_STAY, "Read the stay."),
    "amend": Link(
        "amendStay",
        _SAME_STAY | {"If-Match": "$response.header.ETag"},
        "Change what was reported.",
    ),
    "versions": Link("listVersions", _SAME_STAY, "Every version."),
    "checkOut": Link("checkOutStay", _SAME_STAY, "The guest leaves."),
    "cancel": Link("cancelStay", _SAME_STAY, "It should not have been reported."),
    "reopen": Link("reopenStay", _SAME_STAY, "The guest is in house after all."),
    "receipt": Link("getReceipt", _SAME_STAY, "The proof."),
    "verify": Link("verifyReceipt", {"number": "$response.body#/receipt/number"}, "Is it genuine?"),
}
_REPORTS = {
    "whole": example.REPORT,
    "least": example.LEAST,
    "scanned": example.SCANNED,
}
_IF_NONE_MATCH = Parameter(
    "If-None-Match",
    "header",
    {"type": "string"},
    "The ETag that you have; 304 when it still holds.",
)
_BATCH_RESULT = {
    "results": [
        {"index": 0, "status": "created", "stay": example.STAY},
        {
            "index": 1,
            "status": "rejected",
            "problem": {
                "type": "https://apoa.example/api/docs/errors/invalid-input",
                "title": "The content is not right",
                "status": 422,
                "code": "invalid-input",
                "detail": "Correct everything named in errors, then send it again.",
                "request_id": "7f6d1c0f1a9f4a0c8c1f0f9d2b3a4c5d",
                "errors": [
                    {
                        "pointer": "/guest/nationality",
                        "code": "unknown-country",
                        "detail": "This is not a known country code.",
                    }
                ],
            },
        },
    ],
    "counts": {"created": 1, "duplicate": 0, "rejected": 1},
}

OPERATIONS = (
    Operation(
        "POST", "/properties/{property_id}/stays", "reportStay", TAG,
        "Report one guest",
        "The answer is the verdict: 201 means stored exactly once, audited, with a receipt."
        " `client_ref` is unique within a lodging: sent again with the same content it answers 200"
        " with the first stay, with other content 409 `client-ref-in-use` naming the stay to"
        " amend. Warnings never refuse a report.",
        "stays:write",
        (
            json_answer(
                200, "The same was reported before: the first stay, as it stands now.",
                ref("Stay"), example.STAY,
                headers=("ETag", "Location"), links=STAY_LINKS,
            ),
            json_answer(
                201, "Reported.", ref("Stay"), example.STAY,
                headers=("ETag", "Location"), links=STAY_LINKS,
            ),
        ),
        (LODGING,),
        Body(ref("StayReport"), _REPORTS),
        ("client-ref-in-use", "property-not-reporting"),
        checks_input=True,
    ),
    Operation(
        "POST", "/properties/{property_id}/stays/validate", "validateStay", TAG,
        "The same verdict; nothing is stored",
        "Answers 200 also to a report with faults: `valid` says whether it would be accepted."
        " `normalized` is the report as it would be stored, null where it cannot be read.",
        "stays:write",
        (
            json_answer(
                200, "The verdict.", ref("Verdict"),
                {"valid": True, "errors": [], "warnings": [], "normalized": example.REPORT},
            ),
        ),
        (LODGING,),
        Body(ref("AnyReport"), _REPORTS),
        ("property-not-reporting",),
    ),
    Operation(
        "POST", "/properties/{property_id}/stays/batch", "reportBatch", TAG,
        "Report up to 1,000 guests, each judged alone",
        "Answers 200 with one result for each item, in their order: good items are stored, whatever"
        " becomes of the others.",
        "stays:write",
        (json_answer(200, "The verdicts.", ref("BatchResult"), _BATCH_RESULT),),
        (LODGING,),
        Body(ref("Batch"), {"two": {"items": [example.REPORT, example.LEAST]}}),
        (),
        checks_input=True,
    ),
    Operation(
        "GET", "/properties/{property_id}/stays", "listStays", TAG,
        "What was reported, page by page",
        "The newest arrival first. Follow `next_cursor`, or the Link header, until it is null.",
        "stays:read",
        (
            json_answer(
                200, "A page of whole stays.", ref("StayPage"),
                {"items": [example.STAY], "next_cursor": None},
                headers=("Link",),
                links={
                    "next": Link(
                        "listStays",
                        {
                            "property_id": "$request.path.property_id",
                            "cursor": "$response.body#/next_cursor",
                        },
                        "The next page.",
                    )
                },
            ),
        ),
        (LODGING, *query_parameters(StayFilterSchema())),
        checks_input=True,
    ),
    Operation(
        "GET", "/properties/{property_id}/stays/{stay_id}", "getStay", TAG,
        "One stay",
        "As it stands now, with everything that was reported.",
        "stays:read",
        (
            json_answer(
                200, "The stay.", ref("Stay"), example.STAY, headers=("ETag",), links=STAY_LINKS
            ),
            Answer(304, "What you have still holds.", headers=("ETag",)),
        ),
        (LODGING, STAY, _IF_NONE_MATCH),
    ),
    Operation(
        "GET", "/properties/{property_id}/stays/{stay_id}/versions", "listVersions", TAG,
        "Every version of a stay",
        "Newest first: what changed, when, by which way.",
        "stays:read",
        (
            json_answer(
                200, "The versions.", ref("Versions"),
                {
                    "items": [
                        {
                            "version": 1,
                            "act": "report",
                            "state": "in_house",
                            "source": "api",
                            "received_at": "2026-11-21T14:06:11.271943+07:00",
                            "reason": None,
                            "changes": [{"pointer": "/room", "before": None, "after": "204"}],
                        }
                    ]
                },
            ),
        ),
        (LODGING, STAY),
    ),
)  # fmt: skip
