"""Every refusal of a report: where it points and which code it has, all faults at once."""

from copy import deepcopy
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from apoa.base.clock import now, today
from apoa.base.errors import InvalidInput
from apoa.base.problems import problem_text
from apoa.stays.problems import CONFLICTS, FAULTS, WARNINGS
from apoa.stays.schemas import StayReportSchema
from tests.factories import make_mapping

MISSING = object()
TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
TOMORROW = (today("Asia/Jayapura") + timedelta(days=1)).isoformat()


def faults_of(mapping: Any, time_zone: str | None = "Asia/Jakarta") -> set[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        StayReportSchema(time_zone).read(mapping)
    for problem in caught.value.problems:
        for locale in ("id", "en"):
            assert "{" not in problem_text(problem, locale)
    return {(problem.pointer, problem.code) for problem in caught.value.problems}


def changed(pointer: str, value: Any) -> dict[str, Any]:
    mapping = deepcopy(make_mapping())
    *path, last = pointer.strip("/").split("/")
    part = mapping
    for name in path:
        part = part.setdefault(name, {}) if part.get(name) is not None else _made(part, name)
    if value is MISSING:
        del part[last]
    else:
        part[last] = value
    return mapping


def _made(part: dict[str, Any], name: str) -> dict[str, Any]:
    part[name] = {}
    return part[name]


REFUSALS = [
    ("/guest", MISSING, "/guest", "required"),
    ("/guest", None, "/guest", "required"),
    ("/guest", "ANNA", "/guest", "invalid"),
    ("/guest/surname", None, "/guest/surname", "name-or-mononym"),
    ("/guest/given_names", "", "/guest/given_names", "name-or-mononym"),
    ("/guest/surname", "---", "/guest/surname", "no-letters"),
    ("/guest/surname", 7, "/guest/surname", "not-text"),
    ("/guest/surname", "A" * 151, "/guest/surname", "too-long"),
    ("/guest/surname", "ERIK\x00SSON", "/guest/surname", "control-character"),
    ("/guest/given_names", "ANNA\nMARIA", "/guest/given_names", "control-character"),
    ("/guest/native_name", "\u202eANNA", "/guest/native_name", "control-character"),
    ("/guest/mononym", True, "/guest/given_names", "mononym-one-name"),
    ("/guest/mononym", "maybe", "/guest/mononym", "not-a-choice"),
    ("/guest/sex", MISSING, "/guest/sex", "required"),
    ("/guest/sex", "female", "/guest/sex", "not-a-choice"),
    ("/guest/sex", "f", "/guest/sex", "not-a-choice"),
    ("/guest/birth_date", "", "/guest/birth_date", "required"),
    ("/guest/birth_date", "12-08-1974", "/guest/birth_date", "invalid-date"),
    ("/guest/birth_date", "2026-02-30", "/guest/birth_date", "invalid-date"),
    ("/guest/birth_date", "1974-13-00", "/guest/birth_date", "invalid-date"),
    ("/guest/birth_date", "0000-00-00", "/guest/birth_date", "invalid-date"),
    ("/guest/birth_date", "1974-08-12T00", "/guest/birth_date", "too-long"),
    ("/guest/birth_date", "1974-00-12", "/guest/birth_date", "day-without-month"),
    ("/guest/birth_date", TOMORROW, "/guest/birth_date", "birth-in-future"),
    ("/guest/birth_date", "2999-00-00", "/guest/birth_date", "birth-in-future"),
    ("/guest/birth_date", "1890-12-31", "/guest/birth_date", "birth-too-long-ago"),
    ("/guest/birth_date", "1890-00-00", "/guest/birth_date", "birth-too-long-ago"),
    ("/guest/nationality", None, "/guest/nationality", "required"),
    ("/guest/nationality", "SWEDEN", "/guest/nationality", "unknown-country"),
    ("/guest/nationality", "SE", "/guest/nationality", "unknown-country"),
    ("/guest/nationality", "IDN", "/guest/nationality", "not-foreign"),
    ("/guest/nationality", "XCT", "/guest/nationality", "not-a-nationality"),
    ("/guest/passport", "x", "/guest/passport", "unknown-field"),
    ("/document", MISSING, "/document", "required"),
    ("/document/number", None, "/document/number", "document-number-or-reason"),
    ("/document/number", "--/--", "/document/number", "document-number-unreadable"),
    ("/document/issuing_state", None, "/document/issuing_state", "required"),
    ("/document/issuing_state", "ZZZ", "/document/issuing_state", "unknown-country"),
    ("/document/type", "visa", "/document/type", "not-a-choice"),
    ("/document/expires_on", "15/04/2032", "/document/expires_on", "invalid-date"),
    ("/document/expires_on", "2031-02-29", "/document/expires_on", "invalid-date"),
    ("/document/unavailable_reason", "lost", "/document/unavailable_reason",
     "document-number-and-reason"),
    ("/mrz", [TD3], "/mrz", "mrz-length"),
    ("/mrz", [TD3, TD3[:-1]], "/mrz", "mrz-length"),
    ("/mrz", [TD3, "?" * 44], "/mrz", "mrz-characters"),
    ("/mrz", 7, "/mrz", "mrz-shape"),
    ("/mrz", [7, 8], "/mrz", "not-text"),
    ("/permit/kind", "kitas", "/permit/kind", "not-a-choice"),
    ("/entry/entered_on", "yesterday", "/entry/entered_on", "invalid-date"),
    ("/entry/port", "SOEKARNO-HATTA", "/entry/port", "too-long"),
    ("/contact/email", "anna", "/contact/email", "invalid-email"),
    ("/contact/phone", "call me", "/contact/phone", "invalid-phone"),
    ("/purpose", "fun", "/purpose", "not-a-choice"),
    ("/room", "R" * 31, "/room", "too-long"),
    ("/checked_in_at", MISSING, "/checked_in_at", "required"),
    ("/checked_in_at", "", "/checked_in_at", "required"),
    ("/checked_in_at", "2026-11-21T14:05:00", "/checked_in_at", "invalid-instant"),
    ("/checked_in_at", "2026-11-21", "/checked_in_at", "invalid-instant"),
    ("/checked_in_at", "20261121T140500+07", "/checked_in_at", "invalid-instant"),
    ("/checked_in_at", 1763708700, "/checked_in_at", "invalid-instant"),
    ("/checked_in_at", datetime(2026, 11, 21, 14, 5), "/checked_in_at", "invalid-instant"),
    ("/checked_in_at", "0001-01-01T00:00:00+14:00", "/checked_in_at", "invalid-instant"),
    ("/checked_in_at", "0206-11-21T14:05:00+07:00", "/checked_in_at", "check-in-implausible"),
    ("/checked_in_at", now() + timedelta(hours=2), "/checked_in_at", "check-in-in-future"),
    ("/expected_departure_on", None, "/expected_departure_on", "required"),
    ("/expected_departure_on", "24-11-2026", "/expected_departure_on", "invalid-date"),
    ("/expected_departure_on", "2001-01-01", "/expected_departure_on",
     "departure-before-check-in"),
    ("/expected_departure_on", "2099-01-01", "/expected_departure_on", "departure-too-far"),
    ("/checked_out_at", "2001-01-01T00:00:00Z", "/checked_out_at", "check-out-before-check-in"),
    ("/checked_out_at", now() + timedelta(days=1), "/checked_out_at", "check-out-in-future"),
    ("/late_reason", "x" * 501, "/late_reason", "too-long"),
    ("/a~b", 1, "/a~0b", "unknown-field"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("pointer", "value", "at", "code"), REFUSALS, ids=[f"{r[3]} {r[2]}" for r in REFUSALS]
)
def test_a_faulty_report_is_refused_at_its_field(
    pointer: str, value: Any, at: str, code: str
) -> None:
    assert faults_of(changed(pointer, value)) == {(at, code)}


def test_every_fault_is_told_at_once() -> None:
    mapping = make_mapping(surname=None, given_names=None, nationality="IDN")
    mapping |= {"checked_in_at": "2999-01-01T00:00:00Z", "hotel": "x"}
    mapping["guest"]["sex"] = "?"
    mapping["document"] = {}
    assert faults_of(mapping) == {
        ("/guest/surname", "required"),
        ("/guest/given_names", "required"),
        ("/guest/sex", "not-a-choice"),
        ("/guest/nationality", "not-foreign"),
        ("/document/number", "document-number-or-reason"),
        ("/checked_in_at", "check-in-in-future"),
        ("/hotel", "unknown-field"),
    }


def test_an_empty_report_asks_for_what_is_needed() -> None:
    needed = {"/guest", "/document", "/checked_in_at", "/expected_departure_on"}
    assert faults_of({}) == {(pointer, "required") for pointer in needed}


def test_a_mononym_needs_its_one_name() -> None:
    mapping = make_mapping(mononym=True, surname=None, given_names=None)
    assert faults_of(mapping) == {("/guest/surname", "required")}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/guest/birth_date", "1974-08-00"),
        ("/guest/birth_date", "1974-00-00"),
        ("/guest/birth_date", today("Asia/Jakarta").isoformat()),
        ("/guest/birth_date", f"{today('Asia/Jakarta').year}-00-00"),
        ("/guest/birth_date", "2024-02-29"),
        ("/guest/sex", "X"),
        ("/guest/nationality", "XXA"),
        ("/guest/native_name", "安娜"),
        ("/document/issuing_state", "IDN"),
        ("/document", {"unavailable_reason": "Paspor dicuri"}),
        ("/document", {"unavailable_reason": "Paspor dicuri", "issuing_state": "SWE"}),
        ("/document", {"number": "AB 12-34", "issuing_state": "SWE"}),
        ("/mrz", [TD3, TD3]),
        ("/mrz", ["I" + "<" * 29] * 3),
        ("/mrz", ["P" + "<" * 35] * 2),
        ("/checked_in_at", "2015-01-01t10:00:00z"),
        ("/checked_in_at", now() + timedelta(minutes=55)),
        ("/permit/number", "IM-odd / 7"),
    ],
)
def test_what_is_unusual_but_sound_is_taken(pointer: str, value: Any) -> None:
    mapping = changed(pointer, value)
    if pointer == "/checked_in_at" and isinstance(value, str):
        mapping["expected_departure_on"] = "2015-01-01"
    StayReportSchema("Asia/Jakarta").read(mapping)


