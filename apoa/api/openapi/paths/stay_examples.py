"""One guest as she is sent and as she is answered: the example of every call about stays."""

from typing import Any

PROPERTY_ID = "0192f3c1-4f6a-7d5e-9a31-1c2d3e4f5a6b"
STAY_ID = "0193a5b0-7c1d-7e2f-8a3b-4c5d6e7f8091"
NUMBER = "STT-2611-199D-RQEF-TWYN-Q"
_BASE = "https://apoa.example"
_STAY_PATH = f"/api/v1/properties/{PROPERTY_ID}/stays/{STAY_ID}"

REPORT: dict[str, Any] = {
    "client_ref": "RES-88121-1",
    "party_ref": "RES-88121",
    "room": "204",
    "guest": {
        "surname": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "mononym": False,
        "native_name": None,
        "sex": "F",
        "birth_date": "1974-08-12",
        "birth_place": "ZENITH",
        "nationality": "SWE",
    },
    "document": {
        "type": "passport",
        "number": "L898902C3",
        "issuing_state": "SWE",
        "expires_on": "2032-04-15",
        "unavailable_reason": None,
    },
    "mrz": None,
    "permit": {"kind": "voa", "number": None},
    "entry": {"entered_on": "2026-11-20", "port": "DPS"},
    "purpose": "tourism",
    "contact": None,
    "checked_in_at": "2026-11-21T14:05:00+07:00",
    "expected_departure_on": "2026-11-24",
    "checked_out_at": None,
    "late_reason": None,
}
LEAST: dict[str, Any] = {
    "guest": {
        "surname": "OKAFOR",
        "given_names": "CHIDI",
        "sex": "M",
        "birth_date": "1988-00-00",
        "nationality": "NGA",
    },
    "document": {"unavailable_reason": "Passport is at the embassy"},
    "checked_in_at": "2026-11-21T14:05:00+07:00",
    "expected_departure_on": "2026-11-24",
}
SCANNED: dict[str, Any] = {
    "client_ref": "RES-88121-2",
    "mrz": [
        "P<SWEERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36SWE7408122F3204153<<<<<<<<<<<<<<<4",
    ],
    "checked_in_at": "2026-11-21T14:05:00+07:00",
    "expected_departure_on": "2026-11-24",
}
STAY: dict[str, Any] = {
    "id": STAY_ID,
    "property_id": PROPERTY_ID,
    "version": 1,
    "state": "in_house",
    **REPORT,
    "cancel_reason": None,
    "cancelled_at": None,
    "source": "api",
    "first_received_at": "2026-11-21T14:06:11.271943+07:00",
    "updated_at": "2026-11-21T14:06:11.271943+07:00",
    "deadline": {"due_at": "2026-11-22T14:05:00+07:00", "state": "on_time"},
    "receipt": {
        "number": NUMBER,
        "issued_at": "2026-11-21T14:06:11.271943+07:00",
        "url": f"{_BASE}{_STAY_PATH}/receipt",
        "verification_url": f"{_BASE}/receipts/{NUMBER}",
    },
    "warnings": [],
}
LEFT: dict[str, Any] = STAY | {
    "version": 2,
    "state": "departed",
    "checked_out_at": "2026-11-24T10:30:00+07:00",
}
CANCELLED: dict[str, Any] = STAY | {
    "version": 2,
    "state": "cancelled",
    "cancel_reason": "The guest never came",
    "cancelled_at": "2026-11-21T18:00:00+07:00",
}
