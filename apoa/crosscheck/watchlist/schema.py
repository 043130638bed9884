"""Reads whom to watch for from outside."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from marshmallow import post_load, validates_schema

import apoa.crosscheck.watchlist.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.base.clock import today
from apoa.base.document_number import normalize_document_number
from apoa.base.schema import Fault, InputSchema, Text
from apoa.crosscheck.watchlist.models import WatchKind
from apoa.offices.regions import EASTERN
from apoa.stays.codes import SEXES, Code
from apoa.stays.rules import check_birth_date
from apoa.stays.schema_fields import Choice, CountryCode, Day

KINDS = (
    Code(WatchKind.PENCEGAHAN, "Pencegahan", "Barred from leaving"),
    Code(WatchKind.PENANGKALAN, "Penangkalan", "Barred from entering"),
    Code(WatchKind.INTEREST, "Subjek perhatian", "Person of interest"),
)


@dataclass(frozen=True)
class WatchedPerson:
    """Somebody to watch for, from a day until another (inclusive) or until further notice."""

    kind: str
    surname: str | None = field(repr=False)
    given_names: str | None = field(repr=False)
    native_name: str | None = field(repr=False)
    sex: str | None
    birth_date: str | None = field(repr=False)
    nationality: str | None
    document_number: str | None = field(repr=False)
    document_issuing_state: str | None
    valid_from: date
    valid_until: date | None
    note: str | None = field(repr=False)


class WatchedPersonSchema(InputSchema):
    """A name, and a document number or a birth date (unknown parts are 00)."""

    kind = Choice(KINDS, required=True)
    surname = Text(150, load_default=None, allow_none=True)
    given_names = Text(150, load_default=None, allow_none=True)
    native_name = Text(150, load_default=None, allow_none=True)
    sex = Choice(SEXES, load_default=None, allow_none=True)
    birth_date = Text(10, load_default=None, allow_none=True)
    nationality = CountryCode(load_default=None, allow_none=True)
    document_number = Text(40, load_default=None, allow_none=True)
    document_issuing_state = CountryCode(load_default=None, allow_none=True)
    valid_from = Day(required=True)
    valid_until = Day(load_default=None, allow_none=True)
    note = Text(1000, load_default=None, allow_none=True)

    @validates_schema
    def _check(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if not data.get("surname") and not data.get("given_names"):
            raise Fault("required", "surname")
        number, birth = data.get("document_number"), data.get("birth_date")
        if number and not normalize_document_number(number):
            raise Fault("document-number-unreadable", "document_number")
        if birth:
            for problem in check_birth_date(birth, today(EASTERN)):
                raise Fault(problem.code, "birth_date", **problem.params)
        if not number and not birth:
            raise Fault("watch-needs-more", "document_number")
        last = data.get("valid_until")
        if last is not None and last < data["valid_from"]:
            raise Fault("watch-dates-reversed", "valid_until")

    @post_load
    def _make(self, data: dict[str, Any], **_kwargs: Any) -> WatchedPerson:
        return WatchedPerson(**data)
