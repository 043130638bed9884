"""How a form, a JSON item or a row becomes a StayReport: the one schema for all of them."""

from collections.abc import Mapping
from dataclasses import fields as names_of
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from marshmallow import ValidationError, fields, post_load, pre_load, validates_schema

import apoa.stays.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.base.clock import local_date, now, today
from apoa.base.errors import InvalidInput, Problem
from apoa.base.schema import InputSchema, Text, problems_of
from apoa.stays import rules
from apoa.stays.codes import DOCUMENT_TYPES, PERMIT_KINDS, PURPOSES, SEXES
from apoa.stays.content import Contact, Entry, Guest, PermitClaim, StayReport, TravelDocument
from apoa.stays.from_mrz import complete_from_mrz
from apoa.stays.mapping import report_from_mapping, report_to_mapping
from apoa.stays.schema_fields import (
    Choice,
    CountryCode,
    Day,
    Email,
    Flag,
    Instant,
    MrzLines,
    Phone,
    fault_of,
)

__all__ = [
    "StayReportSchema",
    "complete_from_mrz",
    "report_from_mapping",
    "report_to_mapping",
    "schema_in",
]

OPTIONAL: dict[str, Any] = {"load_default": None, "allow_none": True}
# Where a day begins first: no lodging's own day is later.
_EASTERNMOST = "Asia/Jayapura"
Content = TypeVar("Content")


def _raise_all(problems: list[Problem]) -> None:
    """Raises marshmallow's error with every problem at its field. Fields are one level deep."""
    messages: dict[str, Any] = {}
    for one in problems:
        name = one.pointer.removeprefix("/") or "_schema"
        messages.setdefault(name, []).extend(fault_of(one).messages)
    if messages:
        raise ValidationError(messages)


def _made(cls: type[Content], data: dict[str, Any]) -> Content | None:
    """The part, or None when nothing in it was given."""
    if not any(data.values()):
        return None
    return cls(**{one.name: data[one.name] for one in names_of(cls)})  # type: ignore[arg-type]


class GuestSchema(InputSchema):
    """The person."""

    surname = Text(150, **OPTIONAL)
    given_names = Text(150, **OPTIONAL)
    mononym = Flag(load_default=False)
    native_name = Text(150, **OPTIONAL)
    sex = Choice(SEXES, required=True)
    birth_date = Text(10, required=True)
    birth_place = Text(120, **OPTIONAL)
    nationality = CountryCode(required=True)

    @validates_schema(skip_on_field_errors=False)
    def _check(self, data: dict[str, Any], **_: Any) -> None:
        found: list[Problem] = []
        if {"surname", "given_names", "mononym"} <= data.keys():
            found += rules.check_names(data["surname"], data["given_names"], data["mononym"])
        if "birth_date" in data:
            faults = rules.check_birth_date(data["birth_date"], today(_EASTERNMOST))
            found += [Problem("/birth_date", one.code, one.params) for one in faults]
        if "nationality" in data:
            faults = rules.check_nationality(data["nationality"])
            found += [Problem("/nationality", one.code, one.params) for one in faults]
        _raise_all(found)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Guest:
        return Guest(**data)


class DocumentSchema(InputSchema):
    """The travel document."""

    type = Choice(DOCUMENT_TYPES, **OPTIONAL)
    number = Text(40, **OPTIONAL)
    issuing_state = CountryCode(**OPTIONAL)
    expires_on = Day(**OPTIONAL)
    unavailable_reason = Text(300, **OPTIONAL)

    @validates_schema(skip_on_field_errors=False)
    def _check(self, data: dict[str, Any], **_: Any) -> None:
        if not {"number", "unavailable_reason"} <= data.keys():
            return
        # An unreadable issuing state has its own fault already; any value stands for it here.
        issuing_state = data.get("issuing_state", "?")
        _raise_all(rules.check_document(data["number"], issuing_state, data["unavailable_reason"]))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> TravelDocument:
        return TravelDocument(**data)


class PermitSchema(InputSchema):
    """The permit; a number of an unknown kind is welcome."""

    kind = Choice(PERMIT_KINDS, **OPTIONAL)
    number = Text(40, **OPTIONAL)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> PermitClaim | None:
        if data["number"] and not data["kind"]:
            data["kind"] = "unknown"
        return _made(PermitClaim, data)


class EntrySchema(InputSchema):
    """The entry into the country."""

    entered_on = Day(**OPTIONAL)
    port = Text(10, **OPTIONAL)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Entry | None:
        return _made(Entry, data)


class ContactSchema(InputSchema):
    """How the guest can be reached."""

    email = Email(254, **OPTIONAL)
    phone = Phone(40, **OPTIONAL)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Contact | None:
        return _made(Contact, data)


class StayReportSchema(InputSchema):
    """One stay.

    With the lodging's `time_zone`, the expected departure is held against its day of check-in
    too; without it, the act does that.
    """

    client_ref = Text(100, **OPTIONAL)
    party_ref = Text(100, **OPTIONAL)
    room = Text(30, **OPTIONAL)
    guest = fields.Nested(GuestSchema, required=True)
    document = fields.Nested(DocumentSchema, required=True)
    mrz = MrzLines(**OPTIONAL)
    permit = fields.Nested(PermitSchema, **OPTIONAL)
    entry = fields.Nested(EntrySchema, **OPTIONAL)
    purpose = Choice(PURPOSES, **OPTIONAL)
    contact = fields.Nested(ContactSchema, **OPTIONAL)
    checked_in_at = Instant(required=True)
    expected_departure_on = Day(required=True)
    checked_out_at = Instant(**OPTIONAL)
    late_reason = Text(500, **OPTIONAL)

    def __init__(self, time_zone: str | None = None) -> None:
        super().__init__()
        self.time_zone = time_zone

    def read(self, data: Mapping[str, Any]) -> StayReport:
        """The report. Raises InvalidInput with every fault and its JSON pointer."""
        try:
            report: StayReport = self.load(data)
        except ValidationError as error:
            raise InvalidInput(problems_of(error.messages)) from None
        return report

    @pre_load
    def _complete(self, data: Any, **_: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        return complete_from_mrz(data, self._check_in_day(data.get("checked_in_at")))

    def _check_in_day(self, value: Any) -> date:
        """The day on which a zone is read; today where no sound check-in is given."""
        time_zone = self.time_zone or _EASTERNMOST
        try:
            checked_in_at = Instant(allow_none=True).deserialize(value)
        except ValidationError:
            checked_in_at = None
        if checked_in_at is None or rules.check_instants(checked_in_at, None, now()):
            return today(time_zone)
        return local_date(checked_in_at, time_zone)

    @validates_schema(skip_on_field_errors=False)
    def _check(self, data: dict[str, Any], **_: Any) -> None:
        checked_in_at, departure_on = data.get("checked_in_at"), data.get("expected_departure_on")
        found = rules.check_instants(checked_in_at, data.get("checked_out_at"), now())
        sound = not any(one.pointer == "/checked_in_at" for one in found)
        if self.time_zone and checked_in_at and departure_on and sound:
            found += rules.check_departure(checked_in_at, departure_on, self.time_zone)
        _raise_all(found)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> StayReport:
        return StayReport(**data)


@lru_cache(maxsize=16)
def schema_in(time_zone: str) -> StayReportSchema:
    """The schema for lodgings of a time zone; building one costs as much as reading a report."""
    return StayReportSchema(time_zone)
