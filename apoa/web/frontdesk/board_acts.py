"""Check-out from the board: one guest by one click, or all that are ticked; and taking it back."""

from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.roles import Action
from apoa.base.clock import now
from apoa.base.errors import Refused
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.check_out import check_out_many
from apoa.stays.models import Source
from apoa.stays.reopen import reopen_stay
from apoa.web.frontdesk import blueprint
from apoa.web.frontdesk.flashes import flash_problems
from apoa.web.frontdesk.lodging import open_lodging
from apoa.web.frontdesk.undo import find_undo, forget_undo, offer_undo


@blueprint.post("/<uuid:property_id>/check-out")
def check_out_from_board(property_id: UUID) -> Response:
    """The guest whose button was pressed, else those who are ticked, left just now."""
    open_lodging(property_id, Action.CHECK_OUT_STAY)
    chosen = request.form.getlist("only") or request.form.getlist("stay_id")
    stay_ids = list(dict.fromkeys(UUID(text) for text in chosen if _is_uuid(text)))
    if not stay_ids:
        flash(_("Centang dahulu tamu yang keluar."), "warning")
        return _to_board(property_id)
    try:
        check_out_many(g.actor, property_id, stay_ids, now(), source=Source.WEB)
    except Refused as error:
        flash_problems(error)
        return _to_board(property_id)
    offer_undo(property_id, stay_ids)
    return _to_board(property_id)


@blueprint.post("/<uuid:property_id>/check-out/undo")
def undo_check_out(property_id: UUID) -> Response:
    """Takes the last check-outs back, all or none."""
    open_lodging(property_id, Action.REOPEN_STAY)
    stay_ids = find_undo(property_id)
    if not stay_ids:
        flash(
            _("Waktu untuk membatalkan sudah lewat. Buka laporannya dan pilih Menginap lagi."),
            "warning",
        )
        return _to_board(property_id)
    try:
        with unit_of_work():
            for stay_id in stay_ids:
                reopen_stay(g.actor, property_id, stay_id, source=Source.WEB)
    except Refused as error:
        flash_problems(error)
        return _to_board(property_id)
    forget_undo()
    flash(
        _(
            "Check-out %(number)s tamu ditarik kembali; tercatat menginap lagi.",
            number=len(stay_ids),
        ),
        "success",
    )
    return _to_board(property_id)


def _to_board(property_id: UUID) -> Response:
    return redirect(url_for("frontdesk.board", property_id=property_id), 303)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
