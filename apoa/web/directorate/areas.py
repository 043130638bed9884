"""Working areas given and taken: first what would move is shown, then it is done."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from apoa.base.errors import Refused, VersionConflict
from apoa.offices.queries import get_office, region_path
from apoa.offices.regions import RegionLevel
from apoa.properties.working_areas import (
    preview_area,
    remove_working_area,
    set_working_area,
)
from apoa.web.directorate import blueprint
from apoa.web.directorate.forms import AreaForm, RenameForm
from apoa.web.directorate.offices import office_page
from apoa.web.forms import copy_problems
from apoa.web.refusals import status_of
from apoa.web.region_picker import pick_region


@blueprint.post("/offices/<uuid:office_id>/areas")
def give_area(office_id: UUID) -> Response | str | tuple[str, int]:
    """Shows what would move when the region is given to the office; confirmed, gives it."""
    office = get_office(office_id)
    form = AreaForm()
    rename_form = RenameForm(formdata=None, obj=office)
    if pick_region(form.region_code, RegionLevel).is_searching:
        return office_page(office, rename_form, form)
    return _change(office_id, form, taking=False)


@blueprint.post("/offices/<uuid:office_id>/areas/remove")
def take_area(office_id: UUID) -> Response | str | tuple[str, int]:
    """Shows what would move when the region is taken from the office; confirmed, takes it."""
    get_office(office_id)
    return _change(office_id, AreaForm(), taking=True)


def _change(office_id: UUID, form: AreaForm, *, taking: bool) -> Response | str | tuple[str, int]:
    code = form.region_code.data or ""
    expected = request.form.get("expected", "")
    try:
        if not expected.isdigit():
            return _preview_page(office_id, code, taking=taking)
        if taking:
            moved = remove_working_area(g.actor, code, expected_moves=int(expected))
        else:
            moved = set_working_area(g.actor, code, office_id, expected_moves=int(expected))
    except VersionConflict:
        flash(_("Jumlah yang pindah berubah sementara itu; periksa lagi."), "warning")
        return _preview_page(office_id, code, taking=taking), 409
    except Refused as error:
        copy_problems(form, error)
        office = get_office(office_id)
        return office_page(office, RenameForm(formdata=None, obj=office), form), status_of(error)
    flash(
        ngettext(
            "Wilayah kerja diubah; %(num)s tempat penginapan pindah.",
            "Wilayah kerja diubah; %(num)s tempat penginapan pindah.",
            moved,
        ),
        "success",
    )
    return redirect(url_for("directorate.office", office_id=office_id), 303)


def _preview_page(office_id: UUID, code: str, *, taking: bool) -> str:
    preview = preview_area(g.actor, code, None if taking else office_id)
    return render_template(
        "directorate/area_preview.html",
        office=get_office(office_id),
        code=code,
        region=", ".join(reversed(region_path(code))),
        preview=preview,
        taking=taking,
    )
