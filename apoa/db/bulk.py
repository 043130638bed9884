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
from apoa.db.core import Rows, rows_of
from apoa.db.jobs import DEFER_JOBS, Jobs

Row = dict[str, Any]
_WRITTEN: dict[type, Callable[[Any], str]] = {
    UUID: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
}


@dataclass(frozen=True)
class NewRows:
    """Rows for a table, each with every column. With `if_new` those that are there stay as is.

    `of_new` is the column with the id of the row of another table that they belong to; beside
    `insert_if_new` they are stored only where that row was new.
    """

    table: type[Base]
    rows: Sequence[Row]
    if_new: bool = False
    of_new: str | None = None


def insert_rows(*several: NewRows) -> None:
    """Stores all of them or none; a table without rows is left out."""
    given = [one for one in several if one.rows]
    if given:
        _execute(_insert(tuple((one.table, one.if_new) for one in given)), given)


def insert_if_new(
    table: type[Base], rows: Sequence[Row], *others: NewRows, jobs: Jobs | None = None
) -> set[UUID]:
    """Stores the rows that clash with none, and with them what belongs to them; gives their ids.

    Waits for other transactions that write the same, and then gives way to them. The jobs are
    left if any row was new.
    """
    if not rows:
        return set()
    given = [NewRows(table, rows, if_new=True), *(one for one in others if one.rows)]
    tables = tuple((one.table, one.if_new, one.of_new) for one in given)
    statement = _insert_returning(tables, with_jobs=jobs is not None)
    return {row[0] for row in _execute(statement, given, **(jobs.values if jobs else {}))}


def _execute(statement: TextClause, given: Sequence[NewRows], **values: Any) -> Rows:
    session().flush()
    values |= {f"r{n}": rows_json(one.rows) for n, one in enumerate(given)}
    return rows_of(statement, **values)


@lru_cache(maxsize=64)
def _insert(tables: tuple[tuple[type[Base], bool], ...]) -> TextClause:
    *others, last = [
        _one_insert(table, f"r{number}", if_new) for number, (table, if_new) in enumerate(tables)
    ]
    firsts = ", ".join(f"i{number} AS ({one})" for number, one in enumerate(others))
    return text(f"WITH {firsts} {last}" if firsts else last)


@lru_cache(maxsize=64)
def _insert_returning(
    tables: tuple[tuple[type[Base], bool, str | None], ...], *, with_jobs: bool
) -> TextClause:
    first, *others = [
        _one_insert(table, f"r{number}", if_new, of_new)
        for number, (table, if_new, of_new) in enumerate(tables)
    ]
    parts = [f"first AS ({first} RETURNING id)"]
    parts += [f"i{number} AS ({one})" for number, one in enumerate(others)]
    # Asked once, and not at all where nothing was new.
    deferred = f", ({DEFER_JOBS})" if with_jobs else ""
    return text(f"WITH {', '.join(parts)} SELECT id{deferred} FROM first")  # noqa: S608 - as below


def _one_insert(table: type[Base], parameter: str, if_new: bool, of_new: str | None = None) -> str:
    name = table.__tablename__
    columns = ", ".join(table.__table__.columns.keys())
    condition = f" WHERE {of_new} IN (SELECT id FROM first)" if of_new else ""  # noqa: S608
    conflict = " ON CONFLICT DO NOTHING" if if_new else ""
    return (
        f"INSERT INTO {name} ({columns}) SELECT {columns}"  # noqa: S608 - names of our own tables
        f" FROM json_populate_recordset(NULL::{name}, CAST(:{parameter} AS json))"
        f"{condition}{conflict}"
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
