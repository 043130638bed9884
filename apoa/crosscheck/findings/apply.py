"""What becomes of a finding when its cause is there, is there again, or is gone."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from apoa.base.clock import now
from apoa.crosscheck.findings.models import ACTIVE, Finding, FindingAct, FindingState
from apoa.crosscheck.findings.store import (
    add_event,
    columns_of,
    insert_finding,
    lock_findings,
    move_events,
    read_last_act,
)
from apoa.crosscheck.rules.cause import Cause


def apply_cause(cause: Cause, finding: Finding | None) -> None:
    """Opens the finding of this cause, or brings the locked one up to date.

    What an officer confirmed stays as it is. What was dismissed stays dismissed until the telling
    part of the evidence is another.
    """
    if finding is None:
        if insert_finding(cause):
            return
        [finding] = lock_findings([], [cause.key])
    if is_settled(finding, cause):
        return
    if finding.state in ACTIVE:
        _update(finding, cause)
    else:
        _reopen(finding, cause)


def is_settled(finding: Finding, cause: Cause) -> bool:
    """Whether the finding says all of its cause already, or an officer has had the last word."""
    if finding.state == FindingState.CONFIRMED:
        return True
    if finding.state == FindingState.DISMISSED:
        return finding.evidence_mark == cause.mark
    return finding.state in ACTIVE and not _differing(finding, _columns(finding, cause))


def close_finding(finding: Finding) -> bool:
    """The cause of a locked finding is gone. A patrol on its way is told, and decides itself.

    Gives whether that is news.
    """
    if finding.state == FindingState.IN_FIELD:
        is_news = read_last_act(finding.id) != FindingAct.CAUSE_GONE
        if is_news:
            add_event(finding, FindingAct.CAUSE_GONE)
        return is_news
    finding.state = FindingState.CLOSED_ITSELF
    finding.closed_at = finding.updated_at = now()
    add_event(finding, FindingAct.CLOSED_ITSELF)
    return True


def _reopen(finding: Finding, cause: Cause) -> None:
    office_before = _write(finding, columns_of(cause))
    finding.state = FindingState.OPEN
    finding.assigned_to = None
    finding.opened_at = finding.updated_at = now()
    finding.closed_at = None
    add_event(finding, FindingAct.REOPENED, evidence=True, office_before=office_before)


def _update(finding: Finding, cause: Cause) -> None:
    columns = _columns(finding, cause)
    changed = _differing(finding, columns)
    office_before = _write(finding, columns)
    finding.updated_at = now()
    if "handled_by" in changed:
        add_event(finding, FindingAct.HANDED_OVER)
    if changed & {"evidence_mark", "severity", "office_id"}:
        add_event(finding, FindingAct.UPDATED, evidence=True, office_before=office_before)


def _columns(finding: Finding, cause: Cause) -> dict[str, Any]:
    return columns_of(cause) | {"handled_by": _handled_by(finding, cause)}


def _differing(finding: Finding, columns: dict[str, Any]) -> set[str]:
    return {name for name, value in columns.items() if getattr(finding, name) != value}


def _handled_by(finding: Finding, cause: Cause) -> str:
    """Who works at a finding keeps it; one that nobody took goes where it belongs by now."""
    if finding.state != FindingState.OPEN:
        return finding.handled_by
    later = cause.handover
    if later is not None and finding.opened_at + timedelta(days=later.after_days) <= now():
        return later.to
    return cause.handled_by


def _write(finding: Finding, columns: dict[str, Any]) -> UUID | None:
    """Gives the office that had the finding till now, if it goes to another with its history."""
    office_before, property_before = finding.office_id, finding.property_id
    for name, value in columns.items():
        setattr(finding, name, value)
    if (finding.office_id, finding.property_id) != (office_before, property_before):
        move_events(finding)
    return office_before if finding.office_id != office_before else None
