"""The lists of nationalities: who is on them, who comes on them, who is taken off."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.actors import require
from apoa.access.roles import Action
from apoa.base.errors import InvalidInput, NotFound, Refused
from apoa.base.names import fold
from apoa.permits.nationality_table import (
    add_nationality,
    end_nationality,
    list_nationalities,
)
from apoa.permits.schemas import ListingEndSchema, ListingSchema
from apoa.permits.table_models import NationalityListName
from apoa.web.directorate import blueprint
from apoa.web.directorate.permit_forms import ListingEndForm, ListingForm
from apoa.web.forms import copy_problems
from apoa.web.frontdesk.choices import country_label
from apoa.web.refusals import status_of

_TYPED = ("nationality", "effective_from", "source")
_END = "end"


@blueprint.get("/nationality-lists")
def nationality_lists() -> str:
    """One of the lists, with the forms that add to it and take off it."""
    return _page(_list_named(request.args.get("list", NationalityListName.BVK)))


@blueprint.post("/nationality-lists/<list_name>")
def new_nationality(list_name: str) -> Response | tuple[str, int]:
    """Puts a nationality on a list."""
    require(g.actor, Action.EDIT_PERMIT_TABLES)
    name, form = _list_named(list_name), ListingForm()
    try:
        typed = {field: form[field].data or "" for field in _TYPED}
        add_nationality(g.actor, ListingSchema().read(typed | {"list": name.value}))
    except Refused as error:
        copy_problems(form, error)
        return _page(name, add_form=form), status_of(error)
    flash(_("Kewarganegaraan ditambahkan pada daftar."), "success")
    return redirect(url_for("directorate.nationality_lists", list=name.value), 303)


@blueprint.post("/nationality-lists/<list_name>/end")
def finish_nationality(list_name: str) -> Response | tuple[str, int]:
    """Takes a nationality off a list."""
    require(g.actor, Action.EDIT_PERMIT_TABLES)
    name, form = _list_named(list_name), ListingEndForm(prefix=_END)
    try:
        entry_id = _entry_of(form)
        last_on = ListingEndSchema().read({"effective_until": form.effective_until.data or ""})
        end_nationality(g.actor, entry_id, last_on)
    except Refused as error:
        copy_problems(form, error)
        return _page(name, end_form=form), status_of(error)
    flash(_("Kewarganegaraan diakhiri pada daftar."), "success")
    return redirect(url_for("directorate.nationality_lists", list=name.value), 303)


def _list_named(text: str) -> NationalityListName:
    try:
        return NationalityListName(text)
    except ValueError:
        raise NotFound("nationality list") from None


def _entry_of(form: ListingEndForm) -> UUID:
    if not form.entry_id.data:
        raise InvalidInput.because("required", "/entry_id")
    try:
        return UUID(form.entry_id.data)
    except ValueError:
        raise NotFound("nationality list entry") from None


def _page(
    name: NationalityListName,
    *,
    add_form: ListingForm | None = None,
    end_form: ListingEndForm | None = None,
) -> str:
    entries = list_nationalities(g.actor, name)
    entries.sort(key=lambda one: fold(country_label(one.nationality)))
    add_form = add_form or ListingForm(formdata=None)
    end_form = end_form or ListingEndForm(formdata=None, prefix=_END)
    add_form.offer_choices()
    end_form.offer_choices(entries)
    return render_template(
        "directorate/nationality_lists.html",
        name=name.value,
        entries=entries,
        add_form=add_form,
        end_form=end_form,
        country_label=country_label,
    )
