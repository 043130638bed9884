"""What a day over costs: the rates, and a new one from a day on."""

from datetime import date

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.actors import require
from apoa.access.roles import Action
from apoa.base.errors import InvalidInput, Problem, Refused
from apoa.crosscheck.rules.facts import FineRate
from apoa.crosscheck.rules.fine_rates import list_fine_rates, set_fine_rate
from apoa.crosscheck.rules.fines import SHIPPED_RATES
from apoa.web.directorate import blueprint
from apoa.web.directorate.rule_forms import FineRateForm
from apoa.web.forms import copy_problems
from apoa.web.refusals import status_of


@blueprint.get("/fine-rates")
def fine_rates() -> str:
    """Every rate, and the form of a new one."""
    return _page(FineRateForm(formdata=None))


@blueprint.post("/fine-rates")
def new_fine_rate() -> Response | tuple[str, int]:
    """Adds a rate; those in force stay as they are until it begins."""
    require(g.actor, Action.EDIT_RULES)
    form = FineRateForm()
    try:
        set_fine_rate(g.actor, _read(form), (form.source.data or "").strip()[:300] or None)
    except Refused as error:
        copy_problems(form, error)
        return _page(form), status_of(error)
    flash(_("Tarif denda ditambahkan."), "success")
    return redirect(url_for("directorate.fine_rates"), 303)


def _read(form: FineRateForm) -> FineRate:
    problems, numbers = [], {}
    for name in ("per_day", "most_days"):
        # Rupiah are often written with points between the thousands.
        text = (form[name].data or "").strip().replace(".", "")
        if text.isascii() and text.isdigit() and len(text) < 12:
            numbers[name] = int(text)
        else:
            problems.append(Problem(f"/{name}", "not-a-number" if text else "required"))
    day = None
    try:
        day = date.fromisoformat(form.effective_from.data or "")
    except ValueError:
        code = "invalid-date" if form.effective_from.data else "required"
        problems.append(Problem("/effective_from", code))
    if problems or day is None:
        raise InvalidInput(problems)
    return FineRate(day, numbers["per_day"], numbers["most_days"])


def _page(form: FineRateForm) -> str:
    return render_template(
        "directorate/fine_rates.html",
        rates=list_fine_rates(g.actor),
        oldest=SHIPPED_RATES[0],
        form=form,
        rupiah=lambda amount: f"Rp {amount:,}".replace(",", "."),
    )
