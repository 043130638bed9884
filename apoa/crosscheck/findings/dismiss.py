"""An officer says that a finding is none: it stays so until its evidence is another."""

from uuid import UUID

from sqlalchemy import select

import apoa.crosscheck.findings.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.actors import Actor
from apoa.access.roles import Role
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import NotAllowed, NotFound, StateConflict
from apoa.crosscheck.findings.models import ACTIVE, Finding, FindingAct, FindingState
from apoa.crosscheck.findings.store import add_event
from apoa.crosscheck.rules.names import Section
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.reasons import read_reason

# The section that handles it, and the head of the office.
_HANDLERS = {
    Section.INSARKOM: frozenset({Role.INSARKOM, Role.HEAD_OF_OFFICE}),
    Section.SUPERVISION: frozenset({Role.SUPERVISION, Role.HEAD_OF_OFFICE}),
}


def may_handle(actor: Actor, office_id: UUID, handled_by: str) -> bool:
    """Whether the actor serves in the office's section that handles the finding, or heads it."""
    roles = actor.office_roles.get(office_id, frozenset())
    return bool(roles & _HANDLERS[Section(handled_by)])


def dismiss_finding(actor: Actor, finding_id: UUID, reason: str) -> None:
    """Says that there is nothing in a finding, and why.

    Raises NotFound (also for another office's), NotAllowed (another section's), InvalidInput
    (no reason), StateConflict (closed already).
    """
    words = read_reason(reason, needed=True)
    with unit_of_work():
        finding = _hold(actor, finding_id)
        if finding.state not in ACTIVE:
            raise StateConflict.because("finding-not-open")
        finding.state = FindingState.DISMISSED
        finding.closed_at = finding.updated_at = now()
        add_event(finding, FindingAct.DISMISSED, by=actor.user_id, note=words)
        record(
            "dismiss_finding",
            subject_type="finding",
            subject_id=finding.id,
            property_id=finding.property_id,
            office_id=finding.office_id,
            rule=finding.rule,
        )


def _hold(actor: Actor, finding_id: UUID) -> Finding:
    """The finding, locked, for who may handle it."""
    asked = select(Finding).where(Finding.id == finding_id)
    seen = session().scalar(asked)
    if seen is None:
        raise NotFound("finding")
    if not may_handle(actor, seen.office_id, seen.handled_by):
        raise NotAllowed("dismiss_finding")
    # Its office or section may have changed meanwhile.
    held = session().scalar(asked.with_for_update().execution_options(populate_existing=True))
    if held is None or not may_handle(actor, held.office_id, held.handled_by):
        raise NotFound("finding")
    return held
