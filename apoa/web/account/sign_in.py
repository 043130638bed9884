"""The way in and the way out."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.sessions import end_session
from apoa.access.sign_in import SignInRefused
from apoa.web.account import blueprint
from apoa.web.account.browser import forget_form_session, go_to_work, open_browser_session
from apoa.web.account.forms import SignInForm
from apoa.web.forms import copy_problems
from apoa.web.landing import landing_url
from apoa.web.local_path import local_path
from apoa.web.request_actor import clear_session_cookie


@blueprint.get("/sign-in")
def sign_in() -> str:
    """The form. Who is signed in already may go on, or sign in as somebody else."""
    form = SignInForm(formdata=None)
    form.next.data = local_path(request.args.get("next"), "")
    return _page(form)


@blueprint.post("/sign-in")
def enter() -> Response | tuple[str, int]:
    """Opens a session, or says that the pair is not right and no more than that."""
    form = SignInForm()
    try:
        token = open_browser_session(form.email.data or "", form.password.data or "")
    except SignInRefused as error:
        copy_problems(form, error)
        return _page(form), 422
    return go_to_work(token, form.next.data)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """Ends this session here and on the server."""
    if g.actor is not None and g.actor.session_id is not None:
        end_session(g.actor.user_id, g.actor.session_id, reason="signed_out")
    forget_form_session()
    flash(_("Anda sudah keluar."), "success")
    answer = redirect(url_for("public.home"), 303)
    clear_session_cookie(answer)
    return answer


def _page(form: SignInForm) -> str:
    onward = landing_url(g.actor) if g.actor else None
    return render_template("account/sign_in.html", form=form, onward_url=onward)
