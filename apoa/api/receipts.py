"""GET /receipts/{number}: is a receipt genuine; open to anybody who holds its number."""

from typing import Any

from werkzeug.wrappers import Response

from apoa.api.answers import answer, instant
from apoa.api.blueprint import OPEN, route
from apoa.api.faults import ApiFault
from apoa.stays.verify_receipt import ReceiptVerdict, verify_receipt


@route("/receipts/<number>", needs=OPEN)
def receipt_verdict(number: str) -> Response:
    """The verdict, with what was signed and all that is needed to check it oneself."""
    verdict = verify_receipt(number)
    if verdict is None:
        raise ApiFault("not-found")
    return answer(_body(verdict))


def _body(verdict: ReceiptVerdict) -> dict[str, Any]:
    zone = verdict.time_zone
    return {
        "number": verdict.number,
        "genuine": verdict.genuine,
        "test": verdict.is_test,
        "property_name": verdict.property_name,
        "office_name": verdict.office_name,
        "issued_at": instant(verdict.issued_at, zone),
        "first_received_at": instant(verdict.first_received_at, zone),
        "checked_in_at": instant(verdict.checked_in_at, zone),
        "deadline": {"due_at": instant(verdict.due_at, zone), "state": verdict.deadline_state},
        "version": verdict.version,
        "current_version": verdict.current_version,
        "amended_since": verdict.amended_since,
        "cancelled": verdict.cancelled,
        "payload": verdict.payload,
        "key_id": verdict.key_id,
        "signature": verdict.signature,
        "public_key": verdict.public_key,
    }
