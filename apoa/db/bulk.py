"""Writes many rows of several tables in one statement, the same for one row as for a thousand."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text

from apoa.db.base import Base, session

Row = dict[str, Any]
_WRITTEN: dict[type, Callable[[Any], str]] = {
    UUID: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
}


@dataclass(frozen=True)
class NewRows:
    """Rows for a table, each with every column. With `if_new` those that are there stay as is."""

    table: type[Base]
    rows: Sequence[Row]
    if_new: bool = False


def insert_rows(*several: NewRows) -> None:
    """Stores all of them or none; a table without rows is left out."""
    given = [one for one in several if one.rows]
    if given:
        statement = _insert(tuple((one.table, one.if_new) for one in given))
        session().execute(statement, {f"r{n}": rows_json(one.rows) for n, one in enumerate(given)})


def insert_if_new(table: type[Base], rows: Sequence[Row]) -> set[UUID]:
    """Stores the rows that clash with none; gives the ids of those.

    Waits for other transactions that write the same, and then gives way to them.
    """
    if not rows:
        return set()
    return set(session().scalars(_insert_returning(table), {"r0": rows_json(rows)}))


@lru_cache(maxsize=64)
def _insert(tables: tuple[tuple[type[Base], bool], ...]) -> TextClause:
    *others, last = [
        _one_insert(table, f"r{number}", if_new) for number, (table, if_new) in enumerate(tables)
    ]
    firsts = ", ".join(f"i{number} AS ({one})" for number, one in enumerate(others))
    return text(f"WITH {firsts} {last}" if firsts else last)


@lru_cache(maxsize=16)
def _insert_returning(table: type[Base]) -> TextClause:
    return text(f"{_one_insert(table, 'r0', True)} RETURNING id")


def _one_insert(table: type[Base], parameter: str, if_new: bool) -> str:
    name = table.__tablename__
    columns = ", ".join(table.__table__.columns.keys())
    conflict = " ON CONFLICT DO NOTHING" if if_new else ""
    return (
        f"INSERT INTO {name} ({columns}) SELECT {columns}"  # noqa: S608 - names of our own tables
        f" FROM json_populate_recordset(NULL::{name}, CAST(:{parameter} AS json)){conflict}"
    )


def rows_json(rows: Sequence[Row]) -> str:
    """The rows as the JSON that `json_populate_recordset` reads."""
    return json.dumps(rows, default=_Plain().of, ensure_ascii=False, separators=(",", ":"))


class _Plain:
    """Values as text; the same ids and instants stand in many rows."""

    def __init__(self) -> None:
        self._known: dict[UUID | date, str] = {}

    def of(self, value: Any) -> str:
        # By the very type: this runs for most values of every row.
        kind = type(value)
        if kind is bytes:
            return f"\\x{value.hex()}"
        if kind not in _WRITTEN:
            raise TypeError(f"{kind.__name__} cannot stand in a row")
        text = self._known.get(value)
        if text is None:
            text = self._known[value] = _WRITTEN[kind](value)
        return text
