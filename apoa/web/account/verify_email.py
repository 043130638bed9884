"""Confirming a new address of an account."""

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.verify_email import is_verification_link
from apoa.access.verify_email import verify_email as confirm
from apoa.base.errors import StateConflict
from apoa.web.account import blueprint
from apoa.web.account.token_pages import ended_link_page, token_page


@blueprint.get("/verify-email/<token>")
def verify_email(token: str) -> Response:
    """Asks for a press of the button; opening the link alone changes nothing."""
    if not is_verification_link(token):
        return ended_link_page()
    return token_page("account/verify_email.html")


@blueprint.post("/verify-email/<token>")
def confirm_email(token: str) -> Response:
    """Puts the account under the new address."""
    try:
        confirm(token)
    except StateConflict:
        return ended_link_page()
    flash(_("Alamat surel sudah dipastikan."), "success")
    return redirect(url_for("own.account" if g.actor else "account.sign_in"), 303)
