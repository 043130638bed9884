"""What an officer may search permits by: a number, or a name with something beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import fields as fields_of
from typing import Any

from marshmallow import post_load, validates_schema

from apoa.base.countries import is_nationality, normalize_country
from apoa.base.document_number import normalize_document_number
from apoa.base.names import query_tokens
from apoa.base.schema import Fault, InputSchema, Text
from apoa.supervision import problems as _problems  # noqa: F401 - registers the codes used here
from apoa.supervision.terms import LONGEST_PURPOSE, SHORTEST_PURPOSE, BirthDate


@dataclass(frozen=True)
class PermitTerms:
    """What to look for, and why. `issuing_state` narrows either of the numbers.

    A name alone is not enough: `birth_date` or `nationality` stands beside it.
    """

    purpose: str
    permit_number: str | None = field(default=None, repr=False)
    document_number: str | None = field(default=None, repr=False)
    issuing_state: str | None = None
    name: str | None = field(default=None, repr=False)
    birth_date: str | None = field(default=None, repr=False)
    nationality: str | None = None

    @property
    def used(self) -> tuple[str, ...]:
        """The names of the terms given, the purpose left out; never their values."""
        return tuple(
            one.name
            for one in fields_of(self)
            if one.name != "purpose" and getattr(self, one.name) is not None
        )

    def to_mapping(self) -> dict[str, str]:
        """The terms as texts, as `PermitTermsSchema` reads them again."""
        return {name: str(getattr(self, name)) for name in ("purpose", *self.used)}


class PermitTermsSchema(InputSchema):
    """Outside data as PermitTerms; `read` raises InvalidInput."""

    purpose = Text(LONGEST_PURPOSE, min_length=SHORTEST_PURPOSE, required=True)
    permit_number = Text(60, load_default=None, allow_none=True)
    document_number = Text(60, load_default=None, allow_none=True)
    issuing_state = Text(3, load_default=None, allow_none=True)
    name = Text(150, load_default=None, allow_none=True)
    birth_date = BirthDate(load_default=None, allow_none=True)
    nationality = Text(3, load_default=None, allow_none=True)

    @validates_schema
    def _numbers(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        for name in ("permit_number", "document_number"):
            number = data.get(name)
            if number and not normalize_document_number(number):
                raise Fault("document-number-unreadable", name)

    @validates_schema
    def _countries(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        for name in ("issuing_state", "nationality"):
            code = data.get(name)
            if code and not _is_nationality_code(code):
                raise Fault("not-a-choice", name)

    @validates_schema(skip_on_field_errors=True)
    def _enough(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        if data.get("permit_number") or data.get("document_number"):
            return
        name = data.get("name")
        if not name:
            raise Fault("no-permit-term")
        if not query_tokens(name):
            raise Fault("name-unsearchable", "name")
        if not (data.get("birth_date") or data.get("nationality")):
            raise Fault("name-needs-more", "name")

    @post_load
    def _make(self, data: dict[str, Any], **_kwargs: Any) -> PermitTerms:
        for name in ("issuing_state", "nationality"):
            if data[name]:
                data[name] = normalize_country(data[name])
        return PermitTerms(**data)


def _is_nationality_code(text: str) -> bool:
    try:
        return is_nationality(normalize_country(text))
    except ValueError:
        return False
