"""One commit for each act: the outermost `unit_of_work` commits, an inner one is a savepoint."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy.exc import IntegrityError

from apoa.db.base import session

_depth: ContextVar[int] = ContextVar("apoa_unit_of_work", default=0)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Everything done in the block is kept together or not at all.

    An act opens one itself. A batch opens one around its loop, so that each act in it becomes a
    savepoint of its own and the whole is one commit.
    """
    depth = _depth.get()
    token = _depth.set(depth + 1)
    try:
        if depth == 0:
            yield
            session().commit()
        else:
            with session().begin_nested():
                yield
    except BaseException:
        if depth == 0:
            session().rollback()
        raise
    finally:
        _depth.reset(token)


def add_unless_taken(row: object, refusal: Exception) -> None:
    """Stores a new row, part of the act that is open. Raises the refusal if its key is taken."""
    try:
        with session().begin_nested():
            session().add(row)
    except IntegrityError:
        raise refusal from None
