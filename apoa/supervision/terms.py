"""What an officer may search stays by, and when that is too little to search at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields as fields_of
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import fields, post_load, validates_schema

from apoa.base.countries import is_nationality, normalize_country
from apoa.base.names import query_tokens
from apoa.base.schema import Fault, InputSchema, Text
from apoa.offices.regions import is_region_code
from apoa.stays import problems as _stay_problems  # noqa: F401 - as is the next
from apoa.stays.document_number import normalize_document_number
from apoa.stays.models import StayState
from apoa.supervision import problems as _problems  # noqa: F401 - registers the codes used here

SHORTEST_PURPOSE = 5
LONGEST_PURPOSE = 300
MOST_NAME_WORDS = 8
# A state alone would list nearly everybody, and a purpose looks for nobody.
NOT_TERMS = frozenset({"purpose", "state"})


@dataclass(frozen=True)
class SearchTerms:
    """What to look for. `purpose` is the reason of looking; everything else narrows the search.

    `birth_date` is "1974-08-12", with 00 for a part that is not known. The `in_house` days are
    those of the lodging's own calendar, the days of arrival and departure included.
    """

    purpose: str
    document_number: str | None = None
    name: str | None = None
    nationality: str | None = None
    birth_date: str | None = None
    property_id: UUID | None = None
    property_name: str | None = None
    region_code: str | None = None
    state: str | None = None
    in_house_on: date | None = None
    in_house_from: date | None = None
    in_house_to: date | None = None

    @property
    def used(self) -> tuple[str, ...]:
        """The names of the terms given, the purpose left out; never their values."""
        return tuple(
            one.name
            for one in fields_of(self)
            if one.name != "purpose" and getattr(self, one.name) is not None
        )

    def to_mapping(self) -> dict[str, str]:
        """The terms as texts, as `SearchTermsSchema` reads them again."""
        return {name: str(getattr(self, name)) for name in ("purpose", *self.used)}


class BirthDate(fields.String):
    """A date of birth of which the day, or day and month, may be unknown (00)."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        parts = text.split("-")
        if [len(part) for part in parts] != [4, 2, 2] or not all(map(_is_number, parts)):
            raise Fault("invalid-date")
        year, month, day = map(int, parts)
        if not year:
            raise Fault("birth-year-needed")
        if day and not month:
            raise Fault("day-without-month")
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            raise Fault("invalid-date") from None
        return text


def _day() -> fields.Date:
    wrong: dict[str, Any] = {"invalid": "invalid-date", "format": "invalid-date"}
    return fields.Date(load_default=None, allow_none=True, error_messages=wrong)


class SearchTermsSchema(InputSchema):
    """Outside data as SearchTerms; `read` raises InvalidInput."""

    purpose = Text(LONGEST_PURPOSE, min_length=SHORTEST_PURPOSE, required=True)
    document_number = Text(60, load_default=None, allow_none=True)
    name = Text(150, load_default=None, allow_none=True)
    nationality = Text(3, load_default=None, allow_none=True)
    birth_date = BirthDate(load_default=None, allow_none=True)
    property_id = fields.UUID(
        load_default=None, allow_none=True, error_messages={"invalid_uuid": "not-a-choice"}
    )
    property_name = Text(160, load_default=None, allow_none=True)
    region_code = Text(13, load_default=None, allow_none=True)
    state = Text(12, load_default=None, allow_none=True)
    in_house_on = _day()
    in_house_from = _day()
    in_house_to = _day()

    @validates_schema
    def _person(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        number, name = data.get("document_number"), data.get("name")
        if number and not normalize_document_number(number):
            raise Fault("document-number-unreadable", "document_number")
        if name and not query_tokens(name):
            raise Fault("name-unsearchable", "name")
        if name and len(name.split()) > MOST_NAME_WORDS:
            raise Fault("too-many-words", "name", max=MOST_NAME_WORDS)

    @validates_schema
    def _choices(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        nationality, region, state = map(data.get, ("nationality", "region_code", "state"))
        if nationality and not _is_nationality_code(nationality):
            raise Fault("not-a-choice", "nationality")
        if region and not is_region_code(region):
            raise Fault("not-a-choice", "region_code")
        if state and state not in set(StayState):
            raise Fault("not-a-choice", "state")

    @validates_schema
    def _place_name(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        name = data.get("property_name")
        if name and not any(char.isalnum() for char in name):
            raise Fault("property-name-unsearchable", "property_name")

    @validates_schema
    def _days(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        first, last = data.get("in_house_from"), data.get("in_house_to")
        if data.get("in_house_on") and (first or last):
            raise Fault("one-kind-of-dates", "in_house_on")
        if first and last and last < first:
            raise Fault("dates-reversed", "in_house_to")

    @validates_schema(skip_on_field_errors=True)
    def _something(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        if not any(value for name, value in data.items() if name not in NOT_TERMS):
            raise Fault("no-search-term")

    @post_load
    def _make(self, data: dict[str, Any], **_kwargs: Any) -> SearchTerms:
        if data["document_number"]:
            data["document_number"] = normalize_document_number(data["document_number"])
        if data["nationality"]:
            data["nationality"] = normalize_country(data["nationality"])
        return SearchTerms(**data)


class PurposeSchema(InputSchema):
    """The purpose alone, where a person's page is opened without a search before it."""

    purpose = Text(LONGEST_PURPOSE, min_length=SHORTEST_PURPOSE, required=True)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_nationality_code(text: str) -> bool:
    try:
        return is_nationality(normalize_country(text))
    except ValueError:
        return False
