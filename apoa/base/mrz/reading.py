"""What a machine-readable zone says: its fields, its checks, its faults and what was repaired."""

from dataclasses import dataclass, field
from datetime import date

from apoa.base.errors import ApoaError
from apoa.base.mrz.layout import MrzFormat


class MrzUnreadable(ApoaError):
    """The text is no machine-readable zone at all. Neither code nor message quotes the text.

    `code` is "mrz-length" (not 3 x 30, 2 x 36 or 2 x 44 characters), "mrz-characters" (others than
    A-Z, 0-9 and fillers) or "mrz-kind" (the first letter names no kind of document that has this
    shape).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class MrzCheck:
    """One check digit: the field it guards ("composite" for the last one) and where it stands.

    `found` is the digit in the zone, after repairs; `expected` is what the guarded cells demand.
    """

    field: str
    line: int
    position: int
    expected: str
    found: str
    ok: bool


@dataclass(frozen=True)
class MrzFault:
    """Something that Doc 9303 does not allow or that could not be read; words in `problems`.

    `position` is the faulty cell, or the first cell of the field.
    """

    code: str
    field: str
    line: int
    position: int


@dataclass(frozen=True)
class MrzProposal:
    """One character that is likely misread, and what it should be.

    `reason` says why: "alphabet" (the field holds only digits, or only letters), "country-code"
    (so it is a known code, as found it is none), "check-digit" (the only exchange of look-alikes
    that satisfies the field's check digit and the composite one).
    `applied`: the reading already uses it. `proven`: a check digit or the list of codes confirms
    it; names have neither, so there it is always False.
    """

    field: str
    line: int
    position: int
    found: str
    proposed: str
    reason: str
    applied: bool
    proven: bool


@dataclass(frozen=True)
class MrzReading:
    """A zone that was read. Personal data stay out of the representation, and so of logs.

    `document_type` is passport, travel_document, laissez_passer, refugee_document, identity_card,
    crew_certificate or visa. States are canonical codes of `apoa.base.countries`; an unknown code
    is kept as found and is a fault. `birth_date` is "YYYY-MM-DD" with 00 for an unknown month or
    day and 0000 for an unknown year (fault "mrz-birth-year-unknown"); None if it cannot be read.
    `sex` is F, M or X (not stated). `mononym`: the name has one part only. `name_truncated`: the
    name fills its field, so it must be taken as cut (Doc 9303-4 section 4.2.3).
    `lines` are the cells as found, cleaned but not repaired.
    """

    format: MrzFormat
    document_code: str
    document_type: str
    issuing_state: str | None
    surname: str | None = field(repr=False)
    given_names: str | None = field(repr=False)
    mononym: bool
    name_truncated: bool
    document_number: str | None = field(repr=False)
    nationality: str | None
    birth_date: str | None = field(repr=False)
    sex: str | None
    expires_on: date | None
    optional_data: str | None = field(repr=False)
    optional_data_2: str | None = field(repr=False)
    checks: tuple[MrzCheck, ...]
    faults: tuple[MrzFault, ...]
    proposals: tuple[MrzProposal, ...] = field(repr=False)
    proposed_document_number: str | None = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)

    @property
    def personal_number(self) -> str | None:
        """The optional data of a passport, where states write the holder's own number."""
        return self.optional_data if self.format is MrzFormat.TD3 else None

    @property
    def failed_checks(self) -> tuple[MrzCheck, ...]:
        """The check digits that do not hold."""
        return tuple(check for check in self.checks if not check.ok)
