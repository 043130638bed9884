"""What a lodging, its deadlines and its other stays make of reports: faults and verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain
from uuid import UUID

from apoa.base.clock import local_date, now
from apoa.base.errors import InvalidInput, Problem
from apoa.stays.content import StayReport
from apoa.stays.deadlines import Deadline, Timetable, read_timetable, ruling_office
from apoa.stays.models import DeadlineState
from apoa.stays.mrz_doubts import check_mrz_doubts
from apoa.stays.neighbours import Neighbourhood, read_neighbourhood
from apoa.stays.queries import Lodging
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


class Judge:
    """Judges sound reports in one lodging; what they have in common is read once."""

    def __init__(self, lodging: Lodging, reports: Sequence[StayReport]) -> None:
        self._lodging = lodging
        self._reports = reports

    @cached_property
    def _timetable(self) -> Timetable:
        earliest = min(one.checked_in_at for one in self._reports)
        office_id = ruling_office(self._lodging.property_id, self._lodging.office_id)
        return read_timetable(office_id, earliest)

    @cached_property
    def neighbourhood(self) -> Neighbourhood:
        """The other stays; whoever stores several reports adds each that is behind."""
        return read_neighbourhood(self._lodging, self._reports)

    def judge(
        self,
        report: StayReport,
        *,
        first_received_at: datetime,
        due: datetime | None = None,
        besides: UUID | None = None,
        company: Neighbourhood | None = None,
    ) -> Verdict:
        """The verdict on one of the reports.

        `due` is the deadline where it stands already; `besides` is the stay itself when it exists;
        `company` are stays that can only be company for a child.
        """
        zone = self._lodging.time_zone
        deadline = (
            Deadline(due, due)
            if due
            else self._timetable.deadline_for(report.checked_in_at, first_received_at)
        )
        departed_at = report.checked_out_at
        around = Circumstances(
            property_type=self._lodging.type,
            checked_in_on=local_date(report.checked_in_at, zone),
            departs_on=local_date(departed_at, zone)
            if departed_at
            else report.expected_departure_on,
            first_received_at=first_received_at,
            due_at=deadline.due_at,
        )
        alike = self.neighbourhood.alike(report, besides=besides)
        parties = [
            one.party(report, besides=besides) for one in (self.neighbourhood, company) if one
        ]
        return Verdict(
            due_at=deadline.due_at,
            deadline_state=deadline.state_at(first_received_at),
            warnings=(
                *check_warnings(report, around, alike, chain(*parties)),
                *check_mrz_doubts(report, around.checked_in_on),
            ),
        )
