"""Where a stay stands now: the values that a look at it and an act on it both answer with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apoa.base.errors import Problem
from apoa.stays.columns import report_of
from apoa.stays.content import StayReport
from apoa.stays.models import Stay
from apoa.stays.queries import Lodging
from apoa.stays.shown_warnings import warnings_of


@dataclass(frozen=True)
class IssuedReceipt:
    """What is said of the receipt of a stay's present version."""

    number: str
    issued_at: datetime


def standing(
    stay: Stay,
    lodging: Lodging,
    receipt: IssuedReceipt,
    *,
    report: StayReport | None = None,
    warnings: tuple[Problem, ...] | None = None,
) -> dict[str, Any]:
    """The fields of a StayView; report and warnings are read from the stay where not at hand."""
    return {
        "report": report_of(stay) if report is None else report,
        "stay_id": stay.id,
        "property_id": stay.property_id,
        "office_id": stay.office_id,
        "version": stay.version,
        "state": str(stay.state),
        "first_received_at": stay.first_received_at,
        "due_at": stay.due_at,
        "deadline_state": str(stay.deadline_state),
        "updated_at": stay.updated_at,
        "cancelled_at": stay.cancelled_at,
        "cancel_reason": stay.cancel_reason,
        "warnings": warnings_of(stay) if warnings is None else warnings,
        "receipt_number": receipt.number,
        "receipt_issued_at": receipt.issued_at,
        "source": str(stay.source),
        "property_name": lodging.name,
        "time_zone": lodging.time_zone,
    }
