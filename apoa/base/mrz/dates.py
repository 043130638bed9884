"""Which century a two-digit year belongs to, and which parts of a birth date are unknown.

Doc 9303 gives two digits of the year and leaves the century to the reader (part 3 section 4.8).

Birth: the latest year in which the date exists and has begun by today: nobody is born in the
future, and of two possible ages a hundred years apart the younger is far likelier. Ages read are
therefore 0 to 99; a guest of a hundred years or more is read as a child, and a person must see it.
Where the document's expiry is known for sure, the birth lies before it as well: with an old expired
document a birth "25" is 1925, although 2025 has been.

Expiry: from 20 years ago to 50 years ahead. Documents live five or ten years (a few thirty, or
for ever, which some states write as a far year), and one that expired longer ago is no document
that a guest travels on. The window is under a hundred years wide, so one century at most fits it;
if none does, the expiry stays open and is a fault.
"""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date

from apoa.base.mrz.layout import FILLER

EXPIRY_YEARS_BACK = 20
EXPIRY_YEARS_AHEAD = 50
_ALL_UNKNOWN = 6 * FILLER
_ANY_LEAP_YEAR = 2000


def read_birth_date(
    cells: str, today: date, expires_on: date | None = None
) -> tuple[str | None, tuple[str, ...]]:
    """The birth date as "YYYY-MM-DD" and the codes of its faults.

    Fillers for month or day give 00. For an unknown year the year is 0000 and the fault
    "mrz-birth-year-unknown". Zeros as month or day are read as unknown too, with the fault
    "mrz-birth-date-zeros". None, with "mrz-birth-date-invalid", where no such date exists.
    `expires_on`: the document's expiry, only if its check digit holds.
    """
    parts = [_part(cells[start : start + 2]) for start in (0, 2, 4)]
    if -1 in parts:
        return None, ("mrz-birth-date-invalid",)
    two_digits, month, day = parts
    faults = ["mrz-birth-date-zeros"] if "00" in (cells[2:4], cells[4:]) else []
    year: int | None = 0
    if two_digits is None:
        faults.append("mrz-birth-year-unknown")
        year = 0 if _exists(_ANY_LEAP_YEAR, month or 0, day or 0) else None
    else:
        limit = min(today, expires_on) if expires_on else today
        year = _birth_year(two_digits, month or 0, day or 0, limit)
    if year is None:
        return None, ("mrz-birth-date-invalid",)
    return f"{year:04}-{month or 0:02}-{day or 0:02}", tuple(faults)


def read_expiry(cells: str, today: date) -> tuple[date | None, tuple[str, ...]]:
    """The last day of validity and the codes of its faults: with a fault there is no day.

    "mrz-expiry-not-stated" for fillers alone, as on documents without an end;
    "mrz-expiry-invalid" for no date; "mrz-expiry-out-of-range" outside the window.
    """
    if cells == _ALL_UNKNOWN:
        return None, ("mrz-expiry-not-stated",)
    two_digits, month, day = (_part(cells[start : start + 2]) for start in (0, 2, 4))
    if two_digits is None or two_digits < 0 or not month or not day:
        return None, ("mrz-expiry-invalid",)
    earliest = (today.year - EXPIRY_YEARS_BACK, today.month, today.day)
    latest = (today.year + EXPIRY_YEARS_AHEAD, today.month, today.day)
    exists_somewhere = False
    for century in range(earliest[0] // 100, latest[0] // 100 + 1):
        year = century * 100 + two_digits
        if not MINYEAR <= year <= MAXYEAR or not _exists(year, month, day):
            continue
        exists_somewhere = True
        if earliest <= (year, month, day) <= latest:
            return date(year, month, day), ()
    return None, ("mrz-expiry-out-of-range" if exists_somewhere else "mrz-expiry-invalid",)


def _part(cells: str) -> int | None:
    """Two cells as a number; None where unknown; -1 where they are neither."""
    if cells == 2 * FILLER:
        return None
    return int(cells) if cells.isdecimal() else -1


def _birth_year(two_digits: int, month: int, day: int, limit: date) -> int | None:
    newest = limit.year - (limit.year - two_digits) % 100
    for year in (newest, newest - 100):
        # An unknown month or day counts as the first: the date may have begun.
        begun = (year, month or 1, day or 1) <= (limit.year, limit.month, limit.day)
        if begun and year >= MINYEAR and _exists(year, month, day):
            return year
    return None


def _exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar has the date; 0 stands for an unknown month or day."""
    if not 0 <= month <= 12:
        return False
    longest = monthrange(year, month)[1] if month else 31
    return 0 <= day <= longest
