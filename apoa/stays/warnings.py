"""What is unusual about a stay. A warning is shown and kept; it never stops a report."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from apoa.base.countries import is_specimen
from apoa.base.errors import Problem
from apoa.base.names import fold
from apoa.stays.content import StayReport
from apoa.stays.rules import latest_birth_on, year_later

ADULT_YEARS = 18
LATE_CODES = frozenset({"late", "late-without-reason"})
# More would tell nobody more.
MOST_DUPLICATES_NAMED = 10
# Nobody lives in these; in kos, apartments and houses of one's own a year is usual.
_SHORT_LODGINGS = frozenset({"hotel", "guesthouse", "homestay", "villa"})
_USUAL_NIGHTS_SHORT = 60
_USUAL_NIGHTS_LONG = 366


@dataclass(frozen=True)
class Nights:
    """From the day of arrival up to the day of departure; a day's stay counts as a night."""

    from_on: date
    until_on: date

    def overlap(self, other: "Nights") -> bool:
        """Whether there is a night that both stays have."""
        return self.from_on < other._end and other.from_on < self._end

    @property
    def _end(self) -> date:
        return max(self.until_on, self.from_on + timedelta(days=1))


@dataclass(frozen=True)
class Neighbour:
    """Another stay in the same lodging that may have to do with this one."""

    stay_id: UUID
    nights: Nights
    birth_date: str = field(repr=False)


@dataclass(frozen=True)
class Circumstances:
    """What the lodging and the clock add to a report."""

    property_type: str
    checked_in_on: date
    departs_on: date
    first_received_at: datetime
    due_at: datetime


def folded_name(surname: str | None, given_names: str | None) -> str:
    """A guest's name in one plain spelling and in any order of its words."""
    return " ".join(sorted(fold(f"{surname or ''} {given_names or ''}").split()))


def check_warnings(
    report: StayReport,
    around: Circumstances,
    alike: Iterable[Neighbour],
    party: Iterable[Neighbour],
) -> tuple[Problem, ...]:
    """Everything unusual, in the order of the form.

    `alike` are stays with the same document or person, `party` those of the same party.
    """
    nights = Nights(around.checked_in_on, around.departs_on)
    return (
        *_check_duplicates(nights, alike),
        *_check_minor(report, nights, party),
        *_check_document(report, around.checked_in_on),
        *_check_length(around),
        *check_lateness(report.late_reason, around.first_received_at, around.due_at),
    )


def check_lateness(
    late_reason: str | None, first_received_at: datetime, due_at: datetime
) -> list[Problem]:
    """How late the report came, and whether the reason is missing."""
    if first_received_at <= due_at:
        return []
    hours, minutes = divmod(int((first_received_at - due_at).total_seconds()) // 60, 60)
    late = Problem("/checked_in_at", "late", {"hours": str(hours), "minutes": str(minutes)})
    return [late] if late_reason else [late, Problem("/late_reason", "late-without-reason")]


def is_minor(birth_date: str, on: date) -> bool:
    """Whether the guest is, or with an unknown day or month may be, under 18 on that day."""
    return year_later(latest_birth_on(birth_date), ADULT_YEARS) > on


def _check_duplicates(nights: Nights, alike: Iterable[Neighbour]) -> list[Problem]:
    found = (
        Problem("", "possible-duplicate", {"stay_id": str(other.stay_id)})
        for other in alike
        if other.nights.overlap(nights)
    )
    return list(islice(found, MOST_DUPLICATES_NAMED))


def _check_minor(report: StayReport, nights: Nights, party: Iterable[Neighbour]) -> list[Problem]:
    if not is_minor(report.guest.birth_date, nights.from_on):
        return []
    accompanied = any(
        other.nights.overlap(nights) and not is_minor(other.birth_date, nights.from_on)
        for other in party
    )
    return [] if accompanied else [Problem("/guest/birth_date", "minor-alone")]


def _check_document(report: StayReport, checked_in_on: date) -> list[Problem]:
    found = []
    if is_specimen(report.guest.nationality):
        found.append(Problem("/guest/nationality", "specimen-document"))
    expires_on = report.document.expires_on
    if expires_on is not None and expires_on < checked_in_on:
        found.append(Problem("/document/expires_on", "document-expired"))
    return found


def _check_length(around: Circumstances) -> list[Problem]:
    nights = (around.departs_on - around.checked_in_on).days
    is_short = around.property_type in _SHORT_LODGINGS
    if nights <= (_USUAL_NIGHTS_SHORT if is_short else _USUAL_NIGHTS_LONG):
        return []
    return [Problem("/expected_departure_on", "unusual-length", {"nights": str(nights)})]
