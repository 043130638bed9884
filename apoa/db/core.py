"""Reads columns without the ORM's bookkeeping, for the few statements that every report runs."""

from typing import Any

from sqlalchemy import CursorResult, Executable

from apoa.db.base import session


def rows_of(statement: Executable, **values: Any) -> CursorResult[*tuple[Any, ...]]:
    """The rows of a select of columns, in this transaction.

    The ORM's row filter does not reach it: row-level security does. So it is only for statements
    that name the lodging or office in their own condition, and that are made once, not per call.
    """
    return session().connection().execute(statement, values)
