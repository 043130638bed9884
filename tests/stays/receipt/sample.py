"""A receipt to start from: the specimen guest of ICAO 9303 in an invented lodging."""

from datetime import UTC, date, datetime
from io import BytesIO

import pypdfium2

from apoa.stays.receipt.view import ReceiptView

NUMBER = "STT-2611-7KQ2-M9XH-4TRV-6"
URL = f"https://apoa.example.test/receipts/{NUMBER}"
RECEIVED_AT = datetime(2026, 11, 21, 7, 6, tzinfo=UTC)

VIEW = ReceiptView(
    number=NUMBER,
    issued_at=RECEIVED_AT,
    office_name="Kantor Imigrasi Kelas I TPI Bengkulu",
    property_name="Hotel Contoh Pantai",
    property_address="Jl. Contoh No. 1, Kota Bengkulu",
    time_zone="Asia/Jakarta",
    guest_name="ERIKSSON, ANNA MARIA",
    native_name=None,
    nationality_name="Swedia",
    nationality_code="SWE",
    birth_date="1974-08-12",
    sex="F",
    document_type="passport",
    document_number="L898902C3",
    issuing_state_name="Swedia",
    issuing_state_code="SWE",
    document_unavailable_reason=None,
    room="204",
    checked_in_at=datetime(2026, 11, 21, 7, 5, tzinfo=UTC),
    expected_departure_on=date(2026, 11, 24),
    checked_out_at=None,
    first_received_at=RECEIVED_AT,
    received_at=RECEIVED_AT,
    due_at=datetime(2026, 11, 22, 7, 5, tzinfo=UTC),
    deadline_state="on_time",
    late_reason=None,
    version=1,
    state="in_house",
    content_digest="0123456789abcdef" * 4,
    key_id="2026a",
    verification_url=URL,
)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page in reading order, lines joined and invisible breaks left out."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        texts = [document[index].get_textpage().get_text_range() for index in range(len(document))]
    finally:
        document.close()
    return [" ".join(text.replace("\u200b", "").split()) for text in texts]
