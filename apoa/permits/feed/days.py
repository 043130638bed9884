"""How days are read from a feed: as registers, sheets and people of this country write them."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from marshmallow import fields

from apoa.base.names import fold
from apoa.base.schema import Fault

FIRST_YEAR = 1900
LAST_YEAR = 2200
# Day 60 of the sheets' calendar is a 29 February 1900 that never was: nothing before is read.
_SHEET_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL = 61
_LAST_SERIAL = 109_938
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.ASCII)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}){_TIME}", re.ASCII)
_TIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_IN_WORDS = re.compile(r"(\d{1,2})[-/. ]+([^\W\d]{3,})[-/., ]+(\d{4})")
_YEAR_ONLY = re.compile(r"\d{4}", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "JAN JANUARI JANUARY",
            "FEB PEB FEBRUARI PEBRUARI FEBRUARY",
            "MAR MARET MARCH",
            "APR APRIL",
            "MEI MAY",
            "JUN JUNI JUNE",
            "JUL JULI JULY",
            "AGT AGU AGS AGUSTUS AUG AUGUST",
            "SEP SEPT SEPTEMBER",
            "OKT OCT OKTOBER OCTOBER",
            "NOV NOP NOVEMBER NOPEMBER",
            "DES DEC DESEMBER DECEMBER",
        ),
        start=1,
    )
    for word in words.split()
}


class Day(fields.Field[date | None]):
    """A calendar day: 2026-11-24, 24/11/2026 (the day first), 24 Nov 2026, 20261124, a date."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date | None:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _of_sheet(value)
        parts = _parts(value)
        if parts is None:
            if self.required:
                raise Fault("required")
            return None
        try:
            return _plausible(date(*parts))
        except ValueError:
            raise Fault("invalid-date") from None


class BirthDay(fields.Field[str | None]):
    """A date of birth as "1974-08-12"; what is not known is 00: 1974-08-00, 00/08/1974, 1974."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if isinstance(value, int | float) and not isinstance(value, bool):
            if float(value).is_integer() and FIRST_YEAR <= value <= LAST_YEAR:
                return f"{int(value):04}-00-00"
            return _of_sheet(value).isoformat()
        text = value.strip() if isinstance(value, str) else None
        if text and _YEAR_ONLY.fullmatch(text):
            parts: tuple[int, int, int] | None = (int(text), 0, 0)
        else:
            parts = _parts(value)
        if parts is None:
            raise Fault("required")
        year, month, day = parts
        if day and not month:
            raise Fault("invalid-date")
        try:
            _plausible(date(year, month or 1, day or 1))
        except ValueError:
            raise Fault("invalid-date") from None
        return f"{year:04}-{month:02}-{day:02}"


def _parts(value: Any) -> tuple[int, int, int] | None:
    """Year, month and day as written; None for nothing. Raises Fault."""
    if isinstance(value, datetime | date):
        return value.year, value.month, value.day
    if value is None:
        return None
    if not isinstance(value, str):
        raise Fault("invalid-date")
    text = value.strip()
    if not text:
        return None
    if found := _YEAR_FIRST.fullmatch(text) or _TIGHT.fullmatch(text):
        year, month, day = (int(one) for one in found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(one) for one in found.groups())
    elif (found := _IN_WORDS.fullmatch(text)) and (number := _MONTHS.get(fold(found[2]))):
        day, month, year = int(found[1]), number, int(found[3])
    else:
        raise Fault("bare-day-number" if _SERIAL.fullmatch(text) else "invalid-date")
    return year, month, day


def _of_sheet(value: float) -> date:
    """The day that a spreadsheet's day number stands for (the calendar that begins in 1900)."""
    if not _FIRST_SERIAL <= value < _LAST_SERIAL:
        raise Fault("invalid-date")
    return _SHEET_EPOCH + timedelta(days=int(value))


def _plausible(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError("no day that a permit or a person can have")
    return day
