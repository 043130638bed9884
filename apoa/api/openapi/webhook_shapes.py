"""The forms of webhook endpoints, of deliveries, and of what is sent."""

from apoa.api.openapi.field_schemas import PLAIN_TEXT, JsonSchema
from apoa.api.openapi.shapes import (
    ID,
    INSTANT,
    MAYBE_INSTANT,
    MAYBE_NUMBER,
    MAYBE_TEXT,
    NUMBER,
    TEXT,
    listed,
    one_of,
    ref,
    whole,
    words,
)
from apoa.webhooks.change_endpoint import LONGEST_OVERLAP_HOURS
from apoa.webhooks.event_types import EVENT_TYPES, RESERVED_EVENTS, TEST_EVENT
from apoa.webhooks.targets import LONGEST_URL

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_URL = (
    rf"^https://(?:{_LABEL}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]"
    r"(?::(?:443|[2-9][0-9]{3}|[1-5][0-9]{4}))?(?:[/?][!\"$-\[\]-~]*)?$"
)
_EVENT = one_of(*EVENT_TYPES)
_MEMBERS: dict[str, JsonSchema] = {
    "url": words(
        TEXT | {"maxLength": LONGEST_URL, "pattern": _URL},
        "https to a name that the internet can reach; no user, no fragment, no number as host.",
    ),
    "events": words(listed(_EVENT) | {"minItems": 1}, "Which events are sent."),
    "description": words(MAYBE_TEXT | {"maxLength": 120, "pattern": PLAIN_TEXT}, "Your own words."),
    "property_ids": words(
        {
            "type": ["array", "null"],
            "items": ID,
            "minItems": 1,
        },
        "Lodgings of the key; null means all that it has now.",
    ),
    "state": words(
        one_of("active", "disabled"), "Made active again, earlier failures no longer count."
    ),
}
_SHOWN: dict[str, JsonSchema] = {
    "id": ID,
    "url": TEXT,
    "description": MAYBE_TEXT,
    "events": listed(TEXT),
    "property_ids": listed(ID),
    "mode": one_of("live", "test"),
    "state": one_of("active", "disabled"),
    "disabled_reason": words(
        {"enum": ["owner", "failing", "gone", None]},
        "owner: you did. failing: nothing arrived for three days. gone: it answered 410.",
    ),
    "disabled_at": MAYBE_INSTANT,
    "failing_since": words(MAYBE_INSTANT, "The first failure after the last success."),
    "previous_secret_valid_until": words(MAYBE_INSTANT, "Until then the secret before signs too."),
    "created_at": INSTANT,
}
_SECRET = words(TEXT | {"pattern": "^whsec_"}, "Signs what is sent. Shown now and never again.")
_DATA: JsonSchema = {
    "type": "object",
    "description": "Ids and references: what to ask about. Members may be added.",
    "required": ["property_id"],
    "properties": {
        "property_id": ID,
        "stay_id": ID,
        "client_ref": MAYBE_TEXT,
        "version": NUMBER,
        "state": TEXT,
        "source": TEXT,
        "receipt_number": TEXT,
        "due_at": INSTANT,
        "endpoint_id": ID,
    },
    "additionalProperties": True,
}


def webhook_schemas() -> dict[str, JsonSchema]:
    """Every form by its name."""
    sent: JsonSchema = {"type": "object", "additionalProperties": False, "properties": _MEMBERS}
    return {
        "WebhookEndpointInput": sent | {"required": ["url", "events"]},
        "WebhookEndpointPatch": sent
        | {
            "description": "A JSON merge patch: what is named changes, null takes away.",
            "properties": _MEMBERS | {"state": {"anyOf": [_MEMBERS["state"], {"type": "null"}]}},
        },
        "WebhookEndpoint": whole(**_SHOWN),
        "WebhookEndpointWithSecret": whole(**_SHOWN, secret=_SECRET),
        "WebhookEndpointList": whole(items=listed(ref("WebhookEndpoint"))),
        "ReplaceWebhookSecret": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "overlap_hours": words(
                    NUMBER | {"minimum": 0, "maximum": LONGEST_OVERLAP_HOURS},
                    "How long the secret before signs along; 24 unless you say otherwise.",
                )
            },
        },
        "WebhookAttempt": whole(
            at=INSTANT,
            status_code=MAYBE_NUMBER,
            error=words(
                {
                    "enum": [
                        "timeout", "tls", "unresolvable", "refused-target", "connection",
                        "bad-answer", None,
                    ]
                },
                "What went wrong where there was no answer.",
            ),
            duration_ms=NUMBER,
            response=words(TEXT, "How the answer began, if it was no success."),
        ),
        "WebhookDelivery": whole(
            id=ID,
            event_id=words(ID, "What is sent as webhook-id: the same each time."),
            type=one_of(*EVENT_TYPES, TEST_EVENT),
            property_id=ID,
            data=_DATA,
            state=one_of("pending", "delivered", "failed"),
            occurred_at=INSTANT,
            next_try_at=MAYBE_INSTANT,
            finished_at=MAYBE_INSTANT,
            attempts=listed(ref("WebhookAttempt")),
        ),
        "WebhookDeliveryList": whole(
            items=listed(ref("WebhookDelivery")), next_cursor=MAYBE_TEXT
        ),
        "WebhookPayload": whole(type=TEXT, timestamp=INSTANT, data=_DATA),
    }  # fmt: skip


def sent_webhooks() -> JsonSchema:
    """What is sent to endpoints, as the document's own webhooks: one for each event."""
    header = {"in": "header", "required": True, "schema": TEXT}
    parameters = [
        {"name": "webhook-id", "description": "The same for each try: take it once."} | header,
        {"name": "webhook-timestamp", "description": "Seconds since 1970, of this try."} | header,
        {
            "name": "webhook-signature",
            "description": "v1,base64(HMAC-SHA256(secret, id.timestamp.body)); two during an"
            " overlap, with a space between.",
        }
        | header,
    ]
    return {
        name: {
            "post": {
                "summary": text.english,
                "parameters": parameters,
                "requestBody": {"content": {"application/json": {"schema": ref("WebhookPayload")}}},
                "responses": {"2XX": {"description": "Taken. Anything else is tried again."}},
                "security": [],
            }
        }
        for name, text in EVENT_TYPES.items()
        if name not in RESERVED_EVENTS
    }
