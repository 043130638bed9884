"""Says what would be said about a report, and stores nothing."""

from uuid import UUID

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.base.clock import now
from apoa.base.errors import Problem
from apoa.stays.content import StayReport
from apoa.stays.judge import judge, require_sound
from apoa.stays.queries import get_lodging


def check_report(actor: Actor, property_id: UUID, report: StayReport) -> tuple[Problem, ...]:
    """The warnings that reporting this now would give. Raises InvalidInput with its faults."""
    require(actor, Action.REPORT_STAY, property_id=property_id)
    lodging = get_lodging(property_id)
    require_sound(report, lodging)
    return judge(report, lodging, first_received_at=now()).warnings
