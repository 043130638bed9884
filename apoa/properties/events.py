"""Writes what happened to a lodging: its history for people, and the audit row beside it."""

from typing import Any

from apoa.audit.record import current_origin, record
from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.properties.models import Property, PropertyEvent
from apoa.properties.rules import EventKind, Step, require_step


def add_event(
    lodging: Property,
    kind: EventKind,
    *,
    reason: str | None = None,
    changes: list[dict[str, Any]] | None = None,
) -> None:
    """A step in the lodging's history, taken by who acts now."""
    session().add(
        PropertyEvent(
            property_id=lodging.id,
            id=new_id(),
            office_id=lodging.office_id,
            kind=kind,
            reason=reason,
            changes=changes or [],
            actor_id=current_origin().actor_id,
            at=now(),
        )
    )
    session().flush()


def take_step(
    lodging: Property,
    step: Step,
    *,
    action: str,
    reason: str | None = None,
    changes: list[dict[str, Any]] | None = None,
) -> None:
    """Brings a locked lodging to its next state, with history and audit row.

    Raises StateConflict when its state does not allow the step.
    """
    transition = require_step(lodging, step)
    before = lodging.state
    lodging.state = transition.ends
    if step in (Step.VERIFY, Step.CORRECT):
        lodging.submitted_at = now()
    if step is Step.APPROVE:
        lodging.approved_at = now()
    add_event(lodging, transition.event, reason=reason, changes=changes)
    record_about(lodging, action, before=before, after=lodging.state)


def record_about(lodging: Property, action: str, **detail: Any) -> None:
    """An audit row about a lodging; `detail` names fields, states and counts."""
    record(
        action,
        subject_type="property",
        subject_id=lodging.id,
        property_id=lodging.id,
        office_id=lodging.office_id,
        **detail,
    )
