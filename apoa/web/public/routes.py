"""Pages for everybody: home, language."""

from flask import g, redirect, render_template, request, session
from werkzeug.wrappers import Response

from apoa.web.landing import landing_url
from apoa.web.local_path import local_path
from apoa.web.locale import LOCALES
from apoa.web.public import blueprint


@blueprint.get("/")
def home() -> str | Response:
    """What APOA is; a signed-in person goes on to their work."""
    if g.actor is not None:
        return redirect(landing_url(g.actor))
    return render_template("public/home.html")


@blueprint.post("/language")
def choose_language() -> Response:
    """Remembers the language for this browser and goes back."""
    locale = request.form.get("locale", "")
    if locale in LOCALES:
        session["locale"] = locale
        session.permanent = True
    return redirect(local_path(request.form.get("next"), "/"))
