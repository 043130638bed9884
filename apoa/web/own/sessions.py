"""Where a person is signed in, and ending it."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.sessions import end_all_sessions, end_session, list_sessions
from apoa.base.errors import NotFound
from apoa.web.own import blueprint
from apoa.web.own.device import device_name


@blueprint.get("/sessions")
def sessions() -> str:
    """Every live session, this one marked."""
    rows = [
        {
            "id": row.id,
            "device": device_name(row.user_agent),
            "address": row.address,
            "created_at": row.created_at,
            "last_seen_at": row.last_seen_at,
            "is_this": row.id == g.actor.session_id,
        }
        for row in list_sessions(g.actor.user_id)
    ]
    return render_template("own/sessions.html", sessions=rows)


@blueprint.post("/sessions/<uuid:session_id>/end")
def end(session_id: UUID) -> Response:
    """Ends one; a session of somebody else is not found."""
    if not end_session(g.actor.user_id, session_id, reason="owner"):
        raise NotFound("session")
    flash(_("Sesi sudah diakhiri."), "success")
    return redirect(url_for("own.sessions"), 303)


@blueprint.post("/sessions/end-others")
def end_others() -> Response:
    """Ends all but this one."""
    end_all_sessions(g.actor.user_id, reason="owner", but=g.actor.session_id)
    flash(_("Semua sesi lain sudah diakhiri."), "success")
    return redirect(url_for("own.sessions"), 303)
