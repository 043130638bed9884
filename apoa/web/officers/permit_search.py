"""Searching permits: everything personal is posted, and what follows is an id."""

from uuid import UUID

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice

from apoa.access.sessions import find_purpose
from apoa.base.errors import InvalidInput
from apoa.supervision.permit_search import get_permit_terms, run_permit_search, start_permit_search
from apoa.supervision.permit_terms import PermitTerms, PermitTermsSchema
from apoa.supervision.stored_search import SearchExpired
from apoa.web.crosscheck.permit_words import STATUS_MARKS, brief_text, register_as_of
from apoa.web.fields import DatePartsField
from apoa.web.forms import copy_problems
from apoa.web.frontdesk.choices import country_label, issuing_state_choices, nationality_choices
from apoa.web.office_clock import as_of
from apoa.web.officers import blueprint
from apoa.web.supervision.chips import term_label
from apoa.web.supervision.purpose import ask_purpose, keep_purpose
from apoa.web.ui import partial_date

_TERMS = (
    "permit_number",
    "document_number",
    "issuing_state",
    "name",
    "birth_date",
    "nationality",
)


class PermitSearchForm(FlaskForm):
    """What to look for, and why."""

    purpose = StringField(_l("Keperluan"))
    permit_number = StringField(_l("Nomor izin tinggal"))
    document_number = StringField(_l("Nomor dokumen"))
    issuing_state = SelectField(_l("Negara penerbit dokumen"), validate_choice=False)
    name = StringField(_l("Nama"))
    birth_date = DatePartsField(_l("Tanggal lahir"))
    nationality = SelectField(_l("Kewarganegaraan"), validate_choice=False)

    def offer_choices(self) -> None:
        """Fills the lists, in the reader's language."""
        everywhere = SelectChoice("", str(_l("Semua")))
        states = issuing_state_choices(self.issuing_state.data)[1:]
        self.issuing_state.choices = [everywhere, *states]
        self.nationality.choices = [everywhere, *nationality_choices(self.nationality.data)[1:]]

    def terms(self) -> dict[str, str | None]:
        """What was filled in, as the schema reads it."""
        names = ("purpose", *_TERMS)
        return {name: (self[name].data or "").strip() or None for name in names}


@blueprint.get("/permits")
def permit_search() -> str:
    """An empty form, or one with an earlier search's terms."""
    form = PermitSearchForm(formdata=None)
    form.purpose.process_data(find_purpose(g.actor))
    earlier = request.args.get("from", type=UUID)
    if earlier is not None:
        for name, value in get_permit_terms(g.actor, earlier).to_mapping().items():
            form[name].process_data(value)
    return _page(form)


@blueprint.post("/permits")
def search_permits() -> ResponseReturnValue:
    """Keeps the terms and leads to the hits."""
    form = PermitSearchForm()
    try:
        terms: PermitTerms = PermitTermsSchema().read(form.terms())
    except InvalidInput as error:
        copy_problems(form, error)
        return _page(form), 422
    search_id = start_permit_search(g.actor, terms)
    keep_purpose(terms.purpose)
    return redirect(url_for("officers.permit_hits", permit_search_id=search_id), 303)


@blueprint.route("/permits/searches/<uuid:permit_search_id>", methods=["GET", "POST"])
def permit_hits(permit_search_id: UUID) -> ResponseReturnValue:
    """What was found, or why nothing was."""
    try:
        get_permit_terms(g.actor, permit_search_id)
    except SearchExpired:
        return render_template("officers/permit_search_expired.html"), 410
    asked = ask_purpose()
    if asked is not None:
        return asked
    found = run_permit_search(g.actor, permit_search_id)
    return render_template(
        "officers/permit_hits.html",
        found=found,
        chips=_chips(found.terms),
        brief_text=brief_text,
        status_marks=STATUS_MARKS,
        country_label=country_label,
        register_as_of=register_as_of(),
        data_as_of=as_of(found.read_at),
    )


def _page(form: PermitSearchForm) -> str:
    form.offer_choices()
    return render_template(
        "officers/permit_search.html", form=form, register_as_of=register_as_of()
    )


def _chips(terms: PermitTerms) -> list[tuple[str, str]]:
    form = PermitSearchForm(formdata=None)
    return [(_label(form, name), _value(name, getattr(terms, name))) for name in terms.used]


def _label(form: PermitSearchForm, name: str) -> str:
    own = name in ("permit_number", "issuing_state")
    return str(form[name].label.text) if own else term_label(name)


def _value(name: str, value: str) -> str:
    if name in ("issuing_state", "nationality"):
        return country_label(value)
    return partial_date(value) if name == "birth_date" else value
