"""How a day and a time, typed in boxes, become one instant and are shown again."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from apoa.base.problems import ProblemText, register_problems
from apoa.web.ui import localtime

register_problems(
    {
        "date-and-time-needed": ProblemText(
            "Isi tanggal dan jam yang benar.", "Give a date and a time that exist."
        ),
    }
)

_CLOCK = re.compile(r"(\d{1,2})[.:]?(\d{2})(?:[.:]\d{2})?")


def show_instant(form: Any, prefix: str, instant: datetime, time_zone: str) -> None:
    """Puts an instant into the `<prefix>_on` and `<prefix>_time` boxes, in this zone."""
    local = instant.astimezone(ZoneInfo(time_zone))
    form[f"{prefix}_on"].process_data(local.date())
    form[f"{prefix}_time"].process_data(localtime(instant, time_zone))


def instant_text(day: str | None, clock: str | None, time_zone: str) -> str | None:
    """A day and a time of this zone as ISO text; what cannot be read stays faulty."""
    clock = (clock or "").strip()
    if not day and not clock:
        return None
    found = _CLOCK.fullmatch(clock)
    text = f"{day or ''}T{found[1]:0>2}:{found[2]}" if found else f"{day or ''}T{clock}"
    try:
        local = datetime.fromisoformat(text) if found else None
    except ValueError:
        local = None
    if local is None:
        return text
    return local.replace(tzinfo=ZoneInfo(time_zone)).isoformat()


def read_instant(day: str | None, clock: str | None, time_zone: str) -> datetime | None:
    """The instant of a day and a time of this zone; None when it cannot be read."""
    text = instant_text(day, clock, time_zone)
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None
