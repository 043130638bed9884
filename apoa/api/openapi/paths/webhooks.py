"""Describes webhooks: endpoints with their secrets, deliveries, tests and sending again."""

from apoa.api.openapi.field_schemas import query_parameters
from apoa.api.openapi.operation import Answer, Body, Link, Operation, Parameter, json_answer
from apoa.api.openapi.paths.stay_examples import PROPERTY_ID, STAY_ID
from apoa.api.openapi.shapes import ID, ref
from apoa.api.webhook_deliveries import DeliveryFilterSchema

TAG = "Webhooks"
NEEDS = "webhooks:manage"
_ENDPOINT_ID = "0193a5b0-7c1d-7e2f-8a3b-4c5d6e7f8090"
_DELIVERY_ID = "0193a5b0-7c1d-7e2f-8a3b-4c5d6e7f8091"
_MERGE_PATCH = "application/merge-patch+json"
_ENDPOINT = Parameter("endpoint_id", "path", ID, "An endpoint of this key.", True, _ENDPOINT_ID)
_DELIVERY = Parameter("delivery_id", "path", ID, "A delivery to this endpoint.", True, _DELIVERY_ID)
_ASKED = {
    "url": "https://pms.example.com/apoa-events",
    "events": ["stay.accepted", "stay.amended", "stay.checked_out", "stay.cancelled"],
    "description": "Example PMS",
}
_SHOWN = {
    "id": _ENDPOINT_ID,
    **_ASKED,
    "property_ids": [PROPERTY_ID],
    "mode": "live",
    "state": "active",
    "disabled_reason": None,
    "disabled_at": None,
    "failing_since": None,
    "previous_secret_valid_until": None,
    "created_at": "2026-11-21T07:00:00Z",
}
_WITH_SECRET = _SHOWN | {"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}
_SENT = {
    "id": _DELIVERY_ID,
    "event_id": "0193a5b0-7c1d-7e2f-8a3b-4c5d6e7f8092",
    "type": "stay.accepted",
    "property_id": PROPERTY_ID,
    "data": {
        "property_id": PROPERTY_ID,
        "stay_id": STAY_ID,
        "client_ref": "RES-88121-1",
        "version": 1,
        "state": "in_house",
        "source": "api",
        "receipt_number": "STT-2611-199D-RQEF-TWYN-Q",
    },
    "state": "delivered",
    "occurred_at": "2026-11-21T07:05:00Z",
    "next_try_at": None,
    "finished_at": "2026-11-21T07:05:02Z",
    "attempts": [
        {
            "at": "2026-11-21T07:05:02Z",
            "status_code": 204,
            "error": None,
            "duration_ms": 87,
            "response": "",
        }
    ],
}
_WAITING = _SENT | {
    "state": "pending",
    "next_try_at": "2026-11-21T07:05:00Z",
    "finished_at": None,
    "attempts": [],
}
_SAME = {"endpoint_id": "$response.body#/id"}
_LINKS = {
    "read": Link("getWebhookEndpoint", _SAME, "Read it."),
    "amend": Link("amendWebhookEndpoint", _SAME, "Change it."),
    "test": Link("testWebhookEndpoint", _SAME, "Send a test."),
    "deliveries": Link("listWebhookDeliveries", _SAME, "What was sent."),
    "delete": Link("deleteWebhookEndpoint", _SAME, "Send nothing more."),
}
_OF_DELIVERY = {
    "endpoint_id": "$request.path.endpoint_id",
    "delivery_id": "$response.body#/id",
}
_DELIVERY_LINKS = {
    "read": Link("getWebhookDelivery", _OF_DELIVERY, "See what became of it."),
    "replay": Link("replayWebhookDelivery", _OF_DELIVERY, "Send it again."),
}


def _queued(description: str) -> Answer:
    return json_answer(
        202, description, ref("WebhookDelivery"), _WAITING,
        headers=("Location",), links=_DELIVERY_LINKS,
    )  # fmt: skip


OPERATIONS = (
    Operation(
        "GET", "/webhook-endpoints", "listWebhookEndpoints", TAG,
        "The endpoints of this key",
        "Those of other keys, and those that a manager registered on the web, are not shown.",
        NEEDS,
        (
            json_answer(
                200, "The newest first.", ref("WebhookEndpointList"), {"items": [_SHOWN]}
            ),
        ),
    ),
    Operation(
        "POST", "/webhook-endpoints", "registerWebhookEndpoint", TAG,
        "Have events sent to an address",
        "Events are signed as Standard Webhooks says, and tried for three days until the address"
        " answers 2xx. Redirects are not followed. At most ten endpoints for a key.",
        NEEDS,
        (
            json_answer(
                201, "Registered; the secret is in this answer alone.",
                ref("WebhookEndpointWithSecret"), _WITH_SECRET,
                headers=("Location",), links=_LINKS,
            ),
        ),
        body=Body(ref("WebhookEndpointInput"), {"stays": _ASKED}),
        problems=("too-many-webhook-endpoints",),
        checks_input=True,
    ),
    Operation(
        "GET", "/webhook-endpoints/{endpoint_id}", "getWebhookEndpoint", TAG,
        "One endpoint", "As it stands now, without its secret.",
        NEEDS,
        (json_answer(200, "The endpoint.", ref("WebhookEndpoint"), _SHOWN, links=_LINKS),),
        (_ENDPOINT,),
    ),
    Operation(
        "PATCH", "/webhook-endpoints/{endpoint_id}", "amendWebhookEndpoint", TAG,
        "Change address, events, lodgings or state",
        "A JSON merge patch. An endpoint that was disabled for failing is made active again here.",
        NEEDS,
        (json_answer(200, "As it stands now.", ref("WebhookEndpoint"), _SHOWN),),
        (_ENDPOINT,),
        Body(
            ref("WebhookEndpointPatch"), {"again": {"state": "active"}}, (_MERGE_PATCH,)
        ),
        checks_input=True,
    ),
    Operation(
        "DELETE", "/webhook-endpoints/{endpoint_id}", "deleteWebhookEndpoint", TAG,
        "Have nothing more sent", "What waits for this endpoint is not sent either.",
        NEEDS,
        (Answer(204, "Nothing is sent there any more."),),
        (_ENDPOINT,),
    ),
    Operation(
        "POST", "/webhook-endpoints/{endpoint_id}/rotate-secret", "rotateWebhookSecret", TAG,
        "A new secret",
        "During the overlap each event has two signatures, by the new and by the old secret.",
        NEEDS,
        (
            json_answer(
                200, "The secret is in this answer alone.", ref("WebhookEndpointWithSecret"),
                _WITH_SECRET | {"previous_secret_valid_until": "2026-11-22T07:00:00Z"},
            ),
        ),
        (_ENDPOINT,),
        Body(ref("ReplaceWebhookSecret"), {"day": {"overlap_hours": 24}}, required=False),
        checks_input=True,
    ),
    Operation(
        "POST", "/webhook-endpoints/{endpoint_id}/test", "testWebhookEndpoint", TAG,
        "Send a test",
        "Sends the event webhook.test once, without retries. What became of it is in the delivery.",
        NEEDS,
        (_queued("It is on its way."),),
        (_ENDPOINT,),
        problems=("webhook-endpoint-disabled",),
    ),
    Operation(
        "GET", "/webhook-endpoints/{endpoint_id}/deliveries", "listWebhookDeliveries", TAG,
        "What was sent, and what became of it",
        "The newest first, for thirty days, with every try.",
        NEEDS,
        (
            json_answer(
                200, "A page.", ref("WebhookDeliveryList"),
                {"items": [_SENT], "next_cursor": None}, headers=("Link",),
            ),
        ),
        (_ENDPOINT, *query_parameters(DeliveryFilterSchema())),
        checks_input=True,
    ),
    Operation(
        "GET", "/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}",
        "getWebhookDelivery", TAG,
        "One delivery", "With every try.",
        NEEDS,
        (json_answer(200, "The delivery.", ref("WebhookDelivery"), _SENT),),
        (_ENDPOINT, _DELIVERY),
    ),
    Operation(
        "POST", "/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/replay",
        "replayWebhookDelivery", TAG,
        "Send an event again",
        "Under the same webhook-id, at once, and again for three days.",
        NEEDS,
        (_queued("It is on its way again."),),
        (_ENDPOINT, _DELIVERY),
        problems=("webhook-endpoint-disabled",),
    ),
)  # fmt: skip
