"""Faulty reports: what is changed in a sound one, and which faults it must be answered with."""

from datetime import timedelta
from typing import Any

from apoa.base.clock import now

GONE = object()
HUGE = 10**29
SMILE = "\U0001f600"
DEEP: Any = "x"
for _level in range(12):
    DEEP = {"a": DEEP}
TD3 = [
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
]
SURNAME, GIVEN, MONONYM = "/guest/surname", "/guest/given_names", "/guest/mononym"
SEX, BIRTH, NATIONALITY = "/guest/sex", "/guest/birth_date", "/guest/nationality"
NUMBER, ISSUER, EXPIRES = "/document/number", "/document/issuing_state", "/document/expires_on"
IN, DUE, OUT = "/checked_in_at", "/expected_departure_on", "/checked_out_at"

SOON = (now() + timedelta(hours=2)).isoformat()

Case = tuple[str, dict[str, Any], dict[str, str]]


def _each(pointer: str, code: str, *values: Any) -> list[Case]:
    return [
        (f"{pointer} {code} {place}", {pointer: value}, {pointer: code})
        for place, value in enumerate(values)
    ]


def _instants(pointer: str) -> list[Case]:
    return _each(
        pointer, "invalid-instant",
        "2026-11-21", "2026-11-21T14:05:00", "14:05", "2026-02-30T14:05:00Z", "yesterday",
        "2026-11-21T25:00:00Z", "2026-11-21T14:05:00+99:00", "20261121T140500Z", 1763708700, True,
        [], {}, "2026-11-21T14:05:00Z\u0000", "٢٠٢٦-11-21T14:05:00Z", "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+23:59", HUGE, 1.5,
    )  # fmt: skip


def _days(pointer: str) -> list[Case]:
    return _each(
        pointer, "invalid-date",
        "2026-02-30", "2027-13-01", "2027-00-10", "21-11-2027", "2027/11/21", "2027-1-1", "soon",
        "2027-11-21T00:00:00Z", 20271121, True, [], {}, "٢٠٢٧-11-21", "2025-02-29", SMILE,
    )  # fmt: skip


