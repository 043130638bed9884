"""Decides how a date typed in three boxes, whole or in part, becomes one ISO text."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from wtforms import Field, SelectMultipleField
from wtforms.utils import unset_value

_MONTHS = (
    ("jan",), ("feb",), ("mar",), ("apr",), ("mei", "may"), ("jun",), ("jul",),
    ("agu", "agt", "ags", "aug"), ("sep",), ("okt", "oct"), ("nov", "nop"), ("des", "dec"),
)  # fmt: skip
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[^\W\d]{3,})\.?[-/. ](\d{4})")
_EIGHT_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")

Parts = tuple[str, str, str]


class DatePartsField(Field):
    """Three boxes `<name>-day`, `-month`, `-year`; its data is "1974-08-12", with 00 for unknown.

    It holds no rules: the marshmallow schema judges the text. `day`, `month` and `year` keep
    what was typed, so that a refused form shows it again.
    """

    day = month = year = ""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the boxes from the form sent, or split the date (or ISO text) it starts with."""
        super().process(None, data, extra_filters)
        if formdata is not None and f"{self.name}-day" in formdata:
            boxes = (f"{self.name}-{part}" for part in ("day", "month", "year"))
            self._take(tuple("".join(formdata.getlist(box)[:1]).strip() for box in boxes))

    def process_data(self, value: Any) -> None:
        """Show a date, or an ISO text with 00 for what is unknown."""
        if isinstance(value, date):
            value = value.isoformat()
        parts = str(value).split("-") if value else []
        year, month, day = parts if len(parts) == 3 else ("", "", "")
        self._take((day.lstrip("0"), month.lstrip("0"), year))

    def _take(self, parts: tuple[str, ...]) -> None:
        day, month, year = parts
        if day and not month and not year:
            day, month, year = split_whole_date(day) or (day, "", "")
        self.day, self.month, self.year = day, month, year
        month = _month_number(month)
        filled = day or month or year
        self.data = f"{year or '0000'}-{month:0>2}-{day:0>2}" if filled else None


class CheckboxesField(SelectMultipleField):
    """Many choices of a short list, shown as boxes by `checkbox_fields`."""


def split_whole_date(text: str) -> Parts | None:
    """Split a pasted date into day, month and year: 1974-08-12, 12/08/1974, 12 Agt 1974.

    Day comes before month, as everywhere in Indonesia. Returns None for anything else.
    """
    text = text.strip()
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
        return day, month, year
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
        number = _month_number(month)
        return (day, number, year) if number.isdigit() else None
    if found := _EIGHT_DIGITS.fullmatch(text):
        return _of_eight_digits(text)
    return None


def _of_eight_digits(text: str) -> Parts:
    """Read 19740812 as year first when that is a date, else 12081974 as day first."""
    year, month, day = text[:4], text[4:6], text[6:]
    if 1 <= int(month) <= 12 and 1 <= int(day) <= 31 and year[:2] in ("19", "20"):
        return day, month, year
    return text[:2], text[2:4], text[4:]


def _month_number(text: str) -> str:
    start = text.lower()[:3]
    for number, names in enumerate(_MONTHS, 1):
        if start in names:
            return str(number)
    return text
