"""The cross-check's work: what waits, what failed, and checking everything again."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from apoa.access.actors import Actor
from apoa.access.roles import ALLOWED, Action
from apoa.base.errors import StateConflict
from apoa.base.problems import problem_text
from apoa.crosscheck.backlog import RecheckView, get_backlog
from apoa.crosscheck.recheck import start_recheck, stop_recheck
from apoa.offices.queries import get_office
from apoa.web.locale import select_locale
from apoa.web.officers import blueprint

SCOPE_WORDS = {
    "all": lazy_gettext("Semua laporan"),
    "office": lazy_gettext("Semua laporan kantor"),
    "rule": lazy_gettext("Aturan berubah"),
    "in_house": lazy_gettext("Tamu yang menginap, hari baru"),
}
STATE_WORDS = {
    "running": lazy_gettext("berjalan"),
    "done": lazy_gettext("selesai"),
    "stopped": lazy_gettext("dihentikan"),
}


@blueprint.get("/cross-check")
def cross_check() -> str:
    """How far the cross-check is behind, and what its re-checks have done."""
    actor: Actor = g.actor
    backlog = get_backlog(actor)
    return render_template(
        "officers/cross_check.html",
        backlog=backlog,
        age_text=_age_text(backlog.waiting.oldest_seconds),
        scope_words=SCOPE_WORDS,
        state_words=STATE_WORDS,
        may_start=_startable(actor),
        may_stop=lambda one: _may_stop(actor, one),
        form=FlaskForm(),
    )


@blueprint.post("/cross-check")
def start_cross_check() -> Response:
    """Checks everything of an office, or of the country, again."""
    try:
        start_recheck(g.actor, _office_id(g.actor))
        flash(_("Pemeriksaan ulang dimulai."), "success")
    except StateConflict as error:
        flash(problem_text(error.problems[0], select_locale()), "error")
    return redirect(url_for("officers.cross_check"), 303)


@blueprint.post("/cross-check/<uuid:recheck_id>/stop")
def stop_cross_check(recheck_id: UUID) -> Response:
    """Ends a re-check after its present step."""
    stop_recheck(g.actor, recheck_id)
    flash(_("Pemeriksaan ulang dihentikan."), "success")
    return redirect(url_for("officers.cross_check"), 303)


def _office_id(actor: Actor) -> UUID | None:
    try:
        return UUID(request.form.get("office_id", ""))
    except ValueError:
        # Who serves in one office means that one.
        only = list(actor.office_roles) if not actor.national_roles else []
        return only[0] if len(only) == 1 else None


def _startable(actor: Actor) -> list[tuple[str, str]]:
    """What the actor may start: a value for the form, and its words."""
    allowed = ALLOWED[Action.RUN_RECHECK]
    choices = [
        (str(office_id), get_office(office_id).name)
        for office_id, roles in actor.office_roles.items()
        if roles & allowed
    ]
    if actor.national_roles & allowed:
        choices.insert(0, ("", _("Seluruh Indonesia")))
    return choices


def _may_stop(actor: Actor, one: RecheckView) -> bool:
    if one.state != "running":
        return False
    if one.office_id is None:
        return bool(actor.national_roles & ALLOWED[Action.RUN_RECHECK])
    return actor.may(Action.RUN_RECHECK, office_id=one.office_id)


def _age_text(seconds: float) -> str:
    if seconds < 60:
        return _("%(count)s detik", count=round(seconds))
    if seconds < 7200:
        return _("%(count)s menit", count=round(seconds / 60))
    return _("%(count)s jam", count=round(seconds / 3600))
