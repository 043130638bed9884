"""Who reports for the lodging: the manager sees, invites and removes them."""

from uuid import UUID

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField
from wtforms.fields import SelectChoice

from apoa.access.invitations import invite, list_invitations, withdraw_invitation
from apoa.access.memberships import list_people, remove_person
from apoa.access.roles import Action, Role
from apoa.base.errors import NotFound, Refused
from apoa.web.account.links import invitation_link
from apoa.web.forms import copy_problems
from apoa.web.frontdesk import blueprint
from apoa.web.frontdesk.flashes import flash_problems
from apoa.web.frontdesk.lodging import Lodging, lodging_page, open_lodging
from apoa.web.role_labels import role_label


class InvitationForm(FlaskForm):
    """Whom the manager asks to join."""

    email = StringField(lazy_gettext("Surel"))
    role = RadioField(
        lazy_gettext("Sebagai"),
        choices=[
            SelectChoice(Role.CLERK.value, lazy_gettext("Petugas resepsionis: melaporkan tamu")),
            SelectChoice(
                Role.MANAGER.value, lazy_gettext("Pengelola: juga mengatur petugas dan data")
            ),
        ],
        default=Role.CLERK.value,
    )


@blueprint.get("/<uuid:property_id>/people")
def people(property_id: UUID) -> str:
    """Everybody of the lodging, and the invitations that wait."""
    lodging = open_lodging(property_id, Action.MANAGE_PEOPLE)
    return _people_page(lodging, InvitationForm(formdata=None))


@blueprint.post("/<uuid:property_id>/people/invite")
def invite_person(property_id: UUID) -> Response | tuple[str, int]:
    """Sends an invitation by mail."""
    lodging = open_lodging(property_id, Action.MANAGE_PEOPLE)
    form = InvitationForm()
    try:
        invite(
            g.actor,
            form.email.data or "",
            form.role.data or "",
            property_id=property_id,
            link=invitation_link,
        )
    except Refused as error:
        copy_problems(form, error)
        return _people_page(lodging, form), 422
    flash(_("Undangan terkirim. Tautannya berlaku tujuh hari."), "success")
    return _to_people(property_id)


@blueprint.post("/<uuid:property_id>/people/<uuid:user_id>/remove")
def remove(property_id: UUID, user_id: UUID) -> Response:
    """Ends somebody's work for this lodging; their reports stay."""
    open_lodging(property_id, Action.MANAGE_PEOPLE)
    try:
        remove_person(g.actor, property_id, user_id)
    except Refused as error:
        flash_problems(error)
        return _to_people(property_id)
    flash(_("Petugas dikeluarkan dari tempat penginapan ini."), "success")
    if user_id == g.actor.user_id:
        return redirect(url_for("frontdesk.properties"), 303)
    return _to_people(property_id)


@blueprint.post("/<uuid:property_id>/people/invitations/<uuid:invitation_id>/withdraw")
def withdraw(property_id: UUID, invitation_id: UUID) -> Response:
    """Makes an invitation's link useless."""
    open_lodging(property_id, Action.MANAGE_PEOPLE)
    waiting = list_invitations(g.actor, property_id=property_id)
    if invitation_id not in {one.id for one in waiting}:
        raise NotFound("invitation")
    withdraw_invitation(g.actor, invitation_id)
    flash(_("Undangan ditarik kembali."), "success")
    return _to_people(property_id)


def _people_page(lodging: Lodging, form: InvitationForm) -> str:
    return lodging_page(
        "frontdesk/people.html",
        lodging,
        form=form,
        people=list_people(g.actor, lodging.id),
        invitations=list_invitations(g.actor, property_id=lodging.id),
        role_label=role_label,
        own_id=g.actor.user_id,
    )


def _to_people(property_id: UUID) -> Response:
    return redirect(url_for("frontdesk.people", property_id=property_id), 303)
