"""Belt one: every page is closed unless an area opens it, and areas are opened here alone."""

from dataclasses import dataclass

import structlog
from flask import Blueprint, Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from apoa.access.roles import OFFICER_ROLES, PROPERTY_ROLES, Role

log = structlog.get_logger()


@dataclass(frozen=True)
class Area:
    """Blueprint pages that one kind of people may enter; `roles` None means everybody."""

    blueprint: Blueprint
    url_prefix: str
    roles: frozenset[Role] | None


ANYBODY = None
SIGNED_IN = frozenset(Role)
LODGINGS = frozenset(PROPERTY_ROLES)
OFFICERS = frozenset(OFFICER_ROLES)
ONBOARDING = frozenset({Role.INSARKOM, Role.HEAD_OF_OFFICE, Role.DIRECTORATE, Role.AUDITOR})
SEARCHERS = frozenset({Role.SUPERVISION, Role.INSARKOM, Role.HEAD_OF_OFFICE, Role.DIRECTORATE})
NATIONAL = frozenset({Role.DIRECTORATE, Role.AUDITOR})

OPEN_ENDPOINTS = {"static"}
# Closed by a belt of its own: api/belt.py.
OTHER_BELT = "api"


def open_areas(app: Flask, areas: list[Area]) -> None:
    """Registers the areas' pages, each behind its roles."""
    roles_of: dict[str, frozenset[Role] | None] = {}
    for area in areas:
        app.register_blueprint(area.blueprint, url_prefix=area.url_prefix)
        roles_of[area.blueprint.name] = area.roles
    app.extensions["apoa_area_roles"] = roles_of
    app.before_request(_keep_out)


def _keep_out() -> Response | None:
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
        return None
    roles_of = current_app.extensions["apoa_area_roles"]
    blueprint = request.blueprint
    if blueprint == OTHER_BELT:
        return None
    if blueprint not in roles_of:
        abort(404)
    roles = roles_of[blueprint]
    if roles is None:
        return None
    if g.actor is None:
        return _to_sign_in()
    if roles != SIGNED_IN and not g.actor.roles & roles:
        # 404, not 403: who has no business here is not told what is here.
        log.warning("denied", action="enter_area")
        abort(404)
    property_id = (request.view_args or {}).get("property_id")
    if property_id is not None and not g.actor.is_officer:
        _require_own(property_id)
    return None


def _require_own(property_id: object) -> None:
    if property_id not in g.actor.property_roles:
        log.warning("denied", action="enter_lodging", property_id=str(property_id))
        abort(404)


def _to_sign_in() -> Response:
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("account.sign_in", next=request.path))
    return redirect(url_for("account.sign_in"))
