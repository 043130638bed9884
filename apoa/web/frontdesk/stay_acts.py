"""What is done with one stay: check out, cancel, reopen."""

from uuid import UUID

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.roles import Action
from apoa.base.clock import now
from apoa.base.errors import Problem, Refused
from apoa.stays.cancel import cancel_stay
from apoa.stays.check_out import check_out_stay
from apoa.stays.models import Source
from apoa.stays.read import view_stay
from apoa.stays.reopen import reopen_stay
from apoa.web.forms import copy_problems
from apoa.web.frontdesk import blueprint
from apoa.web.frontdesk.flashes import flash_problems
from apoa.web.frontdesk.lodging import Lodging, open_lodging
from apoa.web.frontdesk.stay_form import CancelForm, CheckOutForm
from apoa.web.frontdesk.stay_page import stay_page
from apoa.web.moments import read_instant

Answer = Response | tuple[str, int]


@blueprint.post("/<uuid:property_id>/stays/<uuid:stay_id>/check-out")
def check_out(property_id: UUID, stay_id: UUID) -> Answer:
    """The guest left: just now, or at the time given."""
    lodging = open_lodging(property_id, Action.CHECK_OUT_STAY)
    form = CheckOutForm()
    given = bool(form.left_on.data or form.left_time.data)
    left_at = now()
    try:
        if given:
            found = read_instant(form.left_on.data, form.left_time.data, lodging.time_zone)
            if found is None:
                raise Refused([Problem("/checked_out_at", "date-and-time-needed")])
            left_at = found
        check_out_stay(g.actor, property_id, stay_id, left_at, source=Source.WEB)
    except Refused as error:
        copy_problems(form, error, {"/checked_out_at": "left_on"})
        return _refused(lodging, stay_id, check_out_form=form)
    flash(_("Check-out tersimpan."), "success")
    return _to_stay(property_id, stay_id)


@blueprint.post("/<uuid:property_id>/stays/<uuid:stay_id>/cancel")
def cancel(property_id: UUID, stay_id: UUID) -> Answer:
    """The report was a mistake; it stays on record with the reason."""
    lodging = open_lodging(property_id, Action.CANCEL_STAY)
    form = CancelForm()
    try:
        cancel_stay(
            g.actor,
            property_id,
            stay_id,
            reason=(form.cancel_reason.data or "").strip(),
            source=Source.WEB,
        )
    except Refused as error:
        copy_problems(form, error, {"/reason": "cancel_reason", "/cancel_reason": "cancel_reason"})
        return _refused(lodging, stay_id, cancel_form=form)
    flash(_("Laporan dibatalkan."), "success")
    return _to_stay(property_id, stay_id)


@blueprint.post("/<uuid:property_id>/stays/<uuid:stay_id>/reopen")
def reopen(property_id: UUID, stay_id: UUID) -> Answer:
    """The guest is in house after all."""
    open_lodging(property_id, Action.REOPEN_STAY)
    try:
        reopen_stay(g.actor, property_id, stay_id, source=Source.WEB)
    except Refused as error:
        flash_problems(error)
        return _to_stay(property_id, stay_id)
    flash(_("Tamu tercatat menginap lagi."), "success")
    return _to_stay(property_id, stay_id)


def _refused(
    lodging: Lodging,
    stay_id: UUID,
    *,
    check_out_form: CheckOutForm | None = None,
    cancel_form: CancelForm | None = None,
) -> tuple[str, int]:
    stay = view_stay(g.actor, lodging.id, stay_id)
    page = stay_page(lodging, stay, check_out_form=check_out_form, cancel_form=cancel_form)
    return page, 422


def _to_stay(property_id: UUID, stay_id: UUID) -> Response:
    return redirect(url_for("frontdesk.stay", property_id=property_id, stay_id=stay_id), 303)
