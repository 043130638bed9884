"""Outages: which were declared, a new one, the end of one that lasts, one taken back."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.actors import require
from apoa.access.roles import Action
from apoa.base.clock import now
from apoa.base.errors import NotFound, Problem, Refused
from apoa.offices.regions import WESTERN
from apoa.stays.outages import (
    OutageEndSchema,
    OutageSchema,
    OutageView,
    OutageWithdrawalSchema,
    declare_outage,
    end_outage,
    list_outages,
    withdraw_outage,
)
from apoa.web.directorate import blueprint
from apoa.web.directorate.forms import OutageEndForm, OutageForm, OutageWithdrawalForm
from apoa.web.forms import copy_problems
from apoa.web.moments import instant_text, show_instant
from apoa.web.refusals import status_of

_FIELDS = {"/starts_at": "starts_on", "/ends_at": "ends_on"}


@blueprint.get("/outages")
def outages() -> str:
    """Those of the last 90 days, and the form of a new one."""
    return _list_page(OutageForm(formdata=None))


@blueprint.post("/outages")
def new_outage() -> Response | tuple[str, int]:
    """Declares one; the deadlines that it cut move at once."""
    form = OutageForm()
    try:
        require(g.actor, Action.DECLARE_OUTAGES)
        data = OutageSchema().read(
            {
                "starts_at": instant_text(form.starts_on.data, form.starts_time.data, WESTERN),
                "ends_at": instant_text(form.ends_on.data, form.ends_time.data, WESTERN),
                "reason": form.reason.data or "",
            }
        )
        declare_outage(g.actor, **data)
    except Refused as error:
        _show_problems(form, error)
        return _list_page(form), status_of(error)
    flash(_("Gangguan dinyatakan. Batas lapor yang terpotong sudah diperpanjang."), "success")
    return redirect(url_for("directorate.outages"), 303)


@blueprint.get("/outages/<uuid:outage_id>")
def outage(outage_id: UUID) -> str:
    """One outage; while it lasts, with the form of its end, which is now unless told otherwise."""
    return _outage_page(_find(outage_id))


@blueprint.post("/outages/<uuid:outage_id>/end")
def finish_outage(outage_id: UUID) -> Response | tuple[str, int]:
    """Says when it was over."""
    require(g.actor, Action.DECLARE_OUTAGES)
    found, form = _find(outage_id), OutageEndForm()
    try:
        ends_at = instant_text(form.ends_on.data, form.ends_time.data, WESTERN)
        data = OutageEndSchema().read({"ends_at": ends_at})
        end_outage(g.actor, outage_id, data["ends_at"])
    except Refused as error:
        _show_problems(form, error)
        return _outage_page(found, form), status_of(error)
    flash(_("Gangguan dinyatakan berakhir. Batas lapor dihitung sampai saat itu."), "success")
    return redirect(url_for("directorate.outages"), 303)


@blueprint.post("/outages/<uuid:outage_id>/withdraw")
def take_back_outage(outage_id: UUID) -> Response | tuple[str, int]:
    """Takes back what was declared by mistake."""
    require(g.actor, Action.DECLARE_OUTAGES)
    found, form = _find(outage_id), OutageWithdrawalForm()
    try:
        data = OutageWithdrawalSchema().read({"reason": form.reason.data or ""})
        withdraw_outage(g.actor, outage_id, data["reason"])
    except Refused as error:
        copy_problems(form, error.problems, {})
        return _outage_page(found, withdrawal=form), status_of(error)
    flash(_("Pernyataan gangguan ditarik kembali. Batas lapor tidak lagi bergeser."), "success")
    return redirect(url_for("directorate.outages"), 303)


def _find(outage_id: UUID) -> OutageView:
    declared = list_outages(also_withdrawn=True)
    found = next((one for one in declared if one.id == outage_id), None)
    if found is None:
        raise NotFound("outage")
    return found


def _show_problems(form: OutageForm | OutageEndForm, error: Refused) -> None:
    # The zone is the capital's and is not asked for here.
    problems = [
        Problem(one.pointer, "date-and-time-needed") if one.code == "invalid-instant" else one
        for one in error.problems
    ]
    copy_problems(form, problems, _FIELDS)


def _list_page(form: OutageForm) -> str:
    return render_template(
        "directorate/outages.html",
        outages=list_outages(also_withdrawn=True),
        form=form,
        time_zone=WESTERN,
        may_declare=g.actor.may(Action.DECLARE_OUTAGES),
    )


def _outage_page(
    found: OutageView,
    form: OutageEndForm | None = None,
    withdrawal: OutageWithdrawalForm | None = None,
) -> str:
    if form is None:
        form = OutageEndForm(formdata=None)
        show_instant(form, "ends", now(), WESTERN)
    return render_template(
        "directorate/outage.html",
        outage=found,
        form=form,
        withdrawal=withdrawal or OutageWithdrawalForm(formdata=None),
        has_errors=bool(form.errors or (withdrawal and withdrawal.errors)),
        time_zone=WESTERN,
        may_declare=g.actor.may(Action.DECLARE_OUTAGES),
    )
