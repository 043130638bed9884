"""Runs statements without the ORM's bookkeeping: the few that every report needs.

Each is turned into SQL once and handed to the driver, which prepares it. An ORM statement costs
its caller a millisecond, a Core statement a third of one, these a tenth.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import psycopg
from sqlalchemy import ARRAY, Connection, Executable, any_, bindparam, cast, select
from sqlalchemy.exc import DBAPIError

from apoa.db.base import db, session

Rows = Sequence[tuple[Any, ...]]


def unnested(**arrays: str) -> str:
    """SQL for the rows of arrays: `unnested(ids="uuid", keys="bigint")` of :ids and :keys.

    For texts made once; the planner does not see how many there are, as with `any_of`.
    """
    hidden = [f"(SELECT CAST(:{name} AS {kind}[]))" for name, kind in arrays.items()]
    return f"unnest({', '.join(hidden)})"


def any_of(name: str, kind: Any) -> Any:
    """What is equal to one of the values of this name, an array, for statements made once.

    The array is hidden from the planner behind a SELECT. If it saw how few the values are, each
    call would seem cheaper than the kept plan, and would be planned anew: up to a millisecond.
    The kept plan takes every lodging for an average one, so the statement must leave no choice
    of an index that is worse for a large one.
    """
    values = select(bindparam(name, type_=ARRAY(kind))).scalar_subquery()
    return any_(cast(values, ARRAY(kind)))


def rows_of(statement: Executable, **values: Any) -> Rows:
    """The rows of a statement about columns, in this transaction; nothing is flushed before.

    The ORM's row filter does not reach it: row-level security does. So it is only for statements
    that name the lodging or office themselves, and that are made once, not per call. Values and
    columns are of types that the driver knows. Raises what SQLAlchemy would.
    """
    return run(session().connection(), statement, values)


def run(connection: Connection, statement: Executable, values: dict[str, Any]) -> Rows:
    """The rows of such a statement over a connection that is at hand."""
    sql, constants = _in_sql(statement)
    driver: psycopg.Connection[tuple[Any, ...]] = connection.connection.driver_connection  # type: ignore[assignment]
    try:
        cursor = driver.execute(sql, constants | values)
        result = cursor.pgresult
        return cursor.fetchall() if result is not None and result.nfields else ()
    except psycopg.Error as error:
        raise _as_sqlalchemy_would(connection, sql, error) from error


@lru_cache(maxsize=256)
def _in_sql(statement: Executable) -> tuple[bytes, dict[str, Any]]:
    compiled = statement.compile(dialect=db.engine.dialect)  # type: ignore[attr-defined]
    constants = {name: one for name, one in compiled.params.items() if one is not None}
    return str(compiled).encode(), constants


def _as_sqlalchemy_would(connection: Connection, sql: bytes, error: psycopg.Error) -> Exception:
    is_gone = connection.dialect.is_disconnect(error, connection.connection.driver_connection, None)  # type: ignore[arg-type]
    if is_gone:
        connection.invalidate(error)
    made: Exception = DBAPIError.instance(
        sql.decode(),
        {},
        error,
        psycopg.Error,
        hide_parameters=True,
        connection_invalidated=is_gone,
        dialect=connection.dialect,
    )
    return made
