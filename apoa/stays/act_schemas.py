"""What comes with an act on a stay, and what narrows a list of stays."""

import re
from typing import Any

from marshmallow import fields, post_load, validate

from apoa.base.schema import Fault, InputSchema, Text
from apoa.stays.codes import STATES
from apoa.stays.models import StayState
from apoa.stays.reasons import LONGEST_REASON
from apoa.stays.schema_fields import Choice, Day, Instant

OPTIONAL: dict[str, Any] = {"load_default": None, "allow_none": True}
USUAL_PAGE, LARGEST_PAGE = 50, 500
_DIGITS = re.compile(r"[0-9]{1,9}", re.ASCII)


class CheckOutSchema(InputSchema):
    """When the guest left."""

    checked_out_at = Instant(required=True)


class CancelSchema(InputSchema):
    """Why the stay should not have been reported."""

    reason = Text(LONGEST_REASON, required=True)


class ReopenSchema(InputSchema):
    """Why the guest is in house after all."""

    reason = Text(LONGEST_REASON, **OPTIONAL)


class Count(fields.Integer):
    """A whole number from 1, written in digits as in an address."""

    def __init__(self, largest: int, **kwargs: Any) -> None:
        super().__init__(validate=validate.Range(min=1, max=largest), **kwargs)
        self.largest = largest

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if not isinstance(value, str) or not _DIGITS.fullmatch(value):
            raise Fault("not-a-number")
        if not 1 <= int(value) <= self.largest:
            raise Fault("out-of-range", min=1, max=self.largest)
        return int(value)


class ReceiptQuerySchema(InputSchema):
    """Of which version the receipt is wanted."""

    version = Count(999_999, load_default=None)


class StayFilterSchema(InputSchema):
    """What narrows a list of stays; days are the lodging's own days of arrival."""

    client_ref = Text(100, load_default=None)
    party_ref = Text(100, load_default=None)
    state = Choice(STATES, load_default=None)
    checked_in_from = Day(load_default=None)
    checked_in_to = Day(load_default=None)
    updated_since = Instant(load_default=None)
    cursor = Text(200, load_default=None)
    limit = Count(LARGEST_PAGE, load_default=USUAL_PAGE)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"state": StayState(data["state"]) if data["state"] else None}
