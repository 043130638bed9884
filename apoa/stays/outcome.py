"""What an act answers: where the stay stands now, and by what that can be proved."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from apoa.base.errors import Problem
from apoa.stays.content import StayReport

# Values out of a travel document: the table keeps the names of these params and not the values.
WITHHELD = frozenset({"given", "read", "found", "proposed"})
WITHHELD_SIGN = "…"


@dataclass(frozen=True, kw_only=True)
class StayView:
    """A stay as it stands now."""

    report: StayReport
    stay_id: UUID
    property_id: UUID
    office_id: UUID
    version: int
    state: str
    first_received_at: datetime
    due_at: datetime
    deadline_state: str
    updated_at: datetime
    cancelled_at: datetime | None
    cancel_reason: str | None = field(repr=False)
    warnings: tuple[Problem, ...]
    receipt_number: str
    receipt_issued_at: datetime
    source: str
    property_name: str
    time_zone: str


@dataclass(frozen=True, kw_only=True)
class ReportedStay(StayView):
    """A stay after an act. `duplicate`: the same had been asked before, and nothing changed."""

    duplicate: bool


def problems_to_json(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    """Warnings as they are stored beside the stay, in plain and so without withheld values."""
    return [
        {
            "pointer": one.pointer,
            "code": one.code,
            "params": {
                name: None if name in WITHHELD else value for name, value in one.params.items()
            },
        }
        for one in problems
    ]


def problems_from_json(stored: list[dict[str, Any]]) -> tuple[Problem, ...]:
    """Stored warnings, with a sign for each value that is not stored (see `shown_warnings`)."""
    return tuple(
        Problem(
            one["pointer"],
            one["code"],
            {
                name: WITHHELD_SIGN if value is None else value
                for name, value in one["params"].items()
            },
        )
        for one in stored
    )
