"""Everything that is printed on a receipt."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Language = Literal["id", "en"]
DeadlineState = Literal["on_time", "late", "extended"]
StayState = Literal["in_house", "departed", "cancelled"]


@dataclass(frozen=True)
class ReceiptView:
    """One version of a stay as it stands on paper.

    Instants are aware and printed in the property's `time_zone` (an IANA name of Indonesia).
    `birth_date` is "1974-08-12" with "00" for an unknown month or day. Either the document's
    fields or `document_unavailable_reason` is given. Nothing is cut by the caller: long texts
    are fitted on the page here.
    """

    number: str
    issued_at: datetime
    office_name: str
    property_name: str
    property_address: str
    time_zone: str
    guest_name: str
    native_name: str | None
    nationality_name: str
    nationality_code: str
    birth_date: str
    sex: str
    document_type: str | None
    document_number: str | None
    issuing_state_name: str | None
    issuing_state_code: str | None
    document_unavailable_reason: str | None
    room: str | None
    checked_in_at: datetime
    expected_departure_on: date
    checked_out_at: datetime | None
    first_received_at: datetime
    received_at: datetime
    due_at: datetime
    deadline_state: DeadlineState
    late_reason: str | None
    version: int
    state: StayState
    content_digest: str
    key_id: str
    verification_url: str
