"""Writes an audit row into the transaction of what it records."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from apoa.audit.models import AuditRow
from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.db.base import Base, session
from apoa.db.scope import when_opened_everywhere


@dataclass(frozen=True)
class Origin:
    """Who acts in this context and where the call came from.

    `office_id` is the office of rows that name none: a test key's belong to the sandbox office.
    """

    kind: str = "system"
    actor_id: UUID | None = None
    role: str | None = None
    request_id: str | None = None
    address: str | None = None
    office_id: UUID | None = None


SYSTEM = Origin()
# One statement for ever, so that it is compiled once.
_INSERT = insert(Base.metadata.tables[AuditRow.__tablename__])
_origin: ContextVar[Origin] = ContextVar("apoa_audit_origin", default=SYSTEM)


def set_origin(origin: Origin) -> None:
    """Says who acts, for the rest of this request, command or job."""
    _origin.set(origin)


def current_origin() -> Origin:
    """Who acts in this context."""
    return _origin.get()


def record(
    action: str,
    *,
    subject_type: str | None = None,
    subject_id: UUID | None = None,
    property_id: UUID | None = None,
    office_id: UUID | None = None,
    purpose: str | None = None,
    **detail: Any,
) -> None:
    """Adds one audit row. `detail` says which fields and counts, never a person's data.

    It is a plain insert: a row of the audit is not a thing that the session should keep.
    """
    row = audit_row(
        action,
        subject_type=subject_type,
        subject_id=subject_id,
        property_id=property_id,
        office_id=office_id,
        purpose=purpose,
        **detail,
    )
    session().execute(_INSERT, row)


def audit_row(
    action: str,
    *,
    subject_type: str | None = None,
    subject_id: UUID | None = None,
    property_id: UUID | None = None,
    office_id: UUID | None = None,
    purpose: str | None = None,
    **detail: Any,
) -> dict[str, Any]:
    """The columns of an audit row, for acts that write it together with other rows."""
    origin = _origin.get()
    return {
        "id": new_id(),
        "at": now(),
        "actor_kind": origin.kind,
        "actor_id": origin.actor_id,
        "actor_role": origin.role,
        "action": action,
        "subject_type": subject_type,
        "subject_id": subject_id,
        "property_id": property_id,
        "office_id": office_id or origin.office_id,
        "purpose": purpose,
        "detail": detail,
        "request_id": origin.request_id,
        "address": origin.address,
    }


def _record_everywhere(reason: str) -> None:
    record("scope_everywhere", reason=reason)


when_opened_everywhere(_record_everywhere)
