"""Accepting an invitation: with a new account, or with the one a person has."""

from flask import flash, g, request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from apoa.access.accept_invitation import (
    InvitationView,
    accept_invitation,
    find_invitation,
    join_by_invitation,
)
from apoa.access.accounts import get_user
from apoa.access.passwords import PasswordHashing
from apoa.access.sessions import find_actor
from apoa.access.sign_in import SignInRefused
from apoa.base.errors import InvalidInput, StateConflict
from apoa.web.account import blueprint
from apoa.web.account.browser import go_to_work, open_browser_session
from apoa.web.account.forms import KnownAccountForm, NewAccountForm
from apoa.web.account.token_pages import ended_link_page, token_page
from apoa.web.forms import copy_problems
from apoa.web.landing import landing_url
from apoa.web.locale import select_locale
from apoa.web.request_actor import act_as, session_cookie_name, settings
from apoa.web.role_labels import role_label


@blueprint.get("/invitations/<token>")
def invitation(token: str) -> Response:
    """Who invites to what, and what is needed to accept it."""
    found = find_invitation(token)
    if found is None:
        return ended_link_page()
    form: FlaskForm = KnownAccountForm(formdata=None)
    if not found.has_account:
        form = NewAccountForm(formdata=None, data={"name": found.name})
    return _page(found, form)


@blueprint.post("/invitations/<token>")
def accept(token: str) -> Response:
    """Takes the invitation and goes on to work."""
    found = find_invitation(token)
    if found is None:
        return ended_link_page()
    form: FlaskForm = KnownAccountForm() if found.has_account else NewAccountForm()
    try:
        session_token = _accept(token, found, form)
    except (InvalidInput, SignInRefused) as error:
        copy_problems(form, error, {"": "password"})
        return _page(found, form, 422)
    except StateConflict:
        return ended_link_page()
    # The role is new: it was not there when this request began.
    act_as(find_actor(session_token, idle_minutes=settings().session_idle_minutes))
    flash(_("Undangan sudah diterima."), "success")
    return go_to_work(session_token)


def _accept(token: str, found: InvitationView, form: FlaskForm) -> str:
    password = form["password"].data or ""
    if not found.has_account:
        hashing = PasswordHashing.of(settings())
        name = form["name"].data or ""
        accept_invitation(token, name, password, hashing=hashing, locale=select_locale())
        return open_browser_session(found.email, password)
    if _is_of_signed_in(found):
        join_by_invitation(g.actor, token)
        return request.cookies[session_cookie_name()]
    session_token = open_browser_session(found.email, password)
    join_by_invitation(g.actor, token)
    return session_token


def _is_of_signed_in(found: InvitationView) -> bool:
    return g.actor is not None and get_user(g.actor.user_id).email == found.email


def _page(found: InvitationView, form: FlaskForm, status: int = 200) -> Response:
    return token_page(
        "account/invitation.html",
        status,
        form=form,
        invitation=found,
        role_name=role_label(found.role),
        is_signed_in=_is_of_signed_in(found),
        onward_url=landing_url(g.actor) if g.actor else None,
    )
