"""What a sign-in does to the browser: a new session, a new form session, the way on."""

from flask import g, redirect, request, session
from werkzeug.wrappers import Response

from apoa.access.passwords import PasswordHashing
from apoa.access.sessions import find_actor
from apoa.access.sign_in import sign_in
from apoa.web.landing import landing_url
from apoa.web.local_path import local_path
from apoa.web.request_actor import act_as, session_cookie_name, set_session_cookie, settings


def open_browser_session(email: str, password: str) -> str:
    """Signs this browser in and puts the person in force; the session's token.

    Raises SignInRefused, Throttled.
    """
    token = sign_in(
        email,
        password,
        hashing=PasswordHashing.of(settings()),
        absolute_hours=settings().session_absolute_hours,
        user_agent=request.user_agent.string,
        address=request.remote_addr,
        replaces=request.cookies.get(session_cookie_name()),
    )
    forget_form_session()
    act_as(find_actor(token, idle_minutes=settings().session_idle_minutes))
    return token


def go_to_work(token: str, wanted: str | None = None) -> Response:
    """On to where the person wanted to go, or to their work, with the session's cookie."""
    answer = redirect(local_path(wanted, landing_url(g.actor)), 303)
    set_session_cookie(answer, token)
    return answer


def forget_form_session() -> None:
    """A new CSRF secret: one planted before the sign-in is worth nothing after it."""
    locale = session.get("locale")
    session.clear()
    g.pop("csrf_token", None)
    if locale:
        session["locale"] = locale
        session.permanent = True
