"""A permit gets a later last day."""

from datetime import date
from uuid import UUID

import apoa.permits.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.base.errors import InvalidInput, StateConflict
from apoa.db.unit_of_work import unit_of_work
from apoa.permits.models import HistoryAct, Permit, PermitStatus
from apoa.permits.queries import count_extensions, lock_permit
from apoa.permits.revise import Revision, write_revision
from apoa.permits.rules import EXTENDABLE, is_extension_within, rule_in_force
from apoa.permits.tables import length_rules
from apoa.permits.writing import writing


def extend_permit(
    actor: Actor,
    permit_id: UUID,
    valid_until: date,
    *,
    granted_on: date,
    reason: str | None = None,
) -> None:
    """Moves the last day (inclusive) of a permit, granted on a day that may be past.

    Beyond what the table of index codes allows a `reason` is needed; an unknown index code allows
    anything. Raises NotAllowed, NotFound, StateConflict (the permit has ended), InvalidInput.
    """
    require(actor, Action.IMPORT_PERMITS)
    with unit_of_work(), writing(actor):
        permit = lock_permit(permit_id)
        if permit.status not in EXTENDABLE:
            raise StateConflict.because(
                "permit-status-final", status=permit.status, wanted=PermitStatus.EXTENDED
            )
        if valid_until <= permit.valid_until:
            raise InvalidInput.because(
                "permit-extension-not-later", "/valid_until", until=permit.valid_until.isoformat()
            )
        if not reason and _is_beyond_table(permit, valid_until):
            raise InvalidInput.because("permit-extension-beyond-table", "/reason")
        permit.valid_until = valid_until
        permit.status = PermitStatus.EXTENDED
        permit.status_on = granted_on
        write_revision(
            permit,
            Revision(HistoryAct.EXTENDED, "extend_permit", actor.user_id, granted_on, reason),
        )


def _is_beyond_table(permit: Permit, valid_until: date) -> bool:
    begins_on = permit.valid_from or permit.entered_on
    if permit.index_code is None or begins_on is None:
        return False
    rule = rule_in_force(length_rules(), permit.index_code, begins_on)
    if rule is None:
        return False
    before = count_extensions(permit.id)
    return not is_extension_within(rule, begins_on, permit.valid_until, valid_until, before)
