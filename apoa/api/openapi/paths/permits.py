"""Describes feeds of permits: what an office's own system sends, and how far a feed is."""

from apoa.api.openapi.operation import Body, Link, Operation, Parameter, json_answer
from apoa.api.openapi.shapes import ID, ref

TAG = "Permits"
NEEDS = "permits:write"
_FEED_ID = "0193a5b0-7c1d-7e2f-8a3b-4c5d6e7f80a0"
_FEED = Parameter("feed_id", "path", ID, "A feed of the key's office.", True, _FEED_ID)
_PERMIT = {
    "number": "2C11AA0001-A",
    "issuing_state": "SWE",
    "kind": "itas",
    "index_code": "E23",
    "surname": "ERIKSSON",
    "given_names": "ANNA MARIA",
    "sex": "F",
    "birth_date": "1974-08-12",
    "nationality": "SWE",
    "valid_from": "2026-01-15",
    "valid_until": "2027-01-14",
    "status": "active",
    "sponsor": "PT Contoh",
    "region_code": "17.71",
    "document_number": "L898902C3",
    "document_expires_on": "2032-04-15",
}
_COUNTS = {"new": 1, "changed": 0, "unchanged": 0, "refused": 1}
_RESULT = {
    "feed_id": _FEED_ID,
    "dry_run": False,
    "results": [
        {"index": 0, "status": "new", "warnings": []},
        {
            "index": 1,
            "status": "refused",
            "problem": {
                "type": "https://apoa.example/api/docs/errors/invalid-input",
                "title": "The content is not right",
                "status": 422,
                "code": "invalid-input",
                "detail": "Correct everything named in errors, then send it again.",
                "request_id": "7f6d1c0f1a9f4a0c8c1f0f9d2b3a4c5d",
                "errors": [
                    {
                        "pointer": "/birth_date",
                        "code": "invalid-date",
                        "detail": "This is not a date that exists.",
                    }
                ],
            },
        },
    ],
    "counts": _COUNTS,
}
_SHOWN = {
    "id": _FEED_ID,
    "state": "done",
    "source": "api",
    "kind": "json",
    "dry_run": False,
    "data_as_of": "2026-11-21T00:00:00Z",
    "created_at": "2026-11-21T07:00:00Z",
    "ended_at": "2026-11-21T07:00:01Z",
    "total": 2,
    "done": 2,
    "counts": _COUNTS,
    "failure": None,
    "fault_count": 1,
    "faults": [
        {
            "row": 2,
            "column": "birth_date",
            "code": "invalid-date",
            "detail": "This is not a date that exists.",
            "is_warning": False,
        }
    ],
}

OPERATIONS = (
    Operation(
        "POST", "/permits/feeds", "sendPermits", TAG,
        "Send up to 1,000 permits, each judged alone",
        "For the own system of an immigration office, with a key that the office makes. A permit is"
        " named by its number and the state that issued its holder's document: what is sent again"
        " unchanged writes nothing, what has changed becomes a new version. Answers 200 with one"
        " result for each item, in their order: good items are stored, whatever becomes of the"
        " others. Of a number that comes twice the later item stands.",
        NEEDS,
        (
            json_answer(
                200, "The verdicts.", ref("PermitFeedResult"), _RESULT,
                links={
                    "report": Link(
                        "getPermitFeed", {"feed_id": "$response.body#/feed_id"}, "Its report."
                    )
                },
            ),
        ),
        (),
        Body(
            ref("PermitFeedInput"),
            {
                "one": {"items": [_PERMIT], "data_as_of": "2026-11-21T00:00:00Z"},
                "two": {
                    "items": [_PERMIT, _PERMIT | {"birth_date": "1974-02-30"}],
                    "dry_run": True,
                },
            },
        ),
        checks_input=True,
    ),
    Operation(
        "GET", "/permits/feeds/{feed_id}", "getPermitFeed", TAG,
        "How far a feed is, with its report",
        "Of a call it is done when the call is answered; files of the same office are here too.",
        NEEDS,
        (json_answer(200, "The feed.", ref("PermitFeed"), _SHOWN),),
        (_FEED,),
    ),
)  # fmt: skip
