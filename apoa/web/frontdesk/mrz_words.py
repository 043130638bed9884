"""What a person is told of a machine-readable zone: its check digits, its doubts, what to do."""

from dataclasses import dataclass, field

from flask_babel import gettext as _

from apoa.base.errors import Problem
from apoa.base.mrz import MrzProposal, MrzReading
from apoa.base.problems import problem_text
from apoa.web.locale import select_locale


@dataclass(frozen=True)
class CheckWords:
    """One check digit: what it guards, whether it holds, and where it stands if it does not."""

    label: str
    holds: bool
    place: str


@dataclass(frozen=True)
class MrzWords:
    """What is told of a zone that was read; the name always asks for a look.

    `proposed_number` is the document's number as the check digits would have it, where they do
    not hold. `emptied`: the form held another guest, whose boxes were cleared.
    """

    checks: list[CheckWords]
    doubts: list[str] = field(repr=False)
    proposed_number: str | None = field(repr=False)
    emptied: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether nothing but the name asks for a look."""
        return not self.doubts and all(check.holds for check in self.checks)


def words_of(reading: MrzReading, *, emptied: bool = False) -> MrzWords:
    """Everything to be told of a reading, in the reader's language."""
    checks = [
        CheckWords(
            zone_field_label(check.field),
            check.ok,
            _("baris %(line)s posisi %(position)s", line=check.line, position=check.position),
        )
        for check in reading.checks
    ]
    return MrzWords(checks, _doubts(reading), reading.proposed_document_number, emptied)


def zone_field_label(name: str) -> str:
    """What a field of the zone is called on the screen."""
    return {
        "document_code": _("Jenis dokumen"),
        "issuing_state": _("Negara penerbit"),
        "name": _("Nama"),
        "document_number": _("Nomor dokumen"),
        "nationality": _("Kewarganegaraan"),
        "birth_date": _("Tanggal lahir"),
        "sex": _("Jenis kelamin"),
        "expires_on": _("Dokumen berlaku sampai"),
        "optional_data": _("Data tambahan"),
        "optional_data_2": _("Data tambahan"),
        "composite": _("Seluruh MRZ"),
    }.get(name, name)


def _doubts(reading: MrzReading) -> list[str]:
    words = [
        problem_text(
            Problem("/mrz", fault.code, {"line": str(fault.line), "position": str(fault.position)}),
            select_locale(),
        )
        for fault in reading.faults
        # The check digits have a list of their own, and the number its button.
        if fault.code != "mrz-check-digit"
    ]
    words += [
        _proposal(one) for one in reading.proposals if one.applied or one.field != "document_number"
    ]
    if reading.name_truncated:
        words.append(problem_text(Problem("/guest", "mrz-name-truncated"), select_locale()))
    return list(dict.fromkeys(words))


def _proposal(one: MrzProposal) -> str:
    values = {
        "line": one.line,
        "position": one.position,
        "found": one.found,
        "proposed": one.proposed,
    }
    if one.applied:
        return _("Baris %(line)s posisi %(position)s: %(found)s dibaca %(proposed)s.", **values)
    return _(
        "Baris %(line)s posisi %(position)s: %(found)s mungkin seharusnya %(proposed)s.", **values
    )
