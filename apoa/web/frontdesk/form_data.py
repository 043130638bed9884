"""How the stay form and the mapping of one stay (the shape of the API) become each other."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from apoa.base.errors import Problem, Refused
from apoa.base.problems import ProblemText, register_problems
from apoa.web.forms import copy_problems
from apoa.web.frontdesk.stay_form import StayForm
from apoa.web.moments import instant_text, show_instant

register_problems(
    {
        "form-already-sent": ProblemText(
            "Formulir ini sudah terkirim dengan isian yang berbeda.",
            "This form was already sent with other content.",
        ),
    }
)

# Where a problem of the mapping is shown on the form.
FIELD_OF_POINTER = {
    "/guest": "surname",
    "/document": "document_number",
    "/document/type": "document_type",
    "/document/number": "document_number",
    "/document/issuing_state": "document_issuing_state",
    "/document/expires_on": "document_expires_on",
    "/document/unavailable_reason": "document_unavailable_reason",
    "/permit": "permit_kind",
    "/permit/kind": "permit_kind",
    "/permit/number": "permit_number",
    "/entry": "entered_on",
    "/entry/entered_on": "entered_on",
    "/entry/port": "entry_port",
    "/contact": "email",
    "/checked_in_at": "arrived_on",
    "/checked_out_at": "left_on",
}
_GUEST = ("surname", "given_names", "native_name", "sex", "birth_date", "birth_place")
_PLAIN = ("party_ref", "room", "purpose", "expected_departure_on", "late_reason")


def report_mapping(form: StayForm, time_zone: str) -> dict[str, Any]:
    """What the person filled in, as `StayReportSchema` reads it; nothing is judged here."""
    guest = {name: _text(form[name].data) for name in _GUEST}
    return {
        **{name: _text(form[name].data) for name in _PLAIN},
        "guest": guest
        | {"mononym": bool(form.mononym.data), "nationality": _text(form.nationality.data)},
        "document": _document(form),
        "mrz": [line.strip() for line in (form.mrz.data or "").splitlines() if line.strip()]
        or None,
        "permit": _group(kind=form.permit_kind.data, number=form.permit_number.data),
        "entry": _group(entered_on=form.entered_on.data, port=form.entry_port.data),
        "contact": _group(email=form.email.data, phone=form.phone.data),
        "checked_in_at": instant_text(form.arrived_on.data, form.arrived_time.data, time_zone),
    }


def fill_form(form: StayForm, mapping: Mapping[str, Any], time_zone: str) -> None:
    """Shows a stay in the form; what the mapping lacks is left as it is."""
    guest, document = mapping.get("guest") or {}, mapping.get("document") or {}
    permit, entry = mapping.get("permit") or {}, mapping.get("entry") or {}
    contact = mapping.get("contact") or {}
    values = {name: mapping.get(name) for name in _PLAIN}
    values |= {name: guest.get(name) for name in (*_GUEST, "mononym", "nationality")}
    values |= {f"document_{name}": value for name, value in document.items()}
    values |= {"permit_kind": permit.get("kind"), "permit_number": permit.get("number")}
    values |= {"entered_on": entry.get("entered_on"), "entry_port": entry.get("port")}
    values |= {"email": contact.get("email"), "phone": contact.get("phone")}
    values["mrz"] = "\n".join(mapping.get("mrz") or ()) or None
    for name, value in values.items():
        if value is not None and name in form:
            form[name].process_data(value)
    _fill_instant(form, "arrived", mapping.get("checked_in_at"), time_zone)
    _fill_instant(form, "left", mapping.get("checked_out_at"), time_zone)


def _fill_instant(form: StayForm, prefix: str, text: str | None, time_zone: str) -> None:
    if text:
        show_instant(form, prefix, datetime.fromisoformat(text), time_zone)


def show_problems(form: StayForm, error: Refused) -> None:
    """Puts each problem at its field; a fault of a line or a part stands at the whole."""
    copy_problems(form, [_for_the_form(problem) for problem in error.problems], FIELD_OF_POINTER)


def _for_the_form(problem: Problem) -> Problem:
    pointer = "/mrz" if problem.pointer.startswith("/mrz/") else problem.pointer
    if problem.code == "submission-in-use":
        # The page leads to that stay by a link; its id is nothing to read.
        return Problem("", "form-already-sent")
    if pointer in ("/checked_in_at", "/checked_out_at") and problem.code == "invalid-instant":
        # The zone is the lodging's own and is not asked for here.
        return Problem(pointer, "date-and-time-needed")
    return Problem(pointer, problem.code, problem.params)


def _document(form: StayForm) -> dict[str, Any]:
    reason, number = _text(form.document_unavailable_reason.data), _text(form.document_number.data)
    if reason and not number:
        return {"unavailable_reason": reason}
    document = {
        "type": _text(form.document_type.data),
        "number": number,
        # Most documents are of the state whose national the guest is; the form says so.
        "issuing_state": _text(form.document_issuing_state.data) or _text(form.nationality.data),
        "expires_on": _text(form.document_expires_on.data),
    }
    return document | {"unavailable_reason": reason} if reason else document


def _group(**values: str | None) -> dict[str, str | None] | None:
    texts = {name: _text(value) for name, value in values.items()}
    return texts if any(texts.values()) else None


def _text(value: str | date | None) -> str | None:
    return str(value).strip() or None if value is not None else None
