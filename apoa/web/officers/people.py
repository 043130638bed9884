"""The officers of an office: who they are, inviting and disabling them."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice

from apoa.access.actors import Actor
from apoa.access.invitations import invite, list_invitations, withdraw_invitation
from apoa.access.officers import disable_user, enable_user, list_officers, managed_offices
from apoa.access.places import NATIONAL
from apoa.access.roles import NATIONAL_ROLES, OFFICE_ROLES, Role
from apoa.base.errors import NotFound, Refused, StateConflict
from apoa.base.problems import problem_text
from apoa.web.account.links import invitation_link
from apoa.web.forms import copy_problems
from apoa.web.locale import select_locale
from apoa.web.officers import blueprint
from apoa.web.role_labels import role_label

Answer = Response | tuple[str, int]


class InviteForm(FlaskForm):
    """Whom to invite as what."""

    email = StringField(lazy_gettext("Surel"))
    role = RadioField(lazy_gettext("Sebagai"), validate_choice=False)


@blueprint.get("/people")
def people() -> str:
    """The officers of the chosen office, and the invitations that wait."""
    return _page(_chosen_office(), None)


@blueprint.post("/people")
def invite_officer() -> Answer:
    """Sends an invitation for the chosen office."""
    office_id = _chosen_office()
    form = _form(office_id)
    try:
        invite(
            g.actor,
            form.email.data or "",
            form.role.data or "",
            office_id=office_id,
            link=invitation_link,
        )
    except Refused as error:
        copy_problems(form, error)
        return _page(office_id, form), 422
    flash(_("Undangan sudah dikirim."), "success")
    return _back(office_id)


@blueprint.post("/people/<uuid:user_id>/disable")
def disable(user_id: UUID) -> Answer:
    """Ends the account's sessions and lets it in no more."""
    office_id = _chosen_office()
    try:
        disable_user(g.actor, user_id)
    except StateConflict as error:
        return _refused(office_id, error)
    flash(_("Akun sudah dinonaktifkan dan semua sesinya berakhir."), "success")
    return _back(office_id)


@blueprint.post("/people/<uuid:user_id>/enable")
def enable(user_id: UUID) -> Answer:
    """Lets the account in again."""
    office_id = _chosen_office()
    try:
        enable_user(g.actor, user_id)
    except StateConflict as error:
        return _refused(office_id, error)
    flash(_("Akun sudah diaktifkan kembali."), "success")
    return _back(office_id)


@blueprint.post("/invitations/<uuid:invitation_id>/withdraw")
def withdraw(invitation_id: UUID) -> Response:
    """Takes an invitation back."""
    office_id = _chosen_office()
    withdraw_invitation(g.actor, invitation_id)
    flash(_("Undangan sudah ditarik kembali."), "success")
    return _back(office_id)


def _chosen_office() -> UUID | None:
    """The office in the address; else one's own; None: those who serve nationally."""
    offices = managed_offices(g.actor)
    wanted = request.args.get("office", "")
    if wanted:
        chosen = next((one for one in offices if str(one) == wanted), None)
        if chosen is None:
            raise NotFound("office")
        return chosen
    return None if _is_directorate(g.actor) else next(iter(offices))


def _is_directorate(actor: Actor) -> bool:
    return Role.DIRECTORATE in actor.national_roles


def _form(office_id: UUID | None, *, empty: bool = False) -> InviteForm:
    form = InviteForm(formdata=None) if empty else InviteForm()
    roles = list(NATIONAL_ROLES if office_id is None else OFFICE_ROLES)
    if not _is_directorate(g.actor):
        roles.remove(Role.HEAD_OF_OFFICE)
    form.role.choices = [SelectChoice(role.value, role_label(role)) for role in roles]
    return form


def _page(office_id: UUID | None, form: InviteForm | None) -> str:
    offices = managed_offices(g.actor)
    return render_template(
        "officers/people.html",
        form=form or _form(office_id, empty=True),
        officers=list_officers(g.actor, office_id),
        invitations=list_invitations(g.actor, office_id=office_id),
        offices=offices if len(offices) > 1 or _is_directorate(g.actor) else {},
        is_directorate=_is_directorate(g.actor),
        office_id=office_id,
        office_name=offices[office_id] if office_id else NATIONAL,
        own_id=g.actor.user_id,
        role_label=role_label,
    )


def _refused(office_id: UUID | None, error: StateConflict) -> Response:
    for problem in error.problems:
        flash(problem_text(problem, select_locale()), "error")
    return _back(office_id)


def _back(office_id: UUID | None) -> Response:
    return redirect(url_for("officers.people", office=office_id), 303)
