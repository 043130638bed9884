"""Reads, locks and writes findings and their history: the only SQL of settling."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, LargeBinary, Select, Uuid, any_, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_leave

from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.crosscheck.findings.models import (
    Finding,
    FindingAct,
    FindingEvent,
    FindingState,
    FindingStay,
)
from apoa.crosscheck.rules.cause import Cause
from apoa.db.base import session


def find_findings(stay_ids: Collection[UUID], causes: Collection[bytes]) -> list[Finding]:
    """The findings that these stays are part of, and those of these causes, in one order."""
    return list(session().scalars(_about(stay_ids, causes)))


def lock_findings(stay_ids: Collection[UUID], causes: Collection[bytes]) -> list[Finding]:
    """The same as they are now; nobody else changes them until this transaction ends."""
    return list(session().scalars(_about(stay_ids, causes).with_for_update()))


def findings_of(stay_ids: Collection[UUID]) -> Select[UUID]:
    """The ids of the findings that these stays are part of."""
    return select(FindingStay.finding_id).where(
        FindingStay.stay_id == any_(literal(list(stay_ids), ARRAY(Uuid)))
    )


def _about(stay_ids: Collection[UUID], causes: Collection[bytes]) -> Select[Finding]:
    of_causes = select(Finding.id).where(
        Finding.cause == any_(literal(list(causes), ARRAY(LargeBinary)))
    )
    # Two look-ups by index: as one condition with OR all findings would be read.
    return (
        select(Finding)
        .where(Finding.id.in_(findings_of(stay_ids).union(of_causes)))
        .order_by(Finding.id)
        .execution_options(populate_existing=True)
    )


def insert_finding(cause: Cause) -> bool:
    """Opens a finding. False when another transaction did so meanwhile; then it is there."""
    at, finding_id = now(), new_id()
    values = {
        "id": finding_id,
        "cause": cause.key,
        "state": FindingState.OPEN,
        "opened_at": at,
        "updated_at": at,
    }
    statement = (
        insert_or_leave(Finding)
        .values(values | columns_of(cause))
        .on_conflict_do_nothing(index_elements=[Finding.cause])
        .returning(Finding.id)
    )
    if session().scalar(statement) is None:
        return False
    event = event_values(cause, finding_id, FindingAct.OPENED, FindingState.OPEN, at)
    session().execute(insert(FindingEvent), [event | {"seq": 1, "evidence": dict(cause.evidence)}])
    return True


def columns_of(cause: Cause) -> dict[str, Any]:
    """What of a finding follows its cause."""
    return {
        "rule": cause.rule,
        "rule_version": cause.rule_version,
        "office_id": cause.office_id,
        "property_id": cause.property_id,
        "stay_id": cause.stay_id,
        "permit_id": cause.permit_id,
        "severity": cause.severity,
        "handled_by": cause.handled_by,
        "evidence": dict(cause.evidence),
        "evidence_mark": cause.mark,
        "stay_ids": [stay_id for _, stay_id in cause.stays],
        "stay_property_ids": [property_id for property_id, _ in cause.stays],
    }


def event_values(
    cause: Cause, finding_id: UUID, act: str, state: str, at: datetime
) -> dict[str, Any]:
    """An entry of the history by the system itself, but for its number and evidence."""
    return {
        "finding_id": finding_id,
        "office_id": cause.office_id,
        "property_id": cause.property_id,
        "act": act,
        "state": state,
        "rule_version": cause.rule_version,
        "at": at,
        "by": None,
        "note": None,
    }


def add_event(
    finding: Finding,
    act: str,
    *,
    evidence: bool = False,
    office_before: UUID | None = None,
    by: UUID | None = None,
    note: str | None = None,
) -> None:
    """Adds to the history of a locked finding what it has just become.

    The evidence says which office had it before, where it went to another.
    """
    session().flush()
    seen = dict(finding.evidence)
    if office_before is not None:
        seen["office_before"] = str(office_before)
    last = session().scalar(
        select(func.max(FindingEvent.seq)).where(FindingEvent.finding_id == finding.id)
    )
    session().execute(
        insert(FindingEvent),
        [
            {
                "finding_id": finding.id,
                "seq": (last or 0) + 1,
                "office_id": finding.office_id,
                "property_id": finding.property_id,
                "act": act,
                "state": finding.state,
                "rule_version": finding.rule_version,
                "evidence": seen if evidence else None,
                "at": now(),
                "by": by,
                "note": note,
            }
        ],
    )


def move_events(finding: Finding) -> None:
    """Takes the history along to where the finding belongs now: who works at it sees it whole."""
    session().flush()
    session().execute(
        update(FindingEvent)
        .where(FindingEvent.finding_id == finding.id)
        .values(office_id=finding.office_id, property_id=finding.property_id)
        .execution_options(synchronize_session=False)
    )


def read_last_act(finding_id: UUID) -> str | None:
    """What happened to the finding last."""
    return session().scalar(
        select(FindingEvent.act)
        .where(FindingEvent.finding_id == finding_id)
        .order_by(FindingEvent.seq.desc())
        .limit(1)
    )


def list_active_subjects(rule: str, after: UUID, most: int) -> list[tuple[UUID, UUID]]:
    """The rule's next active findings by id, each with the permit or lodging that it is about."""
    rows = session().execute(
        select(Finding.id, func.coalesce(Finding.permit_id, Finding.property_id))
        .where(Finding.rule == rule, Finding.closed_at.is_(None), Finding.id > after)
        .order_by(Finding.id)
        .limit(most)
    )
    return [(row[0], row[1]) for row in rows]
