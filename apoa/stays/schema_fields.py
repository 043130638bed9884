"""How dates, instants, codes, countries and machine-readable zones are read from outside."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from marshmallow import fields

from apoa.base.countries import normalize_country
from apoa.base.errors import Problem
from apoa.base.mrz import MrzUnreadable
from apoa.base.mrz.zone import read_zone
from apoa.base.schema import Fault, Text
from apoa.stays.codes import Code

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII
)
EMAIL_PATTERN = r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+"
PHONE_PATTERN = r"\+?[0-9][0-9 ()./-]{3,}"
_EMAIL = re.compile(EMAIL_PATTERN)
_PHONE = re.compile(PHONE_PATTERN, re.ASCII)


def fault_of(problem: Problem) -> Fault:
    """The fault that a field raises for a rule's problem."""
    return Fault(problem.code, **problem.params)


class Day(fields.Field[date | None]):
    """A calendar day, "2026-11-24" or a date."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date | None:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        text = _trimmed(value)
        if text == "" and not self.required:
            return None
        if not text:
            raise Fault("required" if text == "" else "invalid-date")
        if not _DATE.fullmatch(text):
            raise Fault("invalid-date")
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise Fault("invalid-date") from None


class Instant(fields.Field[datetime | None]):
    """An instant with its offset ("2026-11-21T14:05:00+07:00") or an aware datetime; in UTC."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Any, **kwargs: Any
    ) -> datetime | None:
        text = _trimmed(value)
        if text == "" and not self.required:
            return None
        if text == "":
            raise Fault("required")
        try:
            instant = value if isinstance(value, datetime) else _parse_instant(text)
            if instant is None or instant.utcoffset() is None:
                raise Fault("invalid-instant")
            # In UTC, since two times of one zone are compared by the clock and not by the instant.
            return instant.astimezone(UTC)
        except (ValueError, OverflowError):
            raise Fault("invalid-instant") from None


class Flag(fields.Field[bool]):
    """Yes or no, as a truth value and nothing that resembles one."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise Fault("not-a-choice")
        return value


class Choice(Text):
    """One code of a closed list."""

    def __init__(self, codes: Iterable[Code], **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.codes = frozenset(one.code for one in codes)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        code = super()._deserialize(value, attr, data, **kwargs)
        if code is not None and code not in self.codes:
            raise Fault("not-a-choice")
        return code


class CountryCode(Text):
    """A state's code, in any writing of documents; gives the canonical one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=10, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is None:
            return None
        try:
            return normalize_country(text)
        except ValueError:
            raise Fault("unknown-country") from None


class Email(Text):
    """An e-mail address, loosely."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is not None and not _EMAIL.fullmatch(text):
            raise Fault("invalid-email")
        return text


class Phone(Text):
    """A telephone number, loosely."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is not None and not _PHONE.fullmatch(text):
            raise Fault("invalid-phone")
        return text


class MrzLines(fields.Field[tuple[str, ...] | None]):
    """The lines of a machine-readable zone, cleaned: from a list, or one text as it was scanned."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Any, **kwargs: Any
    ) -> tuple[str, ...] | None:
        if not isinstance(value, str | list | tuple):
            raise Fault("mrz-shape")
        if not all(isinstance(line, str) for line in value):
            raise Fault("not-text")
        if not any(line.strip() for line in value):
            return None
        try:
            return read_zone(value).lines
        except MrzUnreadable as error:
            raise Fault(error.code) from None


def _parse_instant(text: str | None) -> datetime | None:
    upper = (text or "").upper()
    return datetime.fromisoformat(upper) if _INSTANT.fullmatch(upper) else None


def _trimmed(value: Any) -> str | None:
    return value.strip() if isinstance(value, str) else None
