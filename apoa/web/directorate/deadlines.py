"""The deadline for reports: which rules there are, and a new one from a day on."""

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from apoa.access.actors import require
from apoa.access.roles import Action
from apoa.base.errors import InvalidInput, NotFound, Problem, Refused
from apoa.offices.queries import list_offices
from apoa.offices.regions import WESTERN
from apoa.stays.deadlines import list_deadlines, set_deadline
from apoa.web.directorate import blueprint
from apoa.web.directorate.forms import DeadlineForm
from apoa.web.forms import copy_problems
from apoa.web.refusals import status_of

_CAPITAL = ZoneInfo(WESTERN)


@blueprint.get("/deadlines")
def deadlines() -> str:
    """Every rule, and the form of a new one."""
    return _page(_form(empty=True))


@blueprint.post("/deadlines")
def new_deadline() -> Response | tuple[str, int]:
    """Adds a rule; those in force stay as they are until it begins."""
    form = _form()
    try:
        require(g.actor, Action.EDIT_DEADLINES)
        office_id, hours, effective_from = _read(form)
        set_deadline(g.actor, office_id, hours, effective_from)
    except Refused as error:
        copy_problems(form, error)
        return _page(form), status_of(error)
    flash(_("Batas waktu ditambahkan."), "success")
    return redirect(url_for("directorate.deadlines"), 303)


def _read(form: DeadlineForm) -> tuple[UUID | None, int, datetime]:
    """A day begins at midnight in the capital, wherever the office is."""
    problems = []
    hours = (form.hours.data or "").strip()
    if not (hours.isascii() and hours.isdigit() and len(hours) < 6):
        problems.append(Problem("/hours", "not-a-number" if hours else "required"))
    day = None
    try:
        day = date.fromisoformat(form.effective_from.data or "")
    except ValueError:
        code = "invalid-date" if form.effective_from.data else "required"
        problems.append(Problem("/effective_from", code))
    if problems or day is None:
        raise InvalidInput(problems)
    try:
        office_id = UUID(form.office_id.data) if form.office_id.data else None
    except ValueError:
        raise NotFound("office") from None
    return office_id, int(hours), datetime.combine(day, time(), _CAPITAL)


def _form(*, empty: bool = False) -> DeadlineForm:
    form = DeadlineForm(formdata=None) if empty else DeadlineForm()
    form.office_id.choices = [
        SelectChoice("", _("Semua kantor")),
        *(SelectChoice(str(office.id), office.name) for office in list_offices()),
    ]
    return form


def _page(form: DeadlineForm) -> str:
    return render_template(
        "directorate/deadlines.html", rules=list_deadlines(g.actor), form=form, time_zone=WESTERN
    )
