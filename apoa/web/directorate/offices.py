"""The offices: listed, added, named anew."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.actors import require
from apoa.access.roles import Action
from apoa.base.errors import Refused
from apoa.offices.manage import OfficeSchema, add_office, rename_office
from apoa.offices.models import Office
from apoa.offices.queries import find_region_paths, get_office, list_areas, list_offices
from apoa.offices.regions import RegionLevel
from apoa.properties.listing import count_by_office
from apoa.web.directorate import blueprint
from apoa.web.directorate.forms import AreaForm, OfficeForm, RenameForm
from apoa.web.forms import copy_problems
from apoa.web.refusals import status_of
from apoa.web.region_picker import pick_region


@blueprint.get("/offices")
def offices() -> str:
    """Every office with its areas and lodgings counted, and the form of a new one."""
    return _list_page(OfficeForm(formdata=None))


@blueprint.post("/offices")
def new_office() -> Response | tuple[str, int]:
    """Adds an office and goes on to its page, to give it its working area."""
    form = OfficeForm()
    try:
        require(g.actor, Action.EDIT_OFFICES)
        data = OfficeSchema().read(
            {
                "code": form.code.data or "",
                "name": form.name.data or "",
                "office_class": form.office_class.data or "",
            }
        )
        office_id = add_office(g.actor, data)
    except Refused as error:
        copy_problems(form, error)
        return _list_page(form), status_of(error)
    flash(_("Kantor ditambahkan. Berikan wilayah kerjanya."), "success")
    return redirect(url_for("directorate.office", office_id=office_id), 303)


@blueprint.get("/offices/<uuid:office_id>")
def office(office_id: UUID) -> str:
    """One office and its working areas."""
    found = get_office(office_id)
    return office_page(found, RenameForm(formdata=None, obj=found), AreaForm(formdata=None))


@blueprint.post("/offices/<uuid:office_id>/rename")
def rename(office_id: UUID) -> Response | tuple[str, int]:
    """Another name or class."""
    found = get_office(office_id)
    form = RenameForm()
    try:
        require(g.actor, Action.EDIT_OFFICES)
        data = OfficeSchema(exclude=("code",)).read(
            {"name": form.name.data or "", "office_class": form.office_class.data or ""}
        )
        rename_office(g.actor, office_id, data)
    except Refused as error:
        copy_problems(form, error)
        return office_page(found, form, AreaForm(formdata=None)), status_of(error)
    flash(_("Nama kantor diubah."), "success")
    return redirect(url_for("directorate.office", office_id=office_id), 303)


def office_page(found: Office, rename_form: RenameForm, area_form: AreaForm) -> str:
    """The page of one office, with the forms as they are."""
    areas = list_areas(found.id)
    paths = find_region_paths([area.region_code for area in areas])
    labels = {code: ", ".join(reversed(path)) for code, path in paths.items()}
    return render_template(
        "directorate/office.html",
        office=found,
        areas=[(area.region_code, labels[area.region_code]) for area in areas],
        lodgings=count_by_office(g.actor).get(found.id, 0),
        rename_form=rename_form,
        area_form=area_form,
        picker=pick_region(area_form.region_code, RegionLevel),
        may_edit=g.actor.may(Action.EDIT_OFFICES),
    )


def _list_page(form: OfficeForm) -> str:
    areas: dict[UUID, int] = {}
    for area in list_areas():
        areas[area.office_id] = areas.get(area.office_id, 0) + 1
    return render_template(
        "directorate/offices.html",
        offices=list_offices(),
        areas=areas,
        lodgings=count_by_office(g.actor),
        form=form,
        may_edit=g.actor.may(Action.EDIT_OFFICES),
    )
