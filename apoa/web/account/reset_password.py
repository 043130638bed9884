"""A lost password: asking for the mail, and choosing a new one."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.passwords import PasswordHashing
from apoa.access.reset_password import ask_password_reset, is_reset_link, reset_password
from apoa.base.errors import InvalidInput, StateConflict
from apoa.web.account import blueprint
from apoa.web.account.forms import ForgotPasswordForm, NewPasswordForm
from apoa.web.account.links import reset_password_link
from apoa.web.account.token_pages import ended_link_page, token_page
from apoa.web.forms import copy_problems
from apoa.web.request_actor import clear_session_cookie, settings


@blueprint.get("/forgot-password")
def forgot_password() -> str:
    """Asks for the address."""
    return render_template("account/forgot_password.html", form=ForgotPasswordForm(formdata=None))


@blueprint.post("/forgot-password")
def ask_for_reset() -> str | tuple[str, int]:
    """Says the same whether there is such an account or not."""
    form = ForgotPasswordForm()
    email = (form.email.data or "").strip()
    if not email:
        copy_problems(form, InvalidInput.because("required", "/email"))
        return render_template("account/forgot_password.html", form=form), 422
    ask_password_reset(email, address=request.remote_addr, link=reset_password_link)
    return render_template("account/reset_asked.html")


@blueprint.get("/reset-password/<token>")
def choose_password(token: str) -> Response:
    """The form; opening it changes nothing, for mail scanners open links too."""
    if not is_reset_link(token):
        return ended_link_page()
    return token_page("account/reset_password.html", form=NewPasswordForm(formdata=None))


@blueprint.post("/reset-password/<token>")
def set_password(token: str) -> Response:
    """Sets it; every session of the account ends, so one signs in with the new one."""
    form = NewPasswordForm()
    try:
        reset_password(token, form.password.data or "", hashing=PasswordHashing.of(settings()))
    except InvalidInput as error:
        copy_problems(form, error)
        return token_page("account/reset_password.html", 422, form=form)
    except StateConflict:
        return ended_link_page()
    flash(_("Kata sandi baru sudah disimpan. Silakan masuk."), "success")
    answer = redirect(url_for("account.sign_in"), 303)
    clear_session_cookie(answer)
    return answer
