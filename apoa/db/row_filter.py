"""Adds the row scope to ORM statements and refuses to flush foreign rows."""

from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, event, false, or_, true
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, with_loader_criteria

from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.db.scope import Scope, current_scope


class ForeignRow(Exception):
    """A flush would write a row outside the scope. A fault of ours, never shown to a person."""


class RowScoped:
    """A table whose rows not everybody sees; by default a lodging's, and through it an office's."""

    scope_property_column: ClassVar[str] = "property_id"
    scope_office_column: ClassVar[str] = "office_id"
    office_may_write: ClassVar[bool] = False

    @classmethod
    def scope_clause(cls, scope: Scope) -> ColumnElement[bool]:
        """The rows of this table that the scope shows."""
        if scope.everywhere:
            return true()
        if scope.reads_all:
            return cls.is_real()
        clauses: list[ColumnElement[bool]] = []
        if scope.property_ids:
            clauses.append(getattr(cls, cls.scope_property_column).in_(scope.property_ids))
        if scope.office_ids:
            clauses.append(getattr(cls, cls.scope_office_column).in_(scope.office_ids))
        return or_(*clauses) if clauses else false()

    @classmethod
    def is_real(cls) -> ColumnElement[bool]:
        """The rows that are not a sandbox's: all that reading everywhere may show."""
        clause: ColumnElement[bool] = getattr(cls, cls.scope_office_column).is_distinct_from(
            SANDBOX_OFFICE_ID
        )
        return clause

    def is_writable_in(self, scope: Scope) -> bool:
        """Whether the scope may write this row."""
        if scope.everywhere or getattr(self, self.scope_property_column) in scope.property_ids:
            return True
        office_id = getattr(self, self.scope_office_column)
        return self.office_may_write and office_id in scope.office_ids


class PropertyOwned(RowScoped):
    """Mixed into every table that a lodging owns; `office_id` follows the lodging's office."""

    property_id: Mapped[UUID]
    office_id: Mapped[UUID]


class OfficeOwned(RowScoped):
    """Mixed into tables of an office's own work: no lodging ever sees them, not even its own.

    The table names its lodging in `property_id`, which may be empty, and follows its office.
    """

    office_id: Mapped[UUID]

    @classmethod
    def scope_clause(cls, scope: Scope) -> ColumnElement[bool]:
        """The rows of the offices in the scope, or every real one."""
        if scope.everywhere:
            return true()
        if scope.reads_all:
            return cls.is_real()
        return cls.office_id.in_(scope.office_ids) if scope.office_ids else false()

    def is_writable_in(self, scope: Scope) -> bool:
        """The office itself writes them, and what works everywhere."""
        return scope.everywhere or self.office_id in scope.office_ids


class OfficersOnly(RowScoped):
    """Mixed into national tables that every officer reads and no lodging ever sees."""

    @classmethod
    def scope_clause(cls, scope: Scope) -> ColumnElement[bool]:
        """All rows, or none."""
        return true() if _is_officers(scope) else false()

    def is_writable_in(self, scope: Scope) -> bool:
        """Offices write; who reads all of them opens `scope_everywhere` first."""
        return scope.everywhere or bool(scope.office_ids)


def _is_officers(scope: Scope) -> bool:
    return scope.everywhere or scope.reads_all or bool(scope.office_ids)


def scoped_classes() -> list[type[RowScoped]]:
    """Every mapped class under the row scope."""
    found: list[type[RowScoped]] = []
    waiting = list(RowScoped.__subclasses__())
    while waiting:
        one = waiting.pop()
        waiting.extend(one.__subclasses__())
        if hasattr(one, "__table__"):
            found.append(one)
    return sorted(set(found), key=lambda cls: cls.__name__)


_criteria_of: dict[Scope, tuple[Any, ...]] = {}


def _criteria(scope: Scope) -> tuple[Any, ...]:
    cached = _criteria_of.get(scope)
    if cached is None:
        cached = tuple(
            with_loader_criteria(cls, cls.scope_clause(scope), include_aliases=True)
            for cls in scoped_classes()
        )
        if len(_criteria_of) > 512:
            _criteria_of.clear()
        _criteria_of[scope] = cached
    return cached


@event.listens_for(Session, "do_orm_execute")
def _add_scope(state: ORMExecuteState) -> None:
    scope = current_scope()
    if scope.everywhere or state.is_column_load or state.is_relationship_load:
        # Column and relationship loads carry the criteria of the statement that led to them,
        # and row-level security holds for them as for everything.
        return
    if state.is_select or state.is_update or state.is_delete:
        state.statement = state.statement.options(*_criteria(scope))


@event.listens_for(Session, "before_flush")
def _refuse_foreign_rows(session: Session, _context: Any, _instances: Any) -> None:
    scope = current_scope()
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, RowScoped) and not row.is_writable_in(scope):
            raise ForeignRow(f"{type(row).__name__} is outside the scope")
