"""One guest on the list of who is in house now: any part of a report, enough to find the stay."""

from typing import Any

from marshmallow import fields, validates_schema

from apoa.base.clock import now, today
from apoa.base.schema import Fault, InputSchema, Text
from apoa.stays.codes import DOCUMENT_TYPES, PERMIT_KINDS, PURPOSES, SEXES
from apoa.stays.rules import check_birth_date, check_instants
from apoa.stays.schema_fields import (
    Choice,
    CountryCode,
    Day,
    Email,
    Flag,
    Instant,
    MrzLines,
    Phone,
)

# Where a day begins first: no lodging's own day is later.
_EASTERNMOST = "Asia/Jayapura"
# What is left out, or null, is not compared.
_OPEN: dict[str, Any] = {"allow_none": True}


class InHouseGuestSchema(InputSchema):
    """The person, as far as it is to be compared."""

    surname = Text(150, **_OPEN)
    given_names = Text(150, **_OPEN)
    mononym = Flag(**_OPEN)
    native_name = Text(150, **_OPEN)
    sex = Choice(SEXES, **_OPEN)
    birth_date = Text(10, **_OPEN)
    birth_place = Text(120, **_OPEN)
    nationality = CountryCode(**_OPEN)

    @validates_schema
    def _check(self, data: dict[str, Any], **_: Any) -> None:
        birth_date = data.get("birth_date")
        if birth_date is None:
            return
        for problem in check_birth_date(birth_date, today(_EASTERNMOST)):
            raise Fault(problem.code, "birth_date", **problem.params)


class InHouseDocumentSchema(InputSchema):
    """The travel document, as far as it is to be compared."""

    type = Choice(DOCUMENT_TYPES, **_OPEN)
    number = Text(40, **_OPEN)
    issuing_state = CountryCode(**_OPEN)
    expires_on = Day(**_OPEN)
    unavailable_reason = Text(300, **_OPEN)


class InHousePermitSchema(InputSchema):
    """The permit, as far as it is to be compared."""

    kind = Choice(PERMIT_KINDS, **_OPEN)
    number = Text(40, **_OPEN)


class InHouseEntrySchema(InputSchema):
    """The entry into the country, as far as it is to be compared."""

    entered_on = Day(**_OPEN)
    port = Text(10, **_OPEN)


class InHouseContactSchema(InputSchema):
    """How the guest can be reached, as far as it is to be compared."""

    email = Email(254, **_OPEN)
    phone = Phone(40, **_OPEN)


class InHouseSchema(InputSchema):
    """One guest in house: by a reference, a document's number, or name and date of birth."""

    client_ref = Text(100, **_OPEN)
    party_ref = Text(100, **_OPEN)
    room = Text(30, **_OPEN)
    guest = fields.Nested(InHouseGuestSchema, **_OPEN)
    document = fields.Nested(InHouseDocumentSchema, **_OPEN)
    mrz = MrzLines(**_OPEN)
    permit = fields.Nested(InHousePermitSchema, **_OPEN)
    entry = fields.Nested(InHouseEntrySchema, **_OPEN)
    purpose = Choice(PURPOSES, **_OPEN)
    contact = fields.Nested(InHouseContactSchema, **_OPEN)
    checked_in_at = Instant(**_OPEN)
    expected_departure_on = Day(**_OPEN)
    late_reason = Text(500, **_OPEN)

    @validates_schema
    def _check(self, data: dict[str, Any], **_: Any) -> None:
        for problem in check_instants(data.get("checked_in_at"), None, now()):
            raise Fault(problem.code, "checked_in_at", **problem.params)
        guest, document = data.get("guest") or {}, data.get("document") or {}
        has_name = guest.get("surname") or guest.get("given_names")
        has_person = has_name and guest.get("birth_date")
        if not (data.get("client_ref") or document.get("number") or has_person):
            raise Fault("nothing-to-find-by")
