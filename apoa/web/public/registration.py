"""Anybody registers a lodging: one form, and a mail to prove the address."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from apoa.base.errors import Refused
from apoa.properties.register import register_property
from apoa.web.forms import copy_problems
from apoa.web.locale import select_locale
from apoa.web.lodging_form import LodgingForm, make_form, read_form
from apoa.web.property_links import property_links
from apoa.web.public import blueprint
from apoa.web.refusals import status_of
from apoa.web.region_picker import pick_region


@blueprint.get("/register")
def register() -> str:
    """The empty form."""
    return _page(make_form())


@blueprint.post("/register")
def send_registration() -> Response | str | tuple[str, int]:
    """Stores the registration, or shows the form again: with faults, or with regions found."""
    form = make_form()
    if pick_region(form.region_code).is_searching:
        return _page(form)
    try:
        register_property(read_form(form), select_locale(), links=property_links())
    except Refused as error:
        copy_problems(form, error)
        return _page(form), status_of(error)
    return redirect(url_for("public.registration_sent"), 303)


@blueprint.get("/register/sent")
def registration_sent() -> str:
    """What to do next; the page names nobody, so that its address can be shared."""
    return render_template("public/registration_sent.html")


def _page(form: LodgingForm) -> str:
    return render_template("public/register.html", form=form, picker=pick_region(form.region_code))
