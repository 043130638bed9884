"""What a report's machine-readable zone gives reason to look at; it never stops a report.

The values of these warnings are personal data, some of them sealed in the table. So the stored
warning holds code, pointer, field, line and position alone, and whoever shows a stay works the
values out again from the sealed zone (`shown_warnings`).
"""

from collections.abc import Iterator
from datetime import date

from apoa.base.countries import COUNTRIES
from apoa.base.document_number import normalize_document_number
from apoa.base.errors import Problem
from apoa.base.mrz import MrzProposal, MrzReading, MrzUnreadable, parse_mrz, to_report_parts
from apoa.stays.content import StayReport, TravelDocument
from apoa.stays.mrz_names import check_mrz_names, disagreement

PREFIX = "mrz-"
# What the zone does not say had to be given by a person, and needs no further look.
_ONLY_SILENT = frozenset(
    {
        "mrz-birth-date-zeros",
        "mrz-birth-year-unknown",
        "mrz-document-code-unusual",
        "mrz-document-number-missing",
        "mrz-expiry-not-stated",
        "mrz-name-missing",
        "mrz-sex-invalid",
    }
)
# A passport's code does not tell these apart (Doc 9303-4 section 4.4).
_PASSPORTS = frozenset({"passport", "travel_document", "laissez_passer", "refugee_document"})
_CARDS = frozenset({"identity_card"})


def check_mrz_doubts(report: StayReport, day: date) -> list[Problem]:
    """Failing check digits, likely misreadings, and where zone and report disagree.

    `day` is the lodging's day of check-in, so that the same zone always reads the same.
    """
    if report.mrz is None:
        return []
    try:
        reading = parse_mrz(report.mrz, today=day)
    except MrzUnreadable:
        # Only from before zones were read when they came; no new report passes with one.
        return []
    return [
        *_faults(reading),
        *_proposals(report, reading),
        *_disagreements(report, reading),
    ]


def is_mrz_doubt(warning: Problem) -> bool:
    """Whether a warning is one of these, so that its values are worked out again."""
    return warning.code.startswith(PREFIX)


def _faults(reading: MrzReading) -> Iterator[Problem]:
    for fault in reading.faults:
        if fault.code not in _ONLY_SILENT:
            place = {"line": str(fault.line), "position": str(fault.position)}
            yield Problem("/mrz", fault.code, {"field": fault.field, **place})


def _proposals(report: StayReport, reading: MrzReading) -> Iterator[Problem]:
    """Likely misreadings that are not proven, or that the report does not follow already."""
    for one in reading.proposals:
        is_number = one.field == "document_number" and not one.applied
        if (one.applied and one.proven) or (is_number and _follows_proposal(report, reading)):
            continue
        yield _proposal(one, reading if is_number else None)


def _proposal(one: MrzProposal, whole: MrzReading | None) -> Problem:
    found, proposed = one.found, one.proposed
    if whole is not None:
        found = whole.document_number or found
        proposed = whole.proposed_document_number or proposed
    return Problem(
        "/document/number" if whole else "/mrz",
        "mrz-proposal",
        {
            "field": one.field,
            "line": str(one.line),
            "position": str(one.position),
            "found": found,
            "proposed": proposed,
        },
    )


def _follows_proposal(report: StayReport, reading: MrzReading) -> bool:
    given, proposed = report.document.number, reading.proposed_document_number
    return bool(
        given
        and proposed
        and normalize_document_number(given) == normalize_document_number(proposed)
    )


def _disagreements(report: StayReport, reading: MrzReading) -> Iterator[Problem]:
    yield from check_mrz_names(report.guest, reading)
    guest, document = to_report_parts(reading)
    yield from _plain(
        "/guest",
        (
            ("sex", report.guest.sex, guest["sex"]),
            ("nationality", report.guest.nationality, _known(guest["nationality"])),
        ),
    )
    read_birth = guest["birth_date"]
    if read_birth and not _is_part_of(str(read_birth), report.guest.birth_date):
        yield disagreement("/guest/birth_date", report.guest.birth_date, str(read_birth))
    if report.document.number is None or document["type"] is None:
        return
    expires_on = report.document.expires_on
    if not _same_number(report, reading):
        yield disagreement(
            "/document/number", report.document.number, reading.document_number or ""
        )
    yield from _plain(
        "/document",
        (
            ("type", *_types(report.document, str(document["type"]))),
            ("issuing_state", report.document.issuing_state, _known(document["issuing_state"])),
            ("expires_on", expires_on.isoformat() if expires_on else None, document["expires_on"]),
        ),
    )


def _plain(part: str, values: tuple[tuple[str, str | None, object], ...]) -> Iterator[Problem]:
    for name, given, read in values:
        if given and read and given != read:
            yield disagreement(f"{part}/{name}", given, str(read))


def _same_number(report: StayReport, reading: MrzReading) -> bool:
    """As read, or as the check digits propose it; nothing read disagrees with nothing."""
    if reading.document_number is None or _follows_proposal(report, reading):
        return True
    given = normalize_document_number(report.document.number or "")
    return given == normalize_document_number(reading.document_number)


def _types(document: TravelDocument, read: str) -> tuple[str | None, str | None]:
    """The types where they exclude each other; else nothing to compare."""
    for one, other in ((_PASSPORTS, _CARDS), (_CARDS, _PASSPORTS)):
        if document.type in one and read in other:
            return document.type, read
    return None, None


def _known(code: object) -> object:
    """A state's code; an unknown one has its own fault and is compared with nothing."""
    return code if code in COUNTRIES else None


def _is_part_of(read: str, given: str) -> bool:
    """Whether the date given is the one read, or says more where the zone says nothing."""
    pairs = zip(read.split("-"), given.split("-"), strict=True)
    return all(of_zone in ("00", of_report) for of_zone, of_report in pairs)
