"""Reports for tests: the specimen of Doc 9303, ANNA MARIA ERIKSSON, changed as a test needs."""

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from apoa.base.clock import now, today
from apoa.stays.content import Guest, PermitClaim, StayReport, TravelDocument
from apoa.stays.schemas import report_to_mapping

ANNA = Guest(
    surname="ERIKSSON",
    given_names="ANNA MARIA",
    mononym=False,
    native_name=None,
    sex="F",
    birth_date="1974-08-12",
    birth_place="ZENITH",
    nationality="SWE",
)
PASSPORT = TravelDocument(
    type="passport", number="L898902C3", issuing_state="SWE", expires_on=date(2032, 4, 15)
)
_GUEST_FIELDS = {one.name for one in fields(Guest)}
_DOCUMENT_FIELDS = {
    "document_type": "type",
    "document_number": "number",
    "issuing_state": "issuing_state",
    "expires_on": "expires_on",
    "unavailable_reason": "unavailable_reason",
}


def make_report(**changes: Any) -> StayReport:
    """A sound report of a check-in two hours ago, for three nights.

    Changes are named by field: the report's own (`room`, `checked_in_at`, `guest`), the guest's
    (`surname`, `birth_date`), and `document_type`, `document_number`, `issuing_state`,
    `expires_on`, `unavailable_reason` of the document. A changed check-in moves the departure
    along unless that is given too.
    """
    in_guest = {name: changes.pop(name) for name in list(changes) if name in _GUEST_FIELDS}
    in_document = {
        field: changes.pop(name) for name, field in _DOCUMENT_FIELDS.items() if name in changes
    }
    report = StayReport(
        client_ref=None,
        party_ref=None,
        room="204",
        guest=ANNA,
        document=PASSPORT,
        mrz=None,
        permit=PermitClaim(kind="voa", number=None),
        entry=None,
        purpose="tourism",
        contact=None,
        checked_in_at=now().replace(microsecond=0) - timedelta(hours=2),
        expected_departure_on=today("Asia/Jakarta") + timedelta(days=3),
        checked_out_at=None,
        late_reason=None,
    )
    moved: datetime | None = changes.get("checked_in_at")
    if moved is not None and "expected_departure_on" not in changes:
        changes["expected_departure_on"] = moved.date() + timedelta(days=3)
    report = replace(report, **changes)
    guest = replace(report.guest, **in_guest)
    return replace(report, guest=guest, document=replace(report.document, **in_document))


def make_mapping(**changes: Any) -> dict[str, Any]:
    """The same report as the mapping that forms and the API send."""
    return report_to_mapping(make_report(**changes))