CASES: list[Case] = [
    # Names.
    *_each(SURNAME, "not-text", 7, True, [], {}, 1.5, HUGE),
    *_each(SURNAME, "too-long", "X" * 151, "é" * 151, "X" * 100_000),
    *_each(SURNAME, "control-character", "ERIK\u0000SSON", "ERIK\tSSON", "ERIK\nSSON", "\u202eNOS",
           "A\u2028B", "\u007f", "A\u0085B", "\u0007", "ERIK\ufffdSSON"),
    *_each(SURNAME, "no-letters", "123", "---", SMILE, "'", "٣٤"),
    *_each(SURNAME, "name-or-mononym", None, "", "   ", GONE),
    *_each(GIVEN, "name-or-mononym", None, GONE),
    ("both names missing", {SURNAME: None, GIVEN: ""}, {SURNAME: "required", GIVEN: "required"}),
    ("a single name with two", {MONONYM: True}, {GIVEN: "mononym-one-name"}),
    ("a single name with none", {MONONYM: True, SURNAME: None, GIVEN: None}, {SURNAME: "required"}),
    *_each(MONONYM, "not-a-choice", "yes", 2, [], {}),
    *_each("/guest/native_name", "not-text", 7, []),
    *_each("/guest/native_name", "too-long", "名" * 151),
    *_each("/guest/birth_place", "too-long", "X" * 121),
    *_each("/guest/birth_place", "control-character", "BER\u0000LIN"),
    # Sex, birth, nationality.
    *_each(SEX, "not-a-choice", "Q", "female", "f", "MF", SMILE),
    *_each(SEX, "not-text", 1, True, []),
    *_each(SEX, "required", None, "", GONE),
    *_each(BIRTH, "invalid-date", "1974-02-30", "1974-13-01", "12-08-1974", "1974", "x",
           "0000-00-00",
           "1974/08/12", "٠٧٤-08-12",
           "74-08-12"),
    *_each(BIRTH, "too-long", "1974-08-12T", "1974-08-120"),
    *_each(BIRTH, "not-text", 1974, True, {}),
    *_each(BIRTH, "required", None, "", GONE),
    *_each(BIRTH, "day-without-month", "1974-00-12"),
    *_each(BIRTH, "birth-in-future", "2999-01-01", "2999-00-00"),
    *_each(BIRTH, "birth-too-long-ago", "1700-01-01", "0001-01-01"),
    *_each(NATIONALITY, "unknown-country", "XYZ", "Sweden", "123", SMILE, "SW"),
    *_each(NATIONALITY, "not-a-nationality", "EUE", "XCO"),
    *_each(NATIONALITY, "not-foreign", "IDN", "idn"),
    *_each(NATIONALITY, "not-text", 752, []),
    *_each(NATIONALITY, "too-long", "SWEDENSWEDEN"),
    *_each(NATIONALITY, "required", None, "", GONE),
    # The document.
    *_each("/document/type", "not-a-choice", "visa", "PASSPORT", SMILE),
    *_each(NUMBER, "document-number-or-reason", None, "", GONE),
    *_each(NUMBER, "document-number-unreadable", "---", "中文", "/"),
    *_each(NUMBER, "too-long", "X" * 41),
    *_each(NUMBER, "not-text", 898902, HUGE, []),
    *_each(NUMBER, "control-character", "L898\u0000902C3"),
    *_each(ISSUER, "unknown-country", "ZZZ", "??"),
    *_each(ISSUER, "required", None, "", GONE),
    *_days(EXPIRES),
    ("a number and a reason", {"/document/unavailable_reason": "Lost"},
     {"/document/unavailable_reason": "document-number-and-reason"}),
    ("neither number nor reason", {"/document": {}}, {NUMBER: "document-number-or-reason"}),
    ("a reason too long", {"/document": {"unavailable_reason": "x" * 301}},
     {"/document/unavailable_reason": "too-long"}),
    # The zone.
    *_each("/mrz", "mrz-shape", 7, True, {}),
    *_each("/mrz", "not-text", [1, 2], [None]),
    # Permit, entry, contact, purpose.
    *_each("/permit/kind", "not-a-choice", "visa", "VOA"),
    *_each("/permit/number", "too-long", "X" * 41),
    *_each("/permit", "invalid", "voa", 7, []),
    *_days("/entry/entered_on")[:6],
    *_each("/entry/port", "too-long", "SOEKARNO-HATTA"),
    *_each("/purpose", "not-a-choice", "rest", "Tourism", SMILE),
    *_each("/purpose", "not-text", 1, {}),
    *_each("/contact/email", "invalid-email", "anna", "@x.se", "a b@x.se", "anna@x"),
    *_each("/contact/phone", "invalid-phone", "call me", "12", "+", SMILE),
    *_each("/contact/email", "too-long", "a" * 250 + "@x.se"),
    # References and room.
    *_each("/client_ref", "too-long", "X" * 101),
    *_each("/client_ref", "control-character", "RES\u0000", "RES\n1"),
    *_each("/client_ref", "not-text", 88121, HUGE, []),
    *_each("/party_ref", "too-long", "X" * 101),
    *_each("/room", "too-long", "X" * 31),
    *_each("/room", "not-text", 204, 20.4),
    *_each("/late_reason", "too-long", "X" * 501),
    # Instants and days.
    *_instants(IN),
    *_instants(OUT),
    *_days(DUE),
    *_each(IN, "required", None, "", GONE),
    *_each(DUE, "required", None, "", GONE),
    *_each(IN, "check-in-in-future", "2999-01-01T00:00:00Z", SOON),
    *_each(OUT, "check-out-before-check-in", "2001-01-01T00:00:00Z"),
    *_each(OUT, "check-out-in-future", "2999-01-01T00:00:00Z"),
    *_each(DUE, "departure-before-check-in", "2001-01-01", "0001-01-01"),
    *_each(DUE, "departure-too-far", "2999-01-01", "9999-12-31"),
    ("a check-in of another age", {IN: "1999-12-31T00:00:00Z"}, {IN: "check-in-implausible"}),
    # Shapes and unknown names.
    *_each("/guest", "invalid", "ANNA", 7, [], True),
    *_each("/guest", "required", None, GONE),
    *_each("/document", "invalid", "L898902C3", 7, []),
    *_each("/document", "required", None, GONE),
    ("unknown at the top", {"/hotel": 1}, {"/hotel": "unknown-field"}),
    ("unknown in the guest", {"/guest/shoe": 43}, {"/guest/shoe": "unknown-field"}),
    ("unknown and deep", {"/guest/deep": DEEP}, {"/guest/deep": "unknown-field"}),
    ("unknown with a slash", {"/a~1b": 1}, {"/a~1b": "unknown-field"}),
    ("unknown and empty", {"/": 1}, {"/": "unknown-field"}),
    ("unknown smile", {f"/{SMILE}": 1}, {f"/{SMILE}": "unknown-field"}),
    ("what only answers have", {"/id": "x", "/state": "in_house", "/version": 2},
     {"/id": "unknown-field", "/state": "unknown-field", "/version": "unknown-field"}),
    ("several at once", {SEX: "Q", NATIONALITY: "XYZ", IN: "?", "/room": 7, "/x": 1},
     {SEX: "not-a-choice", NATIONALITY: "unknown-country", IN: "invalid-instant",
      "/room": "not-text", "/x": "unknown-field"}),
]  # fmt: skip


def changed(mapping: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A report with the values at these JSON pointers replaced, added or (GONE) taken out."""
    for pointer, value in changes.items():
        *parents, name = [
            part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]
        ]
        target = mapping
        for parent in parents:
            if not isinstance(target.get(parent), dict):
                target[parent] = {}
            target = target[parent]
        if value is GONE:
            target.pop(name, None)
        else:
            target[name] = value
    return mapping
