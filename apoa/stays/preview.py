"""Says what would be said about a report, and stores nothing."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, Problem, Refused
from apoa.stays.content import StayReport
from apoa.stays.intake import Sent, foresee
from apoa.stays.judge import Judge, require_sound
from apoa.stays.models import Source
from apoa.stays.outcome import ReportedStay
from apoa.stays.queries import get_lodging
from apoa.stays.schemas import schema_in
from apoa.stays.versions import Change


@dataclass(frozen=True)
class Preview:
    """What reporting this now would give: faults, or warnings; and the report as it was read."""

    report: StayReport | None
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    time_zone: str


def check_report(actor: Actor, property_id: UUID, report: StayReport) -> tuple[Problem, ...]:
    """The warnings that reporting this now would give. Raises InvalidInput with its faults."""
    require(actor, Action.REPORT_STAY, property_id=property_id)
    lodging = get_lodging(property_id)
    require_sound(report, lodging)
    return Judge(lodging, [report]).judge(report, first_received_at=now()).warnings


def preview_item(actor: Actor, property_id: UUID, item: Any) -> Preview:
    """The verdict on a report as it came from outside. Raises NotFound, NotAllowed."""
    require(actor, Action.REPORT_STAY, property_id=property_id)
    lodging = get_lodging(property_id)
    zone = lodging.time_zone
    try:
        report: StayReport = schema_in(zone).read(item)
    except InvalidInput as error:
        return Preview(None, tuple(error.problems), (), zone)
    change = Change("report", actor, Source.API, now())
    verdict = foresee(lodging, Sent(report), change)
    if isinstance(verdict, Refused):
        return Preview(report, tuple(verdict.problems), (), zone)
    warnings = verdict.warnings if isinstance(verdict, ReportedStay) else verdict.verdict.warnings
    return Preview(report, (), warnings, zone)
