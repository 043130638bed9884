"""Runs statements without the ORM's bookkeeping: the few that every report needs."""

from typing import Any

from sqlalchemy import CursorResult, Executable

from apoa.db.base import session


def rows_of(statement: Executable, **values: Any) -> CursorResult[*tuple[Any, ...]]:
    """The rows of a statement about columns, in this transaction; nothing is flushed before.

    The ORM's row filter does not reach it: row-level security does. So it is only for statements
    that name the lodging or office themselves, and that are made once, not per call.
    """
    return session().connection().execute(statement, values)
