"""Filling the stay form from the machine-readable zone, with every doubt said aloud."""

from dataclasses import dataclass, field

from flask_babel import gettext as _

from apoa.base.clock import today
from apoa.base.errors import Problem
from apoa.base.mrz import MrzProposal, MrzReading, MrzUnreadable, parse_mrz, to_report_parts
from apoa.base.problems import problem_text
from apoa.web.forms import copy_problems
from apoa.web.frontdesk.form_data import fill_form
from apoa.web.frontdesk.stay_form import StayForm
from apoa.web.locale import select_locale


@dataclass(frozen=True)
class MrzWords:
    """What a person is told of a zone that was read; the name always asks for a look."""

    doubts: list[str] = field(repr=False)


def fill_from_mrz(form: StayForm, time_zone: str) -> MrzWords | None:
    """Fills guest and document from the zone; None with words at its field when it is none."""
    try:
        reading = parse_mrz(form.mrz.data or "", today=today(time_zone))
    except MrzUnreadable as error:
        copy_problems(form, [Problem("/mrz", error.code)])
        return None
    guest, document = to_report_parts(reading)
    mapping = {"guest": guest, "document": document, "mrz": reading.lines}
    fill_form(form, mapping, time_zone)
    return MrzWords(_doubts(reading))


def wants_reading(form: StayForm) -> bool:
    """Whether the zone is all there is: then it is read and shown before anything is saved."""
    filled = (form.surname, form.given_names, form.document_number)
    return bool((form.mrz.data or "").strip()) and not any(
        (one.data or "").strip() for one in filled
    )


def _doubts(reading: MrzReading) -> list[str]:
    words = [
        problem_text(
            Problem("/mrz", fault.code, {"line": str(fault.line), "position": str(fault.position)}),
            select_locale(),
        )
        for fault in reading.faults
    ]
    words += [_proposal(one) for one in reading.proposals]
    if reading.name_truncated:
        words.append(_("Nama memenuhi barisnya, mungkin terpotong; lengkapi dari halaman paspor."))
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
