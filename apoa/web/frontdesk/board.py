"""The home of a lodging: who came, who is here, who leaves today."""

from uuid import UUID

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from apoa.base.clock import now
from apoa.stays.board import load_board
from apoa.web.frontdesk import blueprint
from apoa.web.frontdesk.lodging import lodging_page, open_lodging, own_lodgings
from apoa.web.frontdesk.undo import find_undo


@blueprint.get("/")
def properties() -> str | Response:
    """The person's lodgings; with just one there is nothing to choose."""
    lodgings = own_lodgings()
    if len(lodgings) == 1:
        return redirect(url_for("frontdesk.board", property_id=lodgings[0].id))
    return render_template("frontdesk/properties.html", lodgings=lodgings)


@blueprint.get("/<uuid:property_id>/")
def board(property_id: UUID) -> str:
    """Today, in the lodging's own time zone."""
    lodging = open_lodging(property_id)
    at = now()
    return lodging_page(
        "frontdesk/board.html",
        lodging,
        board=load_board(g.actor, property_id, now=at),
        at=at,
        undo=find_undo(property_id),
    )
