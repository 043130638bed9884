"""Filling the stay form from the machine-readable zone, with every doubt said aloud."""

from apoa.base.clock import today
from apoa.base.document_number import normalize_document_number
from apoa.base.errors import Problem
from apoa.base.mrz import MrzReading, MrzUnreadable, parse_mrz, to_report_parts
from apoa.web.forms import copy_problems
from apoa.web.frontdesk.form_data import fill_form
from apoa.web.frontdesk.mrz_words import MrzWords, words_of
from apoa.web.frontdesk.stay_form import StayForm

_NAMES = ("surname", "given_names", "mononym")
# What belongs to one guest and not to the room, the dates or the party.
_OF_THE_GUEST = (
    *_NAMES, "native_name", "nationality", "birth_date", "birth_place", "sex", "document_type",
    "document_number", "document_issuing_state", "document_expires_on",
    "document_unavailable_reason", "permit_kind", "permit_number", "entered_on", "entry_port",
    "email", "phone",
)  # fmt: skip


def fill_from_mrz(form: StayForm, time_zone: str) -> MrzWords | None:
    """Fills guest and document from the zone; None with words at its field when it is none.

    A zone with another number than the form has is of another guest: nothing of the one before
    may stay beside it.
    """
    reading = _read(form, time_zone)
    if reading is None:
        return None
    emptied = _is_another_document(form, reading)
    if emptied:
        _clear(form, _OF_THE_GUEST)
    elif reading.surname or reading.given_names:
        _clear(form, _NAMES)
    guest, document = to_report_parts(reading)
    fill_form(form, {"guest": guest, "document": document, "mrz": reading.lines}, time_zone)
    return words_of(reading, emptied=emptied)


def take_proposed_number(form: StayForm, time_zone: str) -> MrzWords | None:
    """Puts the number that the check digits propose into its box, and leaves the others alone."""
    reading = _read(form, time_zone)
    if reading is None:
        return None
    if reading.proposed_document_number:
        form.document_number.process_data(reading.proposed_document_number)
    return words_of(reading)


def wants_reading(form: StayForm) -> bool:
    """Whether the zone is all there is: then it is read and shown before anything is saved."""
    filled = (form.surname, form.given_names, form.document_number)
    return bool((form.mrz.data or "").strip()) and not any(
        (one.data or "").strip() for one in filled
    )


def _read(form: StayForm, time_zone: str) -> MrzReading | None:
    try:
        return parse_mrz(form.mrz.data or "", today=today(time_zone))
    except MrzUnreadable as error:
        copy_problems(form, [Problem("/mrz", error.code)])
        return None


def _is_another_document(form: StayForm, reading: MrzReading) -> bool:
    before = normalize_document_number(form.document_number.data or "")
    numbers = (reading.document_number, reading.proposed_document_number)
    read = {normalize_document_number(number) for number in numbers if number}
    return bool(before and read) and before not in read


def _clear(form: StayForm, names: tuple[str, ...]) -> None:
    for name in names:
        form[name].process_data(None)
