"""Who may read the audit, and the pages in which it is read."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select, tuple_

from apoa.access.actors import Actor, require
from apoa.access.models import User
from apoa.access.roles import Action
from apoa.audit.models import AuditRow
from apoa.audit.record import record
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work

PAGE = 50


@dataclass(frozen=True)
class AuditFilter:
    """Which rows; a day is one of the calendar in `time_zone`."""

    action: str | None = None
    day: date | None = None
    time_zone: str = "Asia/Jakarta"


@dataclass(frozen=True)
class AuditEntry:
    """One row as it is read."""

    id: UUID
    at: datetime
    action: str
    actor_kind: str
    actor_name: str | None
    actor_role: str | None
    subject_type: str | None
    subject_id: UUID | None
    purpose: str | None
    detail: dict[str, Any]


@dataclass(frozen=True)
class AuditPage:
    """A part of the audit, newest first; what comes later does not shift it."""

    entries: list[AuditEntry]
    has_newer: bool
    has_older: bool


def read_audit(
    actor: Actor,
    wanted: AuditFilter,
    *,
    before: UUID | None = None,
    after: UUID | None = None,
) -> AuditPage:
    """A page of rows older than the row `before`, or newer than `after`, or the newest.

    A head of office reads that office's rows, who serves nationally all. The reading is audited.
    Raises NotAllowed.
    """
    require(actor, Action.VIEW_AUDIT)
    statement = select(AuditRow, User.name).outerjoin(User, User.id == AuditRow.actor_id)
    statement = statement.where(*_conditions(actor, wanted))
    backwards = after is not None
    anchor = after or before
    if anchor is not None:
        statement = statement.where(_beyond(anchor, newer=backwards))
    order = (AuditRow.at, AuditRow.id) if backwards else (AuditRow.at.desc(), AuditRow.id.desc())
    found = session().execute(statement.order_by(*order).limit(PAGE + 1)).all()
    has_more = len(found) > PAGE
    rows = found[:PAGE][::-1] if backwards else found[:PAGE]
    entries = [_entry(row, name) for row, name in rows]
    with unit_of_work():
        day = wanted.day.isoformat() if wanted.day else None
        record("audit_read", of_action=wanted.action, of_day=day, count=len(entries))
    if backwards:
        return AuditPage(entries, has_newer=has_more, has_older=True)
    return AuditPage(entries, has_newer=before is not None, has_older=has_more)


def _conditions(actor: Actor, wanted: AuditFilter) -> list[Any]:
    conditions: list[Any] = []
    if not actor.national_roles:
        offices = [o for o in actor.office_roles if actor.may(Action.VIEW_AUDIT, office_id=o)]
        conditions.append(AuditRow.office_id.in_(offices))
    if wanted.action:
        conditions.append(AuditRow.action == wanted.action)
    if wanted.day:
        start = datetime.combine(wanted.day, time.min, ZoneInfo(wanted.time_zone))
        conditions += [AuditRow.at >= start, AuditRow.at < start + timedelta(days=1)]
    return conditions


def _beyond(anchor: UUID, *, newer: bool) -> Any:
    at = select(AuditRow.at).where(AuditRow.id == anchor).scalar_subquery()
    place, limit = tuple_(AuditRow.at, AuditRow.id), tuple_(at, anchor)
    return place > limit if newer else place < limit


def _entry(row: AuditRow, actor_name: str | None) -> AuditEntry:
    return AuditEntry(
        row.id,
        row.at,
        row.action,
        row.actor_kind,
        actor_name,
        row.actor_role,
        row.subject_type,
        row.subject_id,
        row.purpose,
        dict(row.detail),
    )
