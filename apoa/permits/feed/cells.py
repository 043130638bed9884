"""What a cell of a file says as text or a day: formulas are refused, markers of nothing are empty.

A number in a text column is written out; a day is left to its field.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from apoa.base.errors import Problem

# What sheets and registers put where nothing is known.
_NOTHING = frozenset({"", "-", "--", "–", "—", "N/A", "#N/A", "n/a"})
_DAYS = frozenset({"birth_date", "valid_from", "valid_until", "entered_on", "status_on",
                   "document_expires_on"})  # fmt: skip
# A sheet keeps fifteen digits; what is longer has been rounded.
_MOST_DIGITS = 10**15
# ="00123" is how sheets are told to keep a number as text: a formula that is its own value.
_QUOTED = re.compile(r'="([^"]*)"')


def read_cells(
    mapping: Mapping[str, int], cells: Sequence[Any], from_sheet: bool
) -> tuple[dict[str, Any], list[Problem]]:
    """The fields of one row, empty ones left out, and what is wrong with single cells.

    `mapping` says in which place each field stands. `from_sheet`: numbers may be days.
    """
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for field, place in mapping.items():
        value = cells[place] if place < len(cells) else None
        if value is None or (type(value) is str and value in _NOTHING):
            continue
        try:
            value = _value(field, value, from_sheet)
        except _Unreadable as fault:
            problems.append(Problem(f"/{field}", str(fault)))
            continue
        if value is not None:
            found[field] = value
    return found, problems


class _Unreadable(Exception):
    """The code of what is wrong with a cell."""


def _value(field: str, value: Any, from_sheet: bool) -> Any:
    if isinstance(value, str):
        text = value.strip()
        if text in _NOTHING:
            return None
        if text[0] == "=":
            quoted = _QUOTED.fullmatch(text)
            if quoted is None:
                raise _Unreadable("formula-in-cell")
            return quoted[1] or None
        return value
    if field in _DAYS and from_sheet:
        if isinstance(value, bool | time | timedelta):
            raise _Unreadable("invalid-date")
        return value
    return _as_text(value, from_sheet)


def _as_text(value: Any, from_sheet: bool) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        if abs(value) >= _MOST_DIGITS and (from_sheet or isinstance(value, float)):
            raise _Unreadable("digits-lost")
        # A JSON number may be too large for a float.
        is_whole = isinstance(value, int) or value.is_integer()
        return str(int(value)) if is_whole else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    raise _Unreadable("not-text")
