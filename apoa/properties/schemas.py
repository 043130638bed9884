"""Decides what a lodging must say of itself: one schema for registration, correction and edit."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from marshmallow import fields, post_load, validates_schema

from apoa.access.schemas import Email
from apoa.base.schema import Fault, InputSchema, Text
from apoa.offices.regions import RegionLevel, is_region_code, region_level
from apoa.properties import problems  # noqa: F401 - the codes used below are registered there
from apoa.properties.models import PropertyType

_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]*")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,3}([.,][0-9]{1,12})?")
_NIB = re.compile(r"[0-9]{13}")
_NARROW = (RegionLevel.DISTRICT, RegionLevel.VILLAGE)
MOST_ROOMS = 20_000
SIX_PLACES = Decimal("0.000001")
# The outermost points of the country: Rondo and Miangas, Ndana, and the border of Papua.
LATITUDES = (Decimal("-11.5"), Decimal("6.5"))
LONGITUDES = (Decimal("94.5"), Decimal("141.5"))


@dataclass(frozen=True)
class Registration:
    """What a lodging says of itself. Coordinates are degrees of WGS 84, both or neither."""

    type: PropertyType
    name: str
    nib: str | None
    no_nib_reason: str | None
    address: str
    region_code: str
    latitude: Decimal | None
    longitude: Decimal | None
    rooms: int
    phone: str
    responsible_name: str
    responsible_email: str


class Coordinate(Text):
    """Decimal degrees within a range, with a point or (as in Indonesia) a comma."""

    def __init__(self, bounds: tuple[Decimal, Decimal], **kwargs: Any) -> None:
        super().__init__(20, **kwargs)
        self.bounds = bounds

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is None:
            return None
        text = text.replace("\u2212", "-")
        if not _DECIMAL.fullmatch(text):
            raise Fault("coordinate-malformed")
        try:
            degrees = Decimal(text.replace(",", ".")).quantize(SIX_PLACES)
        except InvalidOperation:
            raise Fault("coordinate-malformed") from None
        low, high = self.bounds
        if not low <= degrees <= high:
            raise Fault("out-of-range", min=low, max=high)
        return degrees


class Nib(Text):
    """Thirteen digits; spaces, dots and hyphens between them do not count."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        digits = re.sub(r"[\s.-]", "", text) if text else None
        if digits and not (digits.isascii() and _NIB.fullmatch(digits)):
            raise Fault("nib-13-digits")
        return digits


class Phone(Text):
    """A telephone number as people write it, with 6 to 15 digits (ITU-T E.164)."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        digits = sum(char.isdigit() for char in text or "")
        if text and not (_PHONE.fullmatch(text) and 6 <= digits <= 15):
            raise Fault("phone-malformed")
        return text


def _require_type(value: str) -> None:
    if value not in list(PropertyType):
        raise Fault("not-a-choice")


def _require_narrow_region(value: str) -> None:
    if not is_region_code(value):
        raise Fault("region-unknown")
    if region_level(value) not in _NARROW:
        raise Fault("region-too-wide")


def _require_room_count(value: int) -> None:
    if not 1 <= value <= MOST_ROOMS:
        raise Fault("out-of-range", min=1, max=MOST_ROOMS)


class RegistrationSchema(InputSchema):
    """Reads the data of a lodging into a `Registration`."""

    type = Text(20, required=True, validate=_require_type)
    name = Text(160, min_length=3, required=True)
    nib = Nib(40, load_default=None, allow_none=True)
    no_nib_reason = Text(300, min_length=5, load_default=None, allow_none=True)
    address = Text(300, min_length=5, required=True)
    region_code = Text(13, required=True, validate=_require_narrow_region)
    latitude = Coordinate(LATITUDES, load_default=None, allow_none=True)
    longitude = Coordinate(LONGITUDES, load_default=None, allow_none=True)
    rooms = fields.Integer(required=True, validate=_require_room_count)
    phone = Phone(30, required=True)
    responsible_name = Text(120, min_length=2, required=True)
    responsible_email = Email(required=True)

    @validates_schema(skip_on_field_errors=False)
    def _require_nib_or_reason(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if "nib" not in data or "no_nib_reason" not in data:
            return
        if data["nib"] and data["no_nib_reason"]:
            raise Fault("nib-and-reason", "no_nib_reason")
        if not data["nib"] and not data["no_nib_reason"]:
            raise Fault("nib-or-reason", "nib")

    @validates_schema(skip_on_field_errors=False)
    def _require_both_coordinates(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if "latitude" not in data or "longitude" not in data:
            return
        if (data["latitude"] is None) != (data["longitude"] is None):
            missing = "latitude" if data["latitude"] is None else "longitude"
            raise Fault("both-coordinates", missing)

    @post_load
    def _made(self, data: dict[str, Any], **_kwargs: Any) -> Registration:
        return Registration(**(data | {"type": PropertyType(data["type"])}))


class ReasonSchema(InputSchema):
    """The reason of a decision, in words that the lodging will read."""

    reason = Text(1000, min_length=5, required=True)


class OptionalReasonSchema(InputSchema):
    """The same where no reason is needed."""

    reason = Text(1000, load_default=None, allow_none=True)
