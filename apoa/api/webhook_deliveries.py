"""/webhook-endpoints/{id}/deliveries: what became of each event; tests, and sending again."""

from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from apoa.api.answers import answer, caller, instant
from apoa.api.blueprint import PREFIX, route
from apoa.api.query import read_query
from apoa.api.stay_json import base_url
from apoa.api.webhook_endpoints import NEEDS
from apoa.base.errors import InvalidInput
from apoa.base.schema import InputSchema, Text
from apoa.stays.act_schemas import LARGEST_PAGE, USUAL_PAGE, Count
from apoa.stays.codes import Code
from apoa.stays.schema_fields import Choice
from apoa.webhooks.deliveries import (
    DeliveryView,
    list_deliveries,
    replay_delivery,
    send_test,
    view_delivery,
)
from apoa.webhooks.models import DeliveryState

_PATH = "/webhook-endpoints/<uuid:endpoint_id>"
_STATES = [Code(one.value, one.value, one.value) for one in DeliveryState]


class DeliveryFilterSchema(InputSchema):
    """What narrows a list of deliveries."""

    state = Choice(_STATES, load_default=None)
    cursor = Text(40, load_default=None)
    limit = Count(LARGEST_PAGE, load_default=USUAL_PAGE)


@route(f"{_PATH}/deliveries", needs=NEEDS)
def webhook_deliveries(endpoint_id: UUID) -> Response:
    """The newest first; the next page by `next_cursor`, or by the Link header."""
    wanted = read_query(DeliveryFilterSchema())
    limit: int = wanted["limit"]
    found = list_deliveries(
        caller(),
        endpoint_id,
        state=wanted["state"],
        before=_read_cursor(wanted["cursor"]),
        limit=limit + 1,
    )
    next_cursor = found[limit - 1].delivery_id.hex if len(found) > limit else None
    headers = {}
    if next_cursor is not None:
        state = f"&state={wanted['state']}" if wanted["state"] else ""
        path = f"{base_url()}{PREFIX}/webhook-endpoints/{endpoint_id}/deliveries"
        headers["Link"] = f'<{path}?limit={limit}{state}&cursor={next_cursor}>; rel="next"'
    items = [delivery_body(one) for one in found[:limit]]
    return answer({"items": items, "next_cursor": next_cursor}, headers=headers)


@route(f"{_PATH}/deliveries/<uuid:delivery_id>", needs=NEEDS)
def webhook_delivery(endpoint_id: UUID, delivery_id: UUID) -> Response:
    """One delivery with every try."""
    return answer(delivery_body(view_delivery(caller(), endpoint_id, delivery_id)))


@route(f"{_PATH}/deliveries/<uuid:delivery_id>/replay", methods=("POST",), needs=NEEDS)
def replay_webhook_delivery(endpoint_id: UUID, delivery_id: UUID) -> Response:
    """Sends it again under the same `webhook-id`: 202."""
    return _accepted(endpoint_id, replay_delivery(caller(), endpoint_id, delivery_id))


@route(f"{_PATH}/test", methods=("POST",), needs=NEEDS)
def send_webhook_test(endpoint_id: UUID) -> Response:
    """Sends the event `webhook.test` once: 202 with the delivery to look at."""
    return _accepted(endpoint_id, send_test(caller(), endpoint_id))


def delivery_body(view: DeliveryView) -> dict[str, Any]:
    """A delivery with its tries; `event_id` is what is sent as `webhook-id`."""
    return {
        "id": view.delivery_id,
        "event_id": view.event_id,
        "type": view.type,
        "property_id": view.property_id,
        "data": view.data,
        "state": view.state,
        "occurred_at": instant(view.occurred_at),
        "next_try_at": instant(view.next_try_at),
        "finished_at": instant(view.finished_at),
        "attempts": [
            {
                "at": instant(one.at),
                "status_code": one.status_code,
                "error": one.error,
                "duration_ms": one.duration_ms,
                "response": one.response,
            }
            for one in view.attempts
        ],
    }


def _accepted(endpoint_id: UUID, view: DeliveryView) -> Response:
    path = f"{PREFIX}/webhook-endpoints/{endpoint_id}/deliveries/{view.delivery_id}"
    return answer(delivery_body(view), 202, {"Location": path})


def _read_cursor(text: str | None) -> UUID | None:
    if text is None:
        return None
    try:
        return UUID(hex=text)
    except ValueError:
        raise InvalidInput.because("invalid", "/cursor") from None
