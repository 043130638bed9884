"""What one permit of a feed must say; every field with the codes of its faults."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import post_load, validates_schema

import apoa.permits.feed.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.base.clock import now
from apoa.base.countries import HOME, is_nationality
from apoa.base.document_number import normalize_document_number
from apoa.base.schema import Fault, InputSchema, Text
from apoa.permits.feed.days import BirthDay, Day
from apoa.permits.feed.row import PermitRow
from apoa.permits.feed.words import code_of, country_of

LONGEST_NUMBER = 40
LONGEST_NAME = 150
MOST_DOCUMENTS = 10
_INDEX_CODE = re.compile(r"[A-Z0-9]{2,10}", re.ASCII)


class Word(Text):
    """A code, or one of the words that registers write for it (`words.py`)."""

    def __init__(self, what: str, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)
        self.what = what

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is None:
            return None
        code = code_of(self.what, text)
        if code is None:
            raise Fault("not-a-choice")
        return code


class State(Text):
    """A country by its three-letter code, its two-letter code or its name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        code = country_of(text) if text is not None else None
        if text is not None and code is None:
            raise Fault("permit-country-unknown")
        return code


class Number(Text):
    """A number of a permit or document, loosely: it must hold a letter A-Z or a digit."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_NUMBER, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is not None and not normalize_document_number(text):
            raise Fault("permit-number-unreadable")
        return text


class Numbers(Text):
    """Several numbers in one text, parted by semicolons."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MOST_DOCUMENTS * (LONGEST_NUMBER + 2), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        found = tuple(one.strip() for one in text.split(";") if one.strip()) if text else ()
        if len(found) > MOST_DOCUMENTS:
            raise Fault("too-many-items", max=MOST_DOCUMENTS)
        for one in found:
            if len(one) > LONGEST_NUMBER:
                raise Fault("too-long", max=LONGEST_NUMBER)
            if not normalize_document_number(one):
                raise Fault("permit-number-unreadable")
        return found


class IndexCode(Text):
    """An index code such as E33G, in any case and with any spaces or hyphens."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is None:
            return None
        code = text.upper().replace(" ", "").replace("-", "")
        if not _INDEX_CODE.fullmatch(code):
            raise Fault("permit-index-form")
        return code


def _optional() -> dict[str, Any]:
    return {"load_default": None, "allow_none": True}


class PermitRowSchema(InputSchema):
    """One permit with its holder; what is optional may be left out, be null or be empty."""

    number = Number(required=True)
    issuing_state = State(required=True)
    kind = Word("kind", **_optional())
    index_code = IndexCode(**_optional())
    niora = Text(LONGEST_NUMBER, **_optional())
    surname = Text(LONGEST_NAME, **_optional())
    given_names = Text(LONGEST_NAME, **_optional())
    full_name = Text(LONGEST_NAME, **_optional())
    sex = Word("sex", **_optional())
    birth_date = BirthDay(required=True)
    nationality = State(required=True)
    valid_from = Day(**_optional())
    valid_until = Day(required=True)
    entered_on = Day(**_optional())
    status = Word("status", **_optional())
    status_on = Day(**_optional())
    sponsor = Text(200, **_optional())
    region_code = Text(40, **_optional())
    issuing_office = Text(120, **_optional())
    document_number = Number(**_optional())
    document_expires_on = Day(**_optional())
    previous_document_numbers = Numbers(**_optional())

    @validates_schema
    def check(self, data: Mapping[str, Any], **_: Any) -> None:
        """What fields must say together. Raises Fault for the first that does not hold."""
        if not (data["surname"] or data["given_names"] or data["full_name"]):
            raise Fault("permit-name-needed", "surname")
        if data["nationality"] == HOME:
            raise Fault("permit-not-foreign", "nationality")
        if not is_nationality(data["nationality"]):
            raise Fault("permit-country-unknown", "nationality")
        if data["birth_date"][:10].replace("-00", "-01") > now().date().isoformat():
            raise Fault("permit-birth-in-future", "birth_date")
        if data["valid_from"] and data["valid_from"] > data["valid_until"]:
            raise Fault("permit-until-before-from", "valid_until")
        if data["status"] not in (None, "active") and data["status_on"] is None:
            raise Fault("permit-status-date-needed", "status_on")
        if data["previous_document_numbers"] and not data["document_number"]:
            # Of several the first is the present one: older ones alone would pass for it.
            raise Fault("required", "document_number")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> PermitRow:
        """The permit as one frozen value."""
        return _row(data)


def _row(data: dict[str, Any]) -> PermitRow:
    surname, given_names = data["surname"], data["given_names"]
    if not surname and not given_names:
        surname, given_names = split_full_name(data["full_name"])
    status_on: date | None = data["status_on"]
    return PermitRow(
        number=data["number"],
        issuing_state=data["issuing_state"],
        kind=data["kind"],
        index_code=data["index_code"],
        niora=data["niora"],
        surname=surname,
        given_names=given_names,
        sex=data["sex"],
        birth_date=data["birth_date"],
        nationality=data["nationality"],
        valid_from=data["valid_from"],
        valid_until=data["valid_until"],
        entered_on=data["entered_on"],
        status=data["status"] or "active",
        status_on=status_on,
        sponsor=data["sponsor"],
        region_code=data["region_code"],
        issuing_office=data["issuing_office"],
        document_number=data["document_number"],
        document_expires_on=data["document_expires_on"],
        previous_documents=data["previous_document_numbers"] or (),
    )


def split_full_name(name: str) -> tuple[str | None, str | None]:
    """Surname and given names of "ERIKSSON, ANNA MARIA"; without a comma all is the surname."""
    surname, comma, given_names = name.partition(",")
    if not comma:
        return name, None
    return surname.strip() or None, given_names.strip() or None
