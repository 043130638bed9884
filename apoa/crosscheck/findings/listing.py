"""How officers read findings: a list in one order, and one with its evidence and history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_

from apoa.access.actors import Actor, require
from apoa.access.models import User
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.errors import NotFound
from apoa.crosscheck.findings.cursor import FindingCursor
from apoa.crosscheck.findings.models import ACTIVE, Finding, FindingEvent
from apoa.crosscheck.findings.store import findings_of
from apoa.crosscheck.rules.names import Severity
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.properties.models import Property

PAGE = 50
Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class FindingFilters:
    """Which findings are wanted; None is any. `is_active`: open, in work or in the field."""

    rule: str | None = None
    state: str | None = None
    is_active: bool | None = None
    severity: str | None = None
    handled_by: str | None = None
    office_id: UUID | None = None
    property_id: UUID | None = None
    stay_id: UUID | None = None
    permit_id: UUID | None = None


@dataclass(frozen=True)
class FindingView:
    """A finding as a list shows it."""

    id: UUID
    rule: str
    rule_version: int
    severity: str
    handled_by: str
    state: str
    office_id: UUID
    property_id: UUID | None
    property_name: str | None
    stay_id: UUID | None
    permit_id: UUID | None
    evidence: dict[str, Any]
    opened_at: datetime
    updated_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class FindingEventView:
    """What happened to a finding; `by` is the officer's name, None where the system acted."""

    act: str
    state: str
    at: datetime
    by: str | None
    note: str | None
    rule_version: int
    evidence: dict[str, Any] | None


@dataclass(frozen=True)
class FindingDetail:
    """A finding with all its stays (lodging, stay) and its history, oldest first."""

    finding: FindingView
    stays: list[tuple[UUID, UUID]]
    events: list[FindingEventView]


@dataclass(frozen=True)
class FindingPage:
    """Some findings, the latest opened first, and where the next page begins."""

    findings: list[FindingView]
    next_cursor: FindingCursor | None


def list_findings(
    actor: Actor,
    filters: FindingFilters,
    cursor: FindingCursor | None = None,
    *,
    limit: int = PAGE,
) -> FindingPage:
    """The findings within the actor's reach, the latest opened first. Raises NotAllowed."""
    require(actor, Action.VIEW_FINDINGS)
    statement = _narrowed(_rows(), filters)
    if cursor is not None:
        place = tuple_(Finding.opened_at, Finding.id)
        statement = statement.where(place < (cursor.opened_at, cursor.finding_id))
    statement = statement.order_by(Finding.opened_at.desc(), Finding.id.desc()).limit(limit + 1)
    views = [_view(*row) for row in session().execute(statement)]
    following = None
    if len(views) > limit:
        following = FindingCursor(views[limit - 1].opened_at, views[limit - 1].id)
    return FindingPage(views[:limit], following)


def get_finding(actor: Actor, finding_id: UUID, *, purpose: str | None = None) -> FindingDetail:
    """One finding with its evidence and history; that it was opened is recorded.

    Raises NotAllowed, NotFound (also for another office's).
    """
    require(actor, Action.VIEW_FINDINGS)
    row = session().execute(_rows().where(Finding.id == finding_id)).one_or_none()
    if row is None:
        raise NotFound("finding")
    finding: Finding = row[0]
    stays = list(zip(finding.stay_property_ids, finding.stay_ids, strict=True))
    found = FindingDetail(_view(*row), stays, _events(finding_id))
    with unit_of_work():
        record(
            "open_finding",
            subject_type="finding",
            subject_id=found.finding.id,
            property_id=found.finding.property_id,
            office_id=found.finding.office_id,
            purpose=purpose,
        )
    return found


def get_handler(actor: Actor, finding_id: UUID) -> tuple[UUID, str]:
    """The office and the section that handle a finding; nothing is told about anybody.

    Raises NotAllowed, NotFound (also for another office's).
    """
    require(actor, Action.VIEW_FINDINGS)
    row = (
        session()
        .execute(select(Finding.office_id, Finding.handled_by).where(Finding.id == finding_id))
        .one_or_none()
    )
    if row is None:
        raise NotFound("finding")
    return row[0], row[1]


def count_active_findings(actor: Actor) -> dict[tuple[str, str], int]:
    """How many active findings there are within reach, by section and severity."""
    require(actor, Action.VIEW_FINDINGS)
    statement = (
        select(Finding.handled_by, Finding.severity, func.count())
        .where(Finding.closed_at.is_(None))
        .group_by(Finding.handled_by, Finding.severity)
    )
    return {(section, severity): count for section, severity, count in session().execute(statement)}


def severity_rank(severity: str) -> int:
    """0 for what is to be looked at first."""
    return [*reversed(Severity)].index(Severity(severity))


def _rows() -> Rows:
    return select(Finding, Property.name).outerjoin(Property, Property.id == Finding.property_id)


def _narrowed(statement: Rows, filters: FindingFilters) -> Rows:
    for name in ("rule", "state", "severity", "handled_by", "office_id", "property_id"):
        value = getattr(filters, name)
        if value is not None:
            statement = statement.where(getattr(Finding, name) == value)
    if filters.permit_id is not None:
        statement = statement.where(Finding.permit_id == filters.permit_id)
    if filters.stay_id is not None:
        # Also where the stay is another part of the cause: the other of two places.
        statement = statement.where(Finding.id.in_(findings_of([filters.stay_id])))
    if filters.is_active is not None:
        among = Finding.state.in_(ACTIVE)
        statement = statement.where(among if filters.is_active else ~among)
    return statement


def _events(finding_id: UUID) -> list[FindingEventView]:
    rows = session().execute(
        select(FindingEvent, User.name)
        .outerjoin(User, User.id == FindingEvent.by)
        .where(FindingEvent.finding_id == finding_id)
        .order_by(FindingEvent.seq)
    )
    return [
        FindingEventView(
            act=event.act,
            state=event.state,
            at=event.at,
            by=name,
            note=event.note,
            rule_version=event.rule_version,
            evidence=event.evidence,
        )
        for event, name in rows
    ]


def _view(finding: Finding, property_name: str | None) -> FindingView:
    return FindingView(
        id=finding.id,
        rule=finding.rule,
        rule_version=finding.rule_version,
        severity=finding.severity,
        handled_by=finding.handled_by,
        state=finding.state,
        office_id=finding.office_id,
        property_id=finding.property_id,
        property_name=property_name,
        stay_id=finding.stay_id,
        permit_id=finding.permit_id,
        evidence=dict(finding.evidence),
        opened_at=finding.opened_at,
        updated_at=finding.updated_at,
        closed_at=finding.closed_at,
    )
