"""The manager keeps the lodging's own data right."""

from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.roles import Action
from apoa.base.errors import Refused
from apoa.properties.content import read_content
from apoa.properties.edit import edit_property
from apoa.properties.queries import find_last_event_id, get_property
from apoa.properties.rules import EDITABLE
from apoa.web.forms import copy_problems
from apoa.web.frontdesk import blueprint
from apoa.web.frontdesk.lodging import Lodging, lodging_page, open_lodging
from apoa.web.lodging_form import LodgingForm, make_form, read_form
from apoa.web.refusals import status_of
from apoa.web.region_picker import pick_region


@blueprint.get("/<uuid:property_id>/details")
def details(property_id: UUID) -> str:
    """The form filled with what stands there now."""
    lodging = open_lodging(property_id, Action.EDIT_PROPERTY)
    content = read_content(get_property(property_id))
    return _page(lodging, make_form(content), _seen(property_id))


@blueprint.post("/<uuid:property_id>/details")
def save_details(property_id: UUID) -> Response | str | tuple[str, int]:
    """Keeps the changes in the lodging's history, or shows the form again."""
    lodging = open_lodging(property_id, Action.EDIT_PROPERTY)
    form = make_form()
    seen = request.form.get("seen", "")
    if pick_region(form.region_code).is_searching:
        return _page(lodging, form, seen)
    try:
        edit_property(g.actor, property_id, read_form(form), seen_event=_id(seen))
    except Refused as error:
        copy_problems(form, error)
        return _page(lodging, form, seen), status_of(error)
    flash(_("Data penginapan disimpan."), "success")
    return redirect(url_for("frontdesk.details", property_id=property_id), 303)


def _page(lodging: Lodging, form: LodgingForm, seen: str) -> str:
    return lodging_page(
        "frontdesk/details.html",
        lodging,
        form=form,
        picker=pick_region(form.region_code),
        seen=seen,
        is_editable=lodging.state in EDITABLE,
    )


def _seen(property_id: UUID) -> str:
    return str(find_last_event_id(property_id) or "")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
