"""What a machine-readable zone says, with every doubt named instead of hidden."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from apoa.base.countries import COUNTRIES, normalize_country
from apoa.base.mrz.check_digits import check_zone, number_cells
from apoa.base.mrz.dates import read_birth_date, read_expiry
from apoa.base.mrz.layout import FILLER, MrzFormat, Zone
from apoa.base.mrz.name_field import read_name
from apoa.base.mrz.reading import MrzCheck, MrzFault, MrzProposal, MrzReading
from apoa.base.mrz.repairs import (
    confirm_by_checks,
    propose_by_check_digits,
    repair_by_alphabet,
)
from apoa.base.mrz.zone import read_zone

_SEXES = {"F": "F", "M": "M", FILLER: "X", "X": "X"}
# A passport's code does not tell what it is: its second letter is the same everywhere only since
# 2026 (Doc 9303-4 section 4.4). The codes of issuer and nationality do (Doc 9303-3 section 5).
_LAISSEZ_PASSER_ISSUERS = frozenset({"UNO", "UNA", "EUE"})
_STATELESS = "XXA"
_REFUGEES = frozenset({"XXB", "XXC"})


class _Dates(NamedTuple):
    birth_date: str | None
    expires_on: date | None
    faults: tuple[MrzFault, ...]


def parse_mrz(lines_or_text: str | Sequence[str], *, today: date) -> MrzReading:
    """Everything a zone says: TD1, TD2, TD3, MRV-A and MRV-B.

    `lines_or_text`: the lines, or one text with or without line ends; spaces, small letters and
    other filler signs are taken. `today` is the lodging's calendar day and decides the centuries
    (see `dates`). A failing check digit or an odd field never stops the reading: it is a fault.
    Raises MrzUnreadable if the text is no zone at all, and nothing else, whatever the text.
    """
    as_found = read_zone(lines_or_text)
    zone, repairs = repair_by_alphabet(as_found)
    checks = check_zone(zone)
    dates = _read_dates(zone, checks, today)
    doubtful = {fault.field for fault in dates.faults}
    proposals = confirm_by_checks(repairs, checks, doubtful) + propose_by_check_digits(zone, checks)
    return _reading(zone, as_found.lines, checks, proposals, dates)


def _reading(
    zone: Zone,
    lines: tuple[str, ...],
    checks: tuple[MrzCheck, ...],
    proposals: tuple[MrzProposal, ...],
    dates: _Dates,
) -> MrzReading:
    name = read_name(zone.field("name"))
    rest = number_cells(zone).rest
    return MrzReading(
        format=zone.layout.format,
        document_code=zone.field("document_code").rstrip(FILLER),
        document_type=_document_type(zone),
        issuing_state=_state(zone, "issuing_state"),
        surname=name.surname,
        given_names=name.given_names,
        mononym=name.mononym,
        name_truncated=name.truncated,
        document_number=_document_number(zone),
        nationality=_state(zone, "nationality"),
        birth_date=dates.birth_date,
        sex=_SEXES.get(zone.field("sex")),
        expires_on=dates.expires_on,
        optional_data=_words(zone.read(rest)) if rest else None,
        optional_data_2=_words(zone.field("optional_data_2")),
        checks=checks,
        faults=(
            *_faults_at(zone, "name", name.faults),
            *dates.faults,
            *_field_faults(zone),
            *_check_faults(checks),
        ),
        proposals=proposals,
        proposed_document_number=_proposed_number(zone, proposals),
        lines=lines,
    )


def _read_dates(zone: Zone, checks: Iterable[MrzCheck], today: date) -> _Dates:
    expires_on, expiry_faults = read_expiry(zone.field("expires_on"), today)
    # An expiry that may be misread must not decide the century of the birth.
    expiry_holds = all(check.ok for check in checks if check.field == "expires_on")
    birth_date, birth_faults = read_birth_date(
        zone.field("birth_date"), today, expires_on if expiry_holds else None
    )
    faults = (
        *_faults_at(zone, "birth_date", birth_faults),
        *_faults_at(zone, "expires_on", expiry_faults),
    )
    return _Dates(birth_date, expires_on, faults)


def _document_type(zone: Zone) -> str:
    code, nationality = zone.field("document_code"), _state(zone, "nationality")
    if zone.layout.is_visa:
        return "visa"
    if code == "AC":
        return "crew_certificate"
    if code[0] != "P":
        return "travel_document" if zone.layout.format is MrzFormat.TD3 else "identity_card"
    if _state(zone, "issuing_state") in _LAISSEZ_PASSER_ISSUERS:
        return "laissez_passer"
    if nationality in _REFUGEES:
        return "refugee_document"
    return "travel_document" if nationality == _STATELESS else "passport"


def _state(zone: Zone, name: str) -> str | None:
    code = zone.field(name).replace(FILLER, "")
    try:
        return normalize_country(code)
    except ValueError:
        return code or None


def _words(cells: str) -> str | None:
    """Free data: fillers within it stand for spaces or signs."""
    return " ".join(cells.replace(FILLER, " ").split()) or None


def _document_number(zone: Zone) -> str | None:
    cells = "".join(zone.read(part) for part in number_cells(zone).parts)
    return cells.replace(FILLER, "") or None


def _proposed_number(zone: Zone, proposals: Iterable[MrzProposal]) -> str | None:
    """The document number with the proven exchange, which the reading itself does not use."""
    for one in proposals:
        if one.field == "document_number" and not one.applied:
            return _document_number(zone.with_cells(one.line, one.position, one.proposed))
    return None


def _faults_at(zone: Zone, name: str, codes: Iterable[str]) -> Iterator[MrzFault]:
    span = zone.layout.fields[name]
    return (MrzFault(code, name, span.line, span.start) for code in codes)


def _field_faults(zone: Zone) -> Iterator[MrzFault]:
    """What single fields hold against the standard."""
    # Passports are TD3 and begin with P; cards are TD1 or TD2 and begin with A, C or I.
    is_passport = zone.field("document_code")[0] == "P"
    if not zone.layout.is_visa and is_passport != (zone.layout.format is MrzFormat.TD3):
        yield from _faults_at(zone, "document_code", ["mrz-document-code-unusual"])
    for name in ("issuing_state", "nationality"):
        if _state(zone, name) not in COUNTRIES:
            yield from _faults_at(zone, name, ["mrz-state-unknown"])
    span = zone.layout.fields["name"]
    for place, char in enumerate(zone.read(span)):
        if char.isdecimal():
            yield MrzFault("mrz-name-digit", "name", span.line, span.start + place)
    if _document_number(zone) is None:
        yield from _faults_at(zone, "document_number", ["mrz-document-number-missing"])
    # X is what the printed page shows for the filler; some states put it here too.
    if zone.field("sex") not in _SEXES:
        yield from _faults_at(zone, "sex", ["mrz-sex-invalid"])


def _check_faults(checks: Iterable[MrzCheck]) -> Iterator[MrzFault]:
    for check in checks:
        if not check.ok:
            yield MrzFault("mrz-check-digit", check.field, check.line, check.position)
