"""How the zone of a document looks: for sample documents, demo guests and tests."""

import re
from dataclasses import dataclass, field
from datetime import date

from apoa.base.mrz.check_digits import check_zone
from apoa.base.mrz.layout import COMPOSITE, FILLER, LAYOUTS, MrzFormat, Zone
from apoa.base.mrz.name_field import write_name

_BIRTH_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"[A-Z0-9<]*")
_UNKNOWN = ("0000", "00")
_SHORT_NUMBER = 9
_SEXES = ("F", "M", "X")
# How German documents write their state (Doc 9303-3 section 5).
_IN_ZONE = {"DEU": "D"}


@dataclass(frozen=True)
class MrzFields:
    """What goes into a zone, in the words of `MrzReading`.

    `expires_on` None fills the date with fillers. `optional_data_2` is for TD1 alone.
    """

    format: MrzFormat
    document_code: str
    issuing_state: str
    surname: str | None = field(repr=False)
    given_names: str | None = field(repr=False)
    document_number: str = field(repr=False)
    nationality: str
    birth_date: str = field(repr=False)
    sex: str
    expires_on: date | None
    optional_data: str = field(default="", repr=False)
    optional_data_2: str = field(default="", repr=False)


def make_mrz(fields: MrzFields) -> tuple[str, ...]:
    """The lines of a zone with all check digits, names folded and cut as Doc 9303 says.

    A document number of more than nine characters goes on in the optional data of TD1 (up to 22
    characters) and TD2 (up to 14). Raises ValueError, without quoting values, for what does not
    fit or cannot stand in the zone.
    """
    if fields.sex not in _SEXES:
        raise ValueError("the sex must be F, M or X")
    layout = LAYOUTS[fields.format]
    number, continued = _split_number(fields)
    texts = {
        "document_code": fields.document_code.upper(),
        "issuing_state": _IN_ZONE.get(fields.issuing_state, fields.issuing_state),
        "name": write_name(fields.surname, fields.given_names, layout.fields["name"].width),
        "document_number": number,
        "nationality": _IN_ZONE.get(fields.nationality, fields.nationality),
        "birth_date": _birth_cells(fields.birth_date),
        "sex": FILLER if fields.sex == "X" else fields.sex,
        "expires_on": f"{fields.expires_on:%y%m%d}" if fields.expires_on else "",
        "optional_data": continued + _free_cells(fields.optional_data),
        "optional_data_2": _free_cells(fields.optional_data_2),
    }
    zone = Zone(layout, (FILLER * layout.line_length,) * layout.line_count)
    for name, text in texts.items():
        zone = _written(zone, name, text)
    return _with_check_digits(zone, is_long=bool(continued)).lines


def _split_number(fields: MrzFields) -> tuple[str, str]:
    """The cells of the number's field, and what stands before the optional data.

    A long number's check digit is put in later; until then a zero keeps its place.
    """
    number = _free_cells(fields.document_number)
    if len(number) <= _SHORT_NUMBER:
        return number, ""
    number = number.replace(FILLER, "")
    if len(number) <= _SHORT_NUMBER:
        return number, ""
    if not LAYOUTS[fields.format].continues_numbers:
        raise ValueError("the document number has more than nine characters")
    return number[:_SHORT_NUMBER], f"{number[_SHORT_NUMBER:]}0{FILLER}"


def _free_cells(text: str) -> str:
    """Upper case, with fillers for spaces and hyphens."""
    cells = re.sub(r"[ /.-]", FILLER, text.upper())
    if not _NUMBER.fullmatch(cells):
        raise ValueError("only A-Z, digits and spaces can stand in the zone")
    return cells


def _birth_cells(birth_date: str) -> str:
    if not _BIRTH_DATE.fullmatch(birth_date):
        raise ValueError("the birth date must be YYYY-MM-DD, with zeros for what is unknown")
    parts = birth_date.split("-")
    return "".join(2 * FILLER if part in _UNKNOWN else part[-2:] for part in parts)


def _written(zone: Zone, name: str, text: str) -> Zone:
    span = zone.layout.fields.get(name)
    if span is None:
        if text:
            raise ValueError(f"this format has no field {name}")
        return zone
    if len(text) > span.width:
        raise ValueError(f"the {name} is too long for its field")
    return zone.with_cells(span.line, span.start, text.ljust(span.width, FILLER))


def _with_check_digits(zone: Zone, *, is_long: bool) -> Zone:
    """Every check digit filled in, the composite last, since it covers the others."""
    if not is_long:
        number = zone.layout.checks["document_number"]
        zone = zone.with_cells(number.line, number.start, "0")
    for check in check_zone(zone):
        is_unused = check.field == "optional_data" and not zone.field(check.field).strip(FILLER)
        if check.field != COMPOSITE and not is_unused:
            zone = zone.with_cells(check.line, check.position, check.expected)
    for check in check_zone(zone):
        if check.field == COMPOSITE:
            zone = zone.with_cells(check.line, check.position, check.expected)
    return zone
