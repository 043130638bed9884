"""What a stay report must be, apart from its shape: names, birth dates, documents, times.

Every `check_` returns problems and does no I/O; `today` and `now` come from the caller.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from apoa.base.clock import local_date
from apoa.base.countries import is_foreign, is_nationality
from apoa.base.document_number import normalize_document_number
from apoa.base.errors import Problem
from apoa.base.mrz import MrzUnreadable
from apoa.base.mrz.zone import read_zone
from apoa.stays.content import StayReport

OLDEST_GUEST_YEARS = 130
LONGEST_STAY_YEARS = 5
CHECK_IN_AHEAD = timedelta(hours=1)
# A lodging's clock may be a little fast.
CHECK_OUT_AHEAD = timedelta(minutes=5)
# Long before any report could be due; what is older is a mistyped year.
EARLIEST_CHECK_IN = datetime(2000, 1, 1, tzinfo=UTC)
_PARTIAL_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


def check_names(surname: str | None, given_names: str | None, mononym: bool) -> list[Problem]:
    """Both names, or with `mononym` exactly one; each with a letter in it."""
    found = [
        Problem(pointer, "no-letters")
        for pointer, name in (("/surname", surname), ("/given_names", given_names))
        if name and not any(unicodedata.category(char)[0] == "L" for char in name)
    ]
    if mononym and surname and given_names:
        found.append(Problem("/given_names", "mononym-one-name"))
    elif not surname and not given_names:
        found.append(Problem("/surname", "required"))
        if not mononym:
            found.append(Problem("/given_names", "required"))
    elif not mononym and not (surname and given_names):
        found.append(Problem("/given_names" if surname else "/surname", "name-or-mononym"))
    return found


def check_birth_date(text: str, today: date) -> list[Problem]:
    """A whole or partial date ("1974-08-00", "1974-00-00"), not in the future, not absurdly old."""
    matched = _PARTIAL_DATE.fullmatch(text)
    if matched is None:
        return [Problem("", "invalid-date")]
    year, month, day = (int(part) for part in matched.groups())
    if day and not month:
        return [Problem("", "day-without-month")]
    try:
        earliest = date(year, month or 1, day or 1)
    except ValueError:
        return [Problem("", "invalid-date")]
    if earliest > today:
        return [Problem("", "birth-in-future")]
    if year_later(latest_birth_on(text), OLDEST_GUEST_YEARS) < today:
        return [Problem("", "birth-too-long-ago", {"years": str(OLDEST_GUEST_YEARS)})]
    return []


def latest_birth_on(birth_date: str) -> date:
    """The last day on which somebody with this (perhaps partial) birth date was born."""
    year, month, day = (int(part) for part in birth_date.split("-"))
    if day:
        return date(year, month, day)
    month = month or 12
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def year_later(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes 1 March, as for a birthday."""
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def check_nationality(code: str) -> list[Problem]:
    """A canonical code that a foreigner can have as nationality."""
    if not is_nationality(code):
        return [Problem("", "not-a-nationality")]
    return [] if is_foreign(code) else [Problem("", "not-foreign")]


def check_document(
    number: str | None, issuing_state: str | None, reason: str | None
) -> list[Problem]:
    """A number with the state that issued it, or the reason for having none."""
    if number and reason:
        return [Problem("/unavailable_reason", "document-number-and-reason")]
    if reason:
        return []
    if not number:
        return [Problem("/number", "document-number-or-reason")]
    found = []
    if not normalize_document_number(number):
        found.append(Problem("/number", "document-number-unreadable"))
    if not issuing_state:
        found.append(Problem("/issuing_state", "required"))
    return found


def check_mrz(lines: tuple[str, ...]) -> list[Problem]:
    """A machine-readable zone that can be read (Doc 9303: TD1, TD2, TD3 and visas)."""
    try:
        read_zone(lines)
    except MrzUnreadable as error:
        return [Problem("", error.code)]
    return []


def check_instants(
    checked_in_at: datetime | None, checked_out_at: datetime | None, now: datetime
) -> list[Problem]:
    """Check-in at most an hour ahead and of this age; check-out after it and not ahead."""
    found = []
    if checked_in_at is not None:
        if checked_in_at > now + CHECK_IN_AHEAD:
            minutes = str(int(CHECK_IN_AHEAD.total_seconds()) // 60)
            found.append(Problem("/checked_in_at", "check-in-in-future", {"minutes": minutes}))
        if checked_in_at < EARLIEST_CHECK_IN:
            year = str(EARLIEST_CHECK_IN.year)
            found.append(Problem("/checked_in_at", "check-in-implausible", {"year": year}))
    if checked_out_at is not None:
        # In UTC, since two times of one zone are compared by the clock and not by the instant.
        left_at = checked_out_at.astimezone(UTC)
        if checked_in_at is not None and left_at < checked_in_at.astimezone(UTC):
            found.append(Problem("/checked_out_at", "check-out-before-check-in"))
        if checked_out_at > now + CHECK_OUT_AHEAD:
            found.append(Problem("/checked_out_at", "check-out-in-future"))
    return found


def check_departure(
    checked_in_at: datetime, expected_departure_on: date, time_zone: str
) -> list[Problem]:
    """On or after the lodging's own day of check-in, and not absurdly far."""
    checked_in_on = local_date(checked_in_at, time_zone)
    if expected_departure_on < checked_in_on:
        return [Problem("/expected_departure_on", "departure-before-check-in")]
    if expected_departure_on > year_later(checked_in_on, LONGEST_STAY_YEARS):
        years = {"years": str(LONGEST_STAY_YEARS)}
        return [Problem("/expected_departure_on", "departure-too-far", years)]
    return []


def check_report(report: StayReport, *, now: datetime, time_zone: str) -> list[Problem]:
    """Every fault of a report that is of the right shape, for a lodging in this time zone."""
    guest, document = report.guest, report.document
    today = now.astimezone(ZoneInfo(time_zone)).date()
    faults = _under("/guest", check_names(guest.surname, guest.given_names, guest.mononym))
    faults += _under("/guest/birth_date", check_birth_date(guest.birth_date, today))
    faults += _under("/guest/nationality", check_nationality(guest.nationality))
    faults += _under(
        "/document",
        check_document(document.number, document.issuing_state, document.unavailable_reason),
    )
    if report.mrz is not None:
        faults += _under("/mrz", check_mrz(report.mrz))
    faults += check_instants(report.checked_in_at, report.checked_out_at, now)
    if not any(one.pointer == "/checked_in_at" for one in faults):
        faults += check_departure(report.checked_in_at, report.expected_departure_on, time_zone)
    return faults


def _under(pointer: str, problems: list[Problem]) -> list[Problem]:
    return [Problem(pointer + one.pointer, one.code, one.params) for one in problems]
