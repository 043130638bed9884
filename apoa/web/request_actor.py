"""Who makes this request: loads the actor, puts their scope and audit origin in force."""

from contextlib import suppress
from uuid import uuid4

from flask import Flask, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from apoa.access.actors import Actor
from apoa.access.sessions import find_actor
from apoa.audit.record import SYSTEM, Origin, set_origin
from apoa.base.settings import Settings
from apoa.db.scope import NOTHING, set_scope
from apoa.web.api_calls import is_api_call


def settings() -> Settings:
    """The settings of the running system."""
    value: Settings = current_app.extensions["apoa_settings"]
    return value


def session_cookie_name() -> str:
    """`__Host-` where cookies are secure: then no subdomain can plant one."""
    return "__Host-apoa" if settings().secure_cookies else "apoa"


def register_request_actor(app: Flask) -> None:
    """Loads the actor before anything else looks at the request."""
    app.before_request(_load)
    app.teardown_request(_forget)


def set_session_cookie(response: Response, token: str) -> None:
    """Hands the session's token to the browser."""
    response.set_cookie(
        session_cookie_name(),
        token,
        secure=settings().secure_cookies,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def clear_session_cookie(response: Response) -> None:
    """Takes the session's token out of the browser."""
    response.delete_cookie(
        session_cookie_name(), path="/", secure=settings().secure_cookies, httponly=True
    )


def act_as(actor: Actor | None) -> None:
    """Puts an actor in force for this request: at its start, and after a sign-in."""
    g.actor = actor
    set_scope(actor.scope if actor else NOTHING)
    role = actor.main_role if actor else None
    set_origin(
        Origin(
            kind="user" if actor else "anonymous",
            actor_id=actor.user_id if actor else None,
            role=role.value if role else None,
            request_id=g.request_id,
            address=request.remote_addr,
        )
    )


def _load() -> None:
    g.request_id = uuid4().hex
    act_as(None)
    if request.endpoint == "static" or is_api_call(request):
        # The API reads no cookie: its belt asks for a key.
        return
    token = request.cookies.get(session_cookie_name())
    if token:
        act_as(find_actor(token, idle_minutes=settings().session_idle_minutes))


def _forget(_error: BaseException | None) -> None:
    # Threads are used again: no scope may outlive its request.
    with suppress(SQLAlchemyError):
        # Where the database is gone by now, so is its transaction; the answer still goes out.
        set_scope(NOTHING)
    set_origin(SYSTEM)
