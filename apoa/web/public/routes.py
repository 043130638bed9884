"""Pages for everybody: home, language."""

from urllib.parse import urlsplit

from flask import g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from apoa.web.locale import LOCALES
from apoa.web.public import blueprint


@blueprint.get("/")
def home() -> str | Response:
    """What APOA is; a signed-in person goes on to their work."""
    if g.actor is not None:
        target = "officers.home" if g.actor.is_officer else "frontdesk.properties"
        return redirect(url_for(target))
    return render_template("public/home.html")


@blueprint.post("/language")
def choose_language() -> Response:
    """Remembers the language for this browser and goes back."""
    locale = request.form.get("locale", "")
    if locale in LOCALES:
        session["locale"] = locale
        session.permanent = True
    return redirect(_safe_path(request.form.get("next", "")))


def _safe_path(path: str) -> str:
    parts = urlsplit(path)
    inside = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if inside and not parts.scheme and not parts.netloc else "/"
