"""Loads the kinds of permit, index codes and nationality lists that the system comes with.

Facts: the directorate's own notices, as far as they were at hand; none is verified, so none names
a regulation. What is there stays as it is: the directorate's changes outlive every new version.
"""

import csv
from collections.abc import Iterator
from datetime import datetime
from importlib import resources
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import psycopg
from psycopg import sql

from apoa.base.clock import now

Row = dict[str, Any]
# In this order, for index codes name their kind; with what tells the rows of a table apart.
_TABLES: dict[str, tuple[str, ...]] = {
    "permit_kinds": (),
    "permit_indexes": ("code", "effective_from"),
    "nationality_lists": ("list", "nationality", "effective_from"),
}


def load_permit_tables(connection: psycopg.Connection[Any]) -> int:
    """Adds the rows that are missing and changes none. Returns how many rows the files hold."""
    at, count = now(), 0
    for table, key in _TABLES.items():
        rows = [_identified(row, table, key, at) if key else row for row in _rows(table)]
        names = list(rows[0])
        statement = sql.SQL("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, names)),
            sql.SQL(", ").join([sql.Placeholder()] * len(names)),
        )
        with connection.cursor() as cursor:
            cursor.executemany(statement, [list(row.values()) for row in rows])
        count += len(rows)
    return count


def _rows(table: str) -> Iterator[Row]:
    file = resources.files("apoa.permits").joinpath("data", f"{table}.csv")
    with file.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield {name: value or None for name, value in row.items()}


def _identified(row: Row, table: str, key: tuple[str, ...], at: datetime) -> Row:
    said = "|".join([table, *(str(row[name]) for name in key)])
    # The same row has the same id wherever the system runs.
    return row | {"id": uuid5(NAMESPACE_OID, f"apoa|{said}"), "created_at": at}