def test_what_is_written_in_another_way_means_the_same() -> None:
    mapping = make_mapping()
    mapping["guest"] |= {"nationality": "d<<", "surname": "  MU\u0308LLER  "}
    mapping |= {
        "contact": {"email": "", "phone": None},
        "entry": {"entered_on": None, "port": ""},
        "permit": {"number": "2C21-X"},
        "mrz": TD3.lower() + "\r\n" + TD3 + "\n",
        "expected_departure_on": date(2024, 11, 24),
        "checked_in_at": "2024-11-21T14:05:00+02:00",
    }
    report = StayReportSchema("Asia/Jakarta").read(mapping)
    assert report.guest.nationality == "DEU"
    assert report.guest.surname == "MÜLLER"
    assert report.contact is None
    assert report.entry is None
    assert report.permit is not None
    assert report.permit.kind == "unknown"
    assert report.mrz == (TD3, TD3)
    assert report.checked_in_at == datetime.fromisoformat("2024-11-21T12:05:00+00:00")


def test_without_a_zone_the_departure_is_left_to_the_act() -> None:
    mapping = changed("/expected_departure_on", "2001-01-01")
    assert StayReportSchema().read(mapping).expected_departure_on == date(2001, 1, 1)


def test_every_code_has_words_in_both_languages() -> None:
    for text in (FAULTS | CONFLICTS | WARNINGS).values():
        assert text.indonesian.strip()
        assert text.english.strip()
        assert text.indonesian != text.english
