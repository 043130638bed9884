"""What a lodging, its deadline and its other stays make of a report: faults and a verdict."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apoa.base.clock import local_date, now
from apoa.base.errors import InvalidInput, Problem
from apoa.stays.content import StayReport
from apoa.stays.deadlines import Deadline, deadline_of
from apoa.stays.models import DeadlineState
from apoa.stays.mrz_doubts import check_mrz_doubts
from apoa.stays.queries import Lodging, list_neighbours
from apoa.stays.rules import check_report
from apoa.stays.warnings import Circumstances, check_warnings


@dataclass(frozen=True)
class Verdict:
    """Whether the report came in time, and what is unusual about it."""

    due_at: datetime
    deadline_state: DeadlineState
    warnings: tuple[Problem, ...]


def require_sound(report: StayReport, lodging: Lodging) -> None:
    """Raises InvalidInput with every fault that the report has in this lodging, now."""
    faults = check_report(report, now=now(), time_zone=lodging.time_zone)
    if faults:
        raise InvalidInput(faults)


def judge(
    report: StayReport,
    lodging: Lodging,
    *,
    first_received_at: datetime,
    due: datetime | None = None,
    besides: UUID | None = None,
) -> Verdict:
    """The verdict on a sound report.

    `due` is the deadline where it stands already; `besides` is the stay itself when it exists.
    """
    deadline = Deadline(due, due) if due else deadline_of(lodging.office_id, report.checked_in_at)
    departed_at = report.checked_out_at
    around = Circumstances(
        property_type=lodging.type,
        checked_in_on=local_date(report.checked_in_at, lodging.time_zone),
        departs_on=local_date(departed_at, lodging.time_zone)
        if departed_at
        else report.expected_departure_on,
        first_received_at=first_received_at,
        due_at=deadline.due_at,
    )
    neighbours = list_neighbours(lodging, report, besides=besides)
    return Verdict(
        due_at=deadline.due_at,
        deadline_state=deadline.state_at(first_received_at),
        warnings=(
            *check_warnings(report, around, neighbours),
            *check_mrz_doubts(report, around.checked_in_on),
        ),
    )
