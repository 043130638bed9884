"""/webhook-endpoints: where a key's events are sent, and with which secret they are signed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from werkzeug.wrappers import Response

from apoa.api.answers import answer, caller, instant
from apoa.api.blueprint import PREFIX, route
from apoa.api.request_body import MERGE_PATCH_TYPES, read_json
from apoa.base.errors import InvalidInput
from apoa.base.schema import Fault, InputSchema, WholeNumber
from apoa.webhooks.change_endpoint import (
    LONGEST_OVERLAP_HOURS,
    OVERLAP,
    amend_endpoint,
    end_endpoint,
    replace_secret,
)
from apoa.webhooks.register_endpoint import register_endpoint
from apoa.webhooks.schemas import read_endpoint
from apoa.webhooks.views import EndpointView, list_endpoints, view_one_endpoint

NEEDS = "webhooks:manage"


def _require_overlap(hours: int) -> None:
    if not 0 <= hours <= LONGEST_OVERLAP_HOURS:
        raise Fault("out-of-range", min=0, max=LONGEST_OVERLAP_HOURS)


class ReplaceSecretSchema(InputSchema):
    """For how long the secret before signs along."""

    overlap_hours = WholeNumber(
        load_default=OVERLAP // timedelta(hours=1),
        validate=_require_overlap,
    )


@route("/webhook-endpoints", needs=NEEDS)
def webhook_endpoints() -> Response:
    """Every endpoint of this key, the newest first."""
    return answer({"items": [endpoint_body(one) for one in list_endpoints(caller())]})


@route("/webhook-endpoints", methods=("POST",), needs=NEEDS)
def register_webhook_endpoint() -> Response:
    """A new endpoint: 201 with its secret, which is never shown again."""
    asked = read_endpoint(_mapping(read_json()), allow_local=_allow_local())
    made = register_endpoint(caller(), asked)
    location = f"{PREFIX}/webhook-endpoints/{made.view.endpoint_id}"
    body = endpoint_body(made.view) | {"secret": made.secret}
    return answer(body, 201, {"Location": location})


@route("/webhook-endpoints/<uuid:endpoint_id>", needs=NEEDS)
def webhook_endpoint(endpoint_id: UUID) -> Response:
    """One endpoint as it stands."""
    return answer(endpoint_body(view_one_endpoint(caller(), endpoint_id)))


@route("/webhook-endpoints/<uuid:endpoint_id>", methods=("PATCH",), needs=NEEDS)
def amend_webhook_endpoint(endpoint_id: UUID) -> Response:
    """A merge patch: address, events, lodgings, or the state."""
    changes = _mapping(read_json(types=MERGE_PATCH_TYPES))
    view = amend_endpoint(caller(), endpoint_id, changes, allow_local=_allow_local())
    return answer(endpoint_body(view))


@route("/webhook-endpoints/<uuid:endpoint_id>", methods=("DELETE",), needs=NEEDS)
def delete_webhook_endpoint(endpoint_id: UUID) -> Response:
    """Nothing is sent there any more: 204."""
    end_endpoint(caller(), endpoint_id)
    return Response(status=204)


@route("/webhook-endpoints/<uuid:endpoint_id>/rotate-secret", methods=("POST",), needs=NEEDS)
def rotate_webhook_secret(endpoint_id: UUID) -> Response:
    """A new secret, shown once; both sign until the overlap is over."""
    wanted = ReplaceSecretSchema().read(read_json(optional=True))
    overlap = timedelta(hours=wanted["overlap_hours"])
    made = replace_secret(caller(), endpoint_id, overlap=overlap)
    return answer(endpoint_body(made.view) | {"secret": made.secret})


def endpoint_body(view: EndpointView) -> dict[str, Any]:
    """An endpoint without its secret."""
    return {
        "id": view.endpoint_id,
        "url": view.url,
        "description": view.description,
        "events": list(view.events),
        "property_ids": list(view.property_ids),
        "mode": view.mode,
        "state": view.state,
        "disabled_reason": view.disabled_reason,
        "disabled_at": instant(view.disabled_at),
        "failing_since": instant(view.failing_since),
        "previous_secret_valid_until": instant(view.previous_secret_valid_until),
        "created_at": instant(view.created_at),
    }


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidInput.because("invalid")
    return value


def _allow_local() -> bool:
    return not current_app.extensions["apoa_settings"].is_production
