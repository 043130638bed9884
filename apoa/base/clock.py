"""What time it is: one place, so that tests can travel."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def local_date(instant: datetime, time_zone: str) -> date:
    """The calendar day of an aware instant in an IANA time zone ("Asia/Jakarta")."""
    return instant.astimezone(ZoneInfo(time_zone)).date()


def today(time_zone: str) -> date:
    """The calendar day now in an IANA time zone."""
    return local_date(now(), time_zone)
