"""The table of index codes: which rules there are, and a new one from a day on."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from apoa.access.actors import require
from apoa.access.roles import Action
from apoa.base.errors import Refused
from apoa.permits.index_table import add_index, list_indexes
from apoa.permits.schemas import IndexSchema, Length
from apoa.web.directorate import blueprint
from apoa.web.directorate.permit_forms import IndexForm
from apoa.web.forms import copy_problems
from apoa.web.locale import select_locale
from apoa.web.refusals import status_of

_FIELDS = tuple(IndexSchema().fields)


@blueprint.get("/permit-indexes")
def permit_indexes() -> str:
    """Every rule, and the form of a new one."""
    return _page(IndexForm(formdata=None))


@blueprint.post("/permit-indexes")
def new_permit_index() -> Response | tuple[str, int]:
    """Adds a rule; permits that began before its day keep theirs."""
    require(g.actor, Action.EDIT_PERMIT_TABLES)
    form = IndexForm()
    try:
        given = IndexSchema().read({name: form[name].data or "" for name in _FIELDS})
        add_index(g.actor, given)
    except Refused as error:
        copy_problems(form, error)
        return _page(form), status_of(error)
    flash(_("Aturan kode indeks ditambahkan."), "success")
    return redirect(url_for("directorate.permit_indexes"), 303)


def length_text(length: Length | None) -> str | None:
    """ "60 hari", "24 bulan"."""
    if length is None:
        return None
    if length.unit == "months":
        return ngettext("%(num)s bulan", "%(num)s bulan", length.number)
    return ngettext("%(num)s hari", "%(num)s hari", length.number)


def _page(form: IndexForm) -> str:
    form.offer_choices()
    return render_template(
        "directorate/permit_indexes.html",
        rules=list_indexes(g.actor),
        form=form,
        length_text=length_text,
        is_english=select_locale() == "en",
    )
