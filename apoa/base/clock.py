"""What time it is: one place, so that tests and the demo can travel."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_pretended: ContextVar[datetime | None] = ContextVar("apoa_pretended_now", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def pretend(instant: datetime) -> Iterator[None]:
    """Lets a block believe that it is this aware instant. For the demo's past alone."""
    token = _pretended.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)


def local_date(instant: datetime, time_zone: str) -> date:
    """The calendar day of an aware instant in an IANA time zone ("Asia/Jakarta")."""
    return instant.astimezone(ZoneInfo(time_zone)).date()


def today(time_zone: str) -> date:
    """The calendar day now in an IANA time zone."""
    return local_date(now(), time_zone)
