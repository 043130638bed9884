"""The pages behind the links that a registration's mails carry.

Opening a link only shows what it would do: mail programs open links too, to look at them.
"""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.base.errors import Refused, StateConflict
from apoa.properties.correct import Correction, correct_registration, view_correction
from apoa.properties.links import LinkKind, LinkState
from apoa.properties.register import resend_verification
from apoa.properties.verify_registration import verify_registration, view_registration_link
from apoa.web.forms import copy_problems
from apoa.web.lodging_form import LodgingForm, make_form, read_form
from apoa.web.property_links import property_links
from apoa.web.public import blueprint
from apoa.web.refusals import status_of
from apoa.web.region_picker import pick_region


@blueprint.get("/register/verify/<token>")
def verify_link(token: str) -> str:
    """What the link is about, and the button that uses it; or that it was used, or has ended."""
    status = view_registration_link(LinkKind.VERIFY, token)
    return render_template("public/verify_registration.html", status=status, token=token)


@blueprint.post("/register/verify/<token>")
def use_verify_link(token: str) -> Response:
    """Proves the address; the page then shows where the registration is."""
    try:
        status = verify_registration(token, links=property_links())
    except StateConflict:
        return redirect(url_for("public.verify_link", token=token), 303)
    flash(_("Pendaftaran sudah dikirim ke %(office)s.", office=status.office), "success")
    return redirect(url_for("public.verify_link", token=token), 303)


@blueprint.post("/register/verify/<token>/resend")
def resend_verify_link(token: str) -> Response:
    """Another mail; the answer is the same whether there was anything to send."""
    resend_verification(token, links=property_links())
    return redirect(url_for("public.registration_sent"), 303)


@blueprint.get("/register/correct/<token>")
def correct_link(token: str) -> str:
    """The form as it was sent, with what the office asks for; or that the link is spent."""
    correction = view_correction(token)
    return _page(token, correction, make_form(correction.content))


@blueprint.post("/register/correct/<token>")
def send_correction(token: str) -> Response | str | tuple[str, int]:
    """Sends the mended form to the office, or shows it again."""
    correction = view_correction(token)
    if correction.link is not LinkState.OPEN:
        return _page(token, correction, make_form()), 409
    form = make_form()
    if pick_region(form.region_code).is_searching:
        return _page(token, correction, form)
    try:
        correct_registration(token, read_form(form), links=property_links())
    except Refused as error:
        copy_problems(form, error)
        return _page(token, correction, form), status_of(error)
    return redirect(url_for("public.correction_sent"), 303)


@blueprint.get("/register/corrected")
def correction_sent() -> str:
    """That the office has it again, or a mail waits where the address changed."""
    return render_template("public/correction_sent.html")


def _page(token: str, correction: Correction, form: LodgingForm) -> str:
    return render_template(
        "public/correct_registration.html",
        correction=correction,
        form=form,
        picker=pick_region(form.region_code),
        token=token,
    )
