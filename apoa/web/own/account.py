"""What a person sees and changes of the own account."""

from flask import flash, g, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.accounts import get_user
from apoa.access.change_password import change_password as change
from apoa.access.change_profile import change_profile
from apoa.access.passwords import PasswordHashing
from apoa.access.places import list_place_names
from apoa.access.verify_email import ask_email_change
from apoa.base.errors import InvalidInput
from apoa.web.account.links import verify_email_link
from apoa.web.forms import copy_problems
from apoa.web.own import blueprint
from apoa.web.own.forms import EmailForm, PasswordForm, ProfileForm
from apoa.web.request_actor import settings
from apoa.web.role_labels import role_label

Answer = Response | tuple[str, int]


@blueprint.get("/")
def account() -> str:
    """Name, address, language, roles; and where each is changed."""
    user = get_user(g.actor.user_id)
    return render_template(
        "own/account.html",
        user=user,
        role_names=[role_label(role) for role in sorted(g.actor.roles)],
        place_names=list_place_names(g.actor.property_roles, g.actor.office_roles),
    )


@blueprint.get("/profile")
def profile() -> str:
    """The form for name and language."""
    user = get_user(g.actor.user_id)
    form = ProfileForm(formdata=None, data={"name": user.name, "locale": user.locale})
    return render_template("own/profile.html", form=form)


@blueprint.post("/profile")
def save_profile() -> Answer:
    """Saves them; the chosen language counts in this browser at once."""
    form = ProfileForm()
    try:
        change_profile(g.actor, form.name.data or "", form.locale.data or "")
    except InvalidInput as error:
        copy_problems(form, error)
        return render_template("own/profile.html", form=form), 422
    session["locale"] = form.locale.data
    session.permanent = True
    flash(_("Akun sudah disimpan."), "success")
    return redirect(url_for("own.account"), 303)


@blueprint.get("/password")
def password() -> str:
    """The form for a new password."""
    return render_template("own/password.html", form=PasswordForm(formdata=None))


@blueprint.post("/password")
def save_password() -> Answer:
    """Sets it, and signs out everywhere else."""
    form = PasswordForm()
    hashing = PasswordHashing.of(settings())
    try:
        change(g.actor, form.old_password.data or "", form.new_password.data or "", hashing=hashing)
    except InvalidInput as error:
        copy_problems(form, error)
        return render_template("own/password.html", form=form), 422
    flash(_("Kata sandi baru sudah disimpan. Semua sesi lain sudah berakhir."), "success")
    return redirect(url_for("own.account"), 303)


@blueprint.get("/email")
def email() -> str:
    """The form for a new address."""
    return render_template("own/email.html", form=EmailForm(formdata=None))


@blueprint.post("/email")
def ask_email() -> Answer:
    """Sends a mail to the new address; until it is opened the old one counts."""
    form = EmailForm()
    try:
        ask_email_change(
            g.actor,
            form.email.data or "",
            form.password.data or "",
            hashing=PasswordHashing.of(settings()),
            link=verify_email_link,
        )
    except InvalidInput as error:
        copy_problems(form, error)
        return render_template("own/email.html", form=form), 422
    flash(
        _("Surel untuk memastikan alamat baru sudah dikirim. Alamat lama berlaku sampai itu."),
        "success",
    )
    return redirect(url_for("own.account"), 303)
