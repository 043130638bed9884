"""How new rows of the tables of permits are read from outside."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import post_load, validates_schema

from apoa.base.countries import is_foreign, is_nationality
from apoa.base.schema import Fault, InputSchema, Text
from apoa.permits import problems  # noqa: F401 - the codes used below are registered there
from apoa.permits.models import PermitKind
from apoa.permits.rules import NEXT_STATUSES
from apoa.permits.table_models import NationalityListName

LONGEST_REASON = 500
LONGEST_DAYS, LONGEST_MONTHS, MOST_EXTENSIONS = 3660, 120, 99
UNITS = ("days", "months")
_CODE = re.compile(r"[A-Z0-9]{2,10}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
OPTIONAL: dict[str, Any] = {"load_default": None, "allow_none": True}


@dataclass(frozen=True)
class Length:
    """A number of days, or of months."""

    number: int
    unit: str

    @property
    def days(self) -> int | None:
        """In days, where it is in days."""
        return self.number if self.unit == "days" else None

    @property
    def months(self) -> int | None:
        """In months, where it is in months."""
        return self.number if self.unit == "months" else None


@dataclass(frozen=True)
class IndexInput:
    """How long permits of an index code last that begin on `effective_from` or later.

    `most_extensions` None: any number. `source` names the regulation.
    """

    code: str
    kind: str
    name_id: str
    name_en: str
    first: Length
    extension: Length | None
    most_extensions: int | None
    most_days: int | None
    effective_from: date
    source: str | None


@dataclass(frozen=True)
class ListingInput:
    """A nationality that a list is to hold from a day on."""

    list: str
    nationality: str
    effective_from: date
    source: str | None


class Number(Text):
    """A whole number as people type it, within bounds."""

    def __init__(self, low: int, high: int, **kwargs: Any) -> None:
        super().__init__(20, **kwargs)
        self.low, self.high = low, high

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit()):
            raise Fault("not-a-number")
        if not self.low <= int(text) <= self.high:
            raise Fault("out-of-range", min=self.low, max=self.high)
        return int(text)


class Day(Text):
    """A calendar day, "2026-11-24"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(10, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is None:
            return None
        try:
            if not _DATE.fullmatch(text):
                raise ValueError
            return date.fromisoformat(text)
        except ValueError:
            raise Fault("invalid-date") from None


class OneOf(Text):
    """One of a few words."""

    def __init__(self, choices: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(40, **kwargs)
        self.choices = choices

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is not None and text not in self.choices:
            raise Fault("not-a-choice")
        return text


class ExtensionSchema(InputSchema):
    """A permit's later last day, inclusive, and the day on which it was granted."""

    valid_until = Day(required=True)
    granted_on = Day(required=True)
    reason = Text(LONGEST_REASON, **OPTIONAL)


class EndSchema(InputSchema):
    """How a permit ends before its last day, the first day that it does not cover, and why."""

    status = OneOf(tuple(sorted(NEXT_STATUSES["active"])), required=True)
    status_on = Day(required=True)
    reason = Text(LONGEST_REASON, required=True)


class IndexCode(Text):
    """An index code in capital letters and digits."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        code = text.upper() if text else None
        if code and not _CODE.fullmatch(code):
            raise Fault("permit-index-form")
        return code


class Nationality(Text):
    """The code of a foreign nationality."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is not None and not (is_nationality(text) and is_foreign(text)):
            raise Fault("not-a-choice")
        return text


class IndexSchema(InputSchema):
    """A new row of the table of index codes; lengths as a number and its unit."""

    code = IndexCode(10, required=True)
    kind = OneOf(tuple(PermitKind), required=True)
    name_id = Text(160, required=True)
    name_en = Text(160, required=True)
    first_length = Number(1, LONGEST_DAYS, required=True)
    first_unit = OneOf(UNITS, required=True)
    extension_length = Number(1, LONGEST_DAYS, **OPTIONAL)
    extension_unit = OneOf(UNITS, **OPTIONAL)
    most_extensions = Number(0, MOST_EXTENSIONS, **OPTIONAL)
    most_days = Number(1, LONGEST_DAYS, **OPTIONAL)
    effective_from = Day(required=True)
    source = Text(300, **OPTIONAL)

    @validates_schema
    def _fit(self, data: dict[str, Any], **_: Any) -> None:
        for name in ("first", "extension"):
            number, unit = data[f"{name}_length"], data[f"{name}_unit"]
            if number and unit == "months" and number > LONGEST_MONTHS:
                raise Fault("out-of-range", f"{name}_length", min=1, max=LONGEST_MONTHS)
        if data["extension_length"] is None and data["most_extensions"] != 0:
            raise Fault("extension-needs-length", "extension_length")
        if data["extension_length"] is not None and data["most_extensions"] == 0:
            raise Fault("extension-needs-number", "extension_length")

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> IndexInput:
        first = Length(data.pop("first_length"), data.pop("first_unit"))
        number, unit = data.pop("extension_length"), data.pop("extension_unit")
        extension = Length(number, unit or "days") if number else None
        return IndexInput(first=first, extension=extension, **data)


class ListingSchema(InputSchema):
    """A new row of a nationality list."""

    list = OneOf(tuple(NationalityListName), required=True)
    nationality = Nationality(3, required=True)
    effective_from = Day(required=True)
    source = Text(300, **OPTIONAL)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> ListingInput:
        return ListingInput(**data)


class ListingEndSchema(InputSchema):
    """The last day, inclusive, on which a list holds a nationality."""

    effective_until = Day(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> date:
        until: date = data["effective_until"]
        return until
