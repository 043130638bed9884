"""A permit ends before its last day: converted, cancelled, revoked, or its holder departed."""

from datetime import date
from uuid import UUID

import apoa.permits.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.base.errors import InvalidInput, StateConflict
from apoa.db.unit_of_work import unit_of_work
from apoa.permits.models import HistoryAct, PermitStatus
from apoa.permits.queries import lock_permit
from apoa.permits.revise import Revision, write_revision
from apoa.permits.rules import may_become
from apoa.permits.writing import writing


def change_status(
    actor: Actor,
    permit_id: UUID,
    status: PermitStatus,
    *,
    status_on: date,
    reason: str | None = None,
) -> None:
    """Ends a permit from `status_on` on: the night before is the last that it covers.

    Raises NotAllowed, NotFound, StateConflict (it has ended already), InvalidInput (the day is
    before the permit's first).
    """
    require(actor, Action.IMPORT_PERMITS)
    with unit_of_work(), writing(actor):
        permit = lock_permit(permit_id)
        if not may_become(permit.status, status):
            raise StateConflict.because(
                "permit-status-final", "/status", status=permit.status, wanted=str(status)
            )
        begins_on = permit.valid_from or permit.entered_on
        if begins_on is not None and status_on < begins_on:
            raise InvalidInput.because("permit-status-before-begin", "/status_on")
        permit.status = status
        permit.status_on = status_on
        write_revision(
            permit,
            Revision(HistoryAct.STATUS, "change_permit_status", actor.user_id, status_on, reason),
        )
