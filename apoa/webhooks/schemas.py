"""How a webhook endpoint is asked for: its address, its events, its lodgings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow import fields, post_load, validate

import apoa.access.api_problems
import apoa.webhooks.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.base.errors import InvalidInput
from apoa.base.schema import Fault, InputSchema, Text
from apoa.webhooks.event_types import EVENT_TYPES
from apoa.webhooks.targets import LONGEST_URL, parse_target


@dataclass(frozen=True)
class EndpointRequest:
    """What is asked for; `property_ids` None means every lodging that the caller has."""

    url: str
    events: tuple[str, ...]
    description: str | None
    property_ids: tuple[UUID, ...] | None
    is_active: bool


class EventType(fields.String):
    """The name of an event."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text not in EVENT_TYPES:
            raise Fault("not-a-choice")
        return text


class PropertyId(fields.UUID):
    """The id of a lodging, as a UUID's text."""

    default_error_messages = {"invalid_uuid": "invalid"}  # noqa: RUF012 - marshmallow's own way


class EndpointSchema(InputSchema):
    """One endpoint, whole: an amendment is merged into what stands and read by this too."""

    url = Text(LONGEST_URL, required=True)
    events = fields.List(
        EventType(),
        required=True,
        validate=validate.Length(min=1, error="webhook-needs-event"),
    )
    description = Text(120, load_default=None, allow_none=True)
    property_ids = fields.List(
        PropertyId(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(min=1, error="key-needs-property"),
    )
    state = fields.String(
        load_default="active",
        validate=validate.OneOf(("active", "disabled"), error="not-a-choice"),
    )

    @post_load
    def _make(self, data: dict[str, Any], **_kwargs: Any) -> EndpointRequest:
        asked = data["property_ids"]
        return EndpointRequest(
            url=data["url"],
            events=tuple(one for one in EVENT_TYPES if one in data["events"]),
            description=data["description"],
            property_ids=tuple(dict.fromkeys(asked)) if asked is not None else None,
            is_active=data["state"] == "active",
        )


def read_endpoint(data: Mapping[str, Any], *, allow_local: bool) -> EndpointRequest:
    """What is asked for. Raises InvalidInput with every fault, the address's among them.

    `allow_local` lets this machine be the target: for systems that are not in production.
    """
    faults = []
    try:
        asked: EndpointRequest | None = EndpointSchema().read(data)
    except InvalidInput as error:
        asked, faults = None, error.problems
    url = data.get("url")
    if isinstance(url, str) and url and not any(one.pointer == "/url" for one in faults):
        target = parse_target(url.strip(), allow_local=allow_local)
        if isinstance(target, str):
            faults = [*InvalidInput.because(target, "/url").problems, *faults]
    if asked is None or faults:
        raise InvalidInput(faults)
    return asked
