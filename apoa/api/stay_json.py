"""How a stay is shown: everything stored, instants with the lodging's own offset."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app
from werkzeug.wrappers import Response

from apoa.api.answers import instant, shown_id, versioned
from apoa.api.blueprint import PREFIX
from apoa.api.problem_json import listed
from apoa.stays.content import StayReport
from apoa.stays.outcome import StayView
from apoa.stays.schemas import report_to_mapping

# The instants of a report, which are stored in UTC.
_INSTANTS = ("checked_in_at", "checked_out_at")


def stay_answer(
    view: StayView, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """The stay with its ETag."""
    return versioned(stay_body(view), view.version, status, headers)


def stay_body(view: StayView) -> dict[str, Any]:
    """The stay as every answer shows it."""
    zone = view.time_zone
    return {
        "id": view.stay_id,
        "property_id": shown_id(view.property_id),
        "version": view.version,
        "state": view.state,
        **report_body(view.report, zone),
        "cancel_reason": view.cancel_reason,
        "cancelled_at": instant(view.cancelled_at, zone),
        "source": view.source,
        "first_received_at": instant(view.first_received_at, zone),
        "updated_at": instant(view.updated_at, zone),
        "deadline": {"due_at": instant(view.due_at, zone), "state": view.deadline_state},
        "receipt": {
            "number": view.receipt_number,
            "issued_at": instant(view.receipt_issued_at, zone),
            "url": base_url() + stay_path(view.property_id, view.stay_id, "/receipt"),
            "verification_url": verification_url(view.receipt_number),
        },
        "warnings": listed(view.warnings),
    }


def report_body(report: StayReport, time_zone: str) -> dict[str, Any]:
    """What was reported, in the shape in which it is sent."""
    body = report_to_mapping(report)
    for name in _INSTANTS:
        value: datetime | None = getattr(report, name)
        body[name] = instant(value, time_zone)
    return body


def verification_url(number: str) -> str:
    """Where anybody can see whether a receipt is genuine; it stands in the receipt's QR code."""
    return f"{base_url()}/receipts/{number}"


def stay_path(property_id: UUID, stay_id: UUID, rest: str = "") -> str:
    """The address of a stay as this caller names it, without the host."""
    return f"{PREFIX}/properties/{shown_id(property_id)}/stays/{stay_id}{rest}"


def base_url() -> str:
    """Where this system is reached from outside."""
    url: str = current_app.extensions["apoa_settings"].base_url
    return url.rstrip("/")
