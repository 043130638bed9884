"""Which rows this request, command or job may see: belt two of "nobody can forget a permission".

The scope is a value of the context. It is told to PostgreSQL at the start of each transaction
(row-level security reads it there) and is added by the ORM to every statement that it reaches.
No scope means no rows.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import has_app_context
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.orm import Session

from apoa.db.base import session
from apoa.db.core import run


@dataclass(frozen=True)
class Scope:
    """What may be seen and written.

    `property_ids`: these lodgings' rows, to read and write. `office_ids`: rows of the lodgings in
    these offices' areas, to read (and the lodgings themselves to write). `reads_all`: everything
    but the sandbox office, to read. `everywhere`: everything, also to write, only through
    `scope_everywhere`. `user_id`: the person's own memberships and audit rows.
    """

    user_id: UUID | None = None
    property_ids: frozenset[UUID] = frozenset()
    office_ids: frozenset[UUID] = frozenset()
    reads_all: bool = False
    everywhere: bool = False


NOTHING = Scope()
_current: ContextVar[Scope] = ContextVar("apoa_scope", default=NOTHING)
_opened_hooks: list[Callable[[str], None]] = []

_TELL = text(
    "SELECT set_config('apoa.user_id', :user_id, true),"
    " set_config('apoa.property_ids', :property_ids, true),"
    " set_config('apoa.office_ids', :office_ids, true),"
    " set_config('apoa.reads_all', :reads_all, true),"
    " set_config('apoa.everywhere', :everywhere, true)"
)


def current_scope() -> Scope:
    """The scope in force."""
    return _current.get()


def set_scope(scope: Scope) -> None:
    """Puts a scope in force for the rest of this context (a request, a job)."""
    _current.set(scope)
    _retell(scope)


@contextmanager
def scope(wanted: Scope) -> Iterator[None]:
    """Puts a scope in force for a block. What was loaded in it is not to be used after it."""
    before = _current.get()
    _flush()
    set_scope(wanted)
    try:
        yield
        _flush()
    finally:
        _current.set(before)
        with suppress(DBAPIError, PendingRollbackError):
            # An aborted transaction, or one whose connection broke, can't be told, and can't read
            # anything either: its rollback takes the wider scope away with it.
            _retell(before)


@contextmanager
def scope_of_property(property_id: UUID) -> Iterator[None]:
    """The scope of one lodging, for acts that hold its proof (a token, a registration)."""
    with scope(Scope(user_id=_current.get().user_id, property_ids=frozenset({property_id}))):
        yield


@contextmanager
def scope_everywhere(reason: str) -> Iterator[None]:
    """Everything, said aloud: `reason` is written to the audit rows of this transaction."""
    with scope(Scope(user_id=_current.get().user_id, everywhere=True)):
        for hook in _opened_hooks:
            hook(reason)
        yield


def when_opened_everywhere(hook: Callable[[str], None]) -> None:
    """Registers who is told each time that `scope_everywhere` opens."""
    if hook not in _opened_hooks:
        _opened_hooks.append(hook)


def _flush() -> None:
    if _in_transaction():
        session().flush()


def _in_transaction() -> bool:
    return has_app_context() and session().in_transaction()


def _retell(scope_now: Scope) -> None:
    if not _in_transaction():
        return
    current = session()
    if current.is_active:
        # What was loaded under the other scope must be asked for again under this one.
        current.expire_all()
        _tell(current.connection(), scope_now)


def _tell(connection: Connection, scope_now: Scope) -> None:
    values = {
        "user_id": str(scope_now.user_id or ""),
        "property_ids": _uuid_array(scope_now.property_ids),
        "office_ids": _uuid_array(scope_now.office_ids),
        "reads_all": "on" if scope_now.reads_all else "",
        "everywhere": "on" if scope_now.everywhere else "",
    }
    run(connection, _TELL, values)


def _uuid_array(ids: frozenset[UUID]) -> str:
    return "{" + ",".join(sorted(str(one) for one in ids)) + "}"


@event.listens_for(Session, "after_begin")
def _tell_at_begin(_session: Session, transaction: Any, connection: Connection) -> None:
    if not transaction.nested:
        _tell(connection, _current.get())
