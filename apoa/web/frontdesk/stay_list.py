"""All stays of a lodging: by state and date in the address, by name or number only posted."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import g, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice

from apoa.base.errors import Problem, Refused
from apoa.stays.find_in_property import find_in_property
from apoa.stays.listing import StayFilter, list_stays
from apoa.stays.models import StayState
from apoa.stays.read import view_stay
from apoa.web.forms import copy_problems
from apoa.web.frontdesk import blueprint
from apoa.web.frontdesk.lodging import Lodging, lodging_page, open_lodging

PAGE_SIZE = 50
MOST_FOUND = 100
_FILTERS = ("state", "since", "until", "party_of")


class ListForm(FlaskForm):
    """What narrows the list; it is sent by GET, so nothing personal belongs in it."""

    class Meta:
        csrf = False  # reading changes nothing

    state = SelectField(lazy_gettext("Keadaan"))
    since = StringField(lazy_gettext("Tiba sejak"))
    until = StringField(lazy_gettext("Tiba sampai"))


class FindForm(FlaskForm):
    """What finds a guest; it is posted, so that it stands in no address."""

    text = StringField(lazy_gettext("Nama, nomor dokumen atau rombongan"))


@blueprint.get("/<uuid:property_id>/stays")
def stays(property_id: UUID) -> str | tuple[str, int]:
    """A page of the list, newest arrivals first."""
    lodging = open_lodging(property_id)
    form = _list_form()
    wanted, faults = _read_filter(lodging, form)
    if faults:
        copy_problems(form, faults)
        return _list_page(lodging, form, None), 422
    cursor = request.args.get("cursor")
    try:
        page = list_stays(g.actor, property_id, wanted, cursor, PAGE_SIZE)
    except Refused as error:
        copy_problems(form, error)
        return _list_page(lodging, form, None), 422
    return _list_page(lodging, form, page)


@blueprint.post("/<uuid:property_id>/stays/find")
def find_stays(property_id: UUID) -> str | tuple[str, int]:
    """The stays whose guest's name, document or party fits the text."""
    lodging = open_lodging(property_id)
    form = FindForm()
    text = (form.text.data or "").strip()
    try:
        lines = find_in_property(g.actor, property_id, text, limit=MOST_FOUND)
    except Refused as error:
        copy_problems(form, error)
        return lodging_page("frontdesk/found.html", lodging, form=form, lines=None, text=text), 422
    return lodging_page(
        "frontdesk/found.html",
        lodging,
        form=form,
        lines=lines,
        text=text,
        is_cut=len(lines) >= MOST_FOUND,
    )


def _list_form() -> ListForm:
    form = ListForm(request.args)
    form.state.choices = [
        SelectChoice("", _("Semua")),
        SelectChoice(StayState.IN_HOUSE, _("Menginap")),
        SelectChoice(StayState.DEPARTED, _("Sudah keluar")),
        SelectChoice(StayState.CANCELLED, _("Dibatalkan")),
    ]
    return form


def _read_filter(lodging: Lodging, form: ListForm) -> tuple[StayFilter, list[Problem]]:
    faults = []
    days: dict[str, date | None] = {}
    for name in ("since", "until"):
        text = (form[name].data or "").strip()
        try:
            days[name] = date.fromisoformat(text) if text else None
        except ValueError:
            faults.append(Problem(f"/{name}", "invalid-date"))
    state = form.state.data or None
    if state is not None and state not in set(StayState):
        faults.append(Problem("/state", "not-a-choice"))
    if faults:
        return StayFilter(), faults
    party_of = request.args.get("party_of", type=UUID)
    party_ref = view_stay(g.actor, lodging.id, party_of).report.party_ref if party_of else None
    return (
        StayFilter(
            state=StayState(state) if state else None,
            checked_in_from=days["since"],
            checked_in_to=days["until"],
            party_ref=party_ref,
        ),
        [],
    )


def _list_page(lodging: Lodging, form: ListForm, page: Any) -> str:
    kept = {name: request.args[name] for name in _FILTERS if request.args.get(name)}
    next_url = None
    if page is not None and page.next_cursor:
        next_url = url_for(
            "frontdesk.stays", property_id=lodging.id, cursor=page.next_cursor, **kept
        )
    first_url = url_for("frontdesk.stays", property_id=lodging.id, **kept)
    return lodging_page(
        "frontdesk/stays.html",
        lodging,
        form=form,
        find_form=FindForm(formdata=None),
        lines=page.lines if page else None,
        next_url=next_url,
        first_url=first_url if request.args.get("cursor") else None,
        is_filtered=bool(kept),
    )
