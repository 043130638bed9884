"""An officer adds one permit to the register by hand, as a feed would bring it."""

from uuid import UUID

import apoa.permits.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.base.clock import now
from apoa.base.errors import StateConflict
from apoa.db.unit_of_work import unit_of_work
from apoa.permits.content import PermitContent
from apoa.permits.incoming import UpsertSource
from apoa.permits.queries import find_permit
from apoa.permits.upsert import UpsertOutcome, upsert_permits
from apoa.permits.writing import writing


def register_permit(actor: Actor, content: PermitContent) -> UUID:
    """Adds a permit that the register does not know yet; gives its id.

    Raises NotAllowed, StateConflict where the number and state are there already, ValueError for
    a number without A-Z and 0-9.
    """
    require(actor, Action.IMPORT_PERMITS)
    with unit_of_work(), writing(actor):
        if find_permit(content.number, content.issuing_state) is not None:
            raise StateConflict.because("permit-already-registered", "/number")
        [done] = upsert_permits([content], UpsertSource(None, now(), actor.user_id))
        if done.outcome is not UpsertOutcome.NEW:
            raise StateConflict.because("permit-already-registered", "/number")
        return done.permit_id
