"""Describes reconciliation: a lodging's own list of who is in house, held against what is here."""

from apoa.api.openapi.operation import Body, Operation, json_answer
from apoa.api.openapi.paths import stay_examples as example
from apoa.api.openapi.paths.places import LODGING
from apoa.api.openapi.shapes import ref

_LIST = {
    "items": [
        {"client_ref": "RES-88121-1", "room": "305"},
        {"guest": {"surname": "OKAFOR", "given_names": "CHIDI", "birth_date": "1988-00-00"}},
    ]
}
_FOUND = {
    "counts": {"matching": 0, "only_yours": 1, "only_ours": 0, "differing": 1},
    "only_yours": [{"index": 1, "client_ref": None}],
    "only_ours": [],
    "differing": [
        {
            "index": 0,
            "stay_id": example.STAY_ID,
            "client_ref": "RES-88121-1",
            "version": 1,
            "fields": [{"pointer": "/room", "yours": "305", "ours": "204"}],
        }
    ],
}

OPERATIONS = (
    Operation(
        "POST", "/properties/{property_id}/reconciliations", "reconcile", "Reconciliation",
        "Who is in house at yours, and who is here?",
        "Send everybody who is in house, as whole or as short as you have them: by `client_ref`,"
        " by the document's number, or by name and date of birth. The answer names what only you"
        " have, what only we have, and what differs. What you leave out is not compared. No stay is"
        " changed. Of guests that only you have, `client_ref` and `checked_in_at` are kept while an"
        " endpoint listens for deadline events, so that you are told before their time runs out.",
        "stays:read",
        (json_answer(200, "What was found.", ref("Reconciliation"), _FOUND),),
        (LODGING,),
        Body(ref("InHouseList"), {"two": _LIST}),
        checks_input=True,
    ),
)  # fmt: skip
