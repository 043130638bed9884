"""After a change of a rule: asks about the guests whom it can concern, and about nobody else."""

from datetime import date
from uuid import UUID

from sqlalchemy import update

from apoa.base.clock import now, today
from apoa.crosscheck.models import Recheck, RecheckScope, RecheckState
from apoa.crosscheck.recheck import begin_recheck
from apoa.db.base import session
from apoa.db.scope import scope_everywhere
from apoa.offices.regions import WESTERN


def ask_again(rule: str, since_on: date, office_id: UUID | None = None) -> None:
    """Leaves a walk over the guests who were there on that day or later, in the office's area.

    From a day to come on, those who are in house then are asked about in that night anyway. A walk
    for the same rule that is under way is given up: its first steps knew the rule before.
    """
    if since_on > today(WESTERN):
        return
    with scope_everywhere("cross-check"):
        session().execute(
            update(Recheck)
            .where(Recheck.rule == rule, Recheck.office_id.is_not_distinct_from(office_id))
            .where(Recheck.state == RecheckState.RUNNING)
            .values(state=RecheckState.STOPPED, ended_at=now())
            .execution_options(synchronize_session=False)
        )
        begin_recheck(RecheckScope.RULE, office_id=office_id, rule=rule, since_on=since_on)
