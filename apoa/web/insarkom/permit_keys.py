"""Keys of the office's own system, which sends permits; each is shown once, when it is made."""

from uuid import UUID

from flask import current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.key_text import KeyText
from apoa.access.office_keys import (
    end_office_key,
    list_office_keys,
    make_office_key,
    managed_offices,
)
from apoa.access.places import office_names
from apoa.base.clock import now
from apoa.base.errors import NotAllowed, NotFound, Refused
from apoa.offices.regions import WESTERN
from apoa.web.forms import copy_problems
from apoa.web.insarkom import blueprint
from apoa.web.insarkom.permit_feed_forms import FeedKeyForm, office_choices


@blueprint.get("/permit-keys")
def permit_keys() -> str:
    """The keys of the person's offices, and the form of a new one."""
    return _page(FeedKeyForm(formdata=None))


@blueprint.post("/permit-keys")
def make_permit_key() -> str | tuple[str, int]:
    """Makes the key and shows it, this once."""
    form = FeedKeyForm()
    try:
        made = make_office_key(
            g.actor,
            office_id=_office(form.office_id.data),
            name=form.name.data or "",
            expires_at=now() + form.chosen_life(),
        )
    except Refused as error:
        copy_problems(form, error, {"/expires_at": "life"})
        return _page(form), 422
    return _shown_once(made)


@blueprint.post("/permit-keys/<uuid:office_key_id>/end")
def end_permit_key(office_key_id: UUID) -> Response:
    """From now on the key is refused."""
    end_office_key(g.actor, office_key_id)
    flash(_("Kunci diakhiri. Mulai sekarang kunci ini ditolak."), "success")
    return redirect(url_for("insarkom.permit_keys"), 303)


def _office(chosen: str | None) -> UUID:
    offices = managed_offices(g.actor)
    if not offices:
        raise NotAllowed("manage_office_keys")
    if len(offices) == 1:
        return offices[0]
    found = next((one for one in offices if str(one) == chosen), None)
    if found is None:
        raise NotFound("office")
    return found


def _page(form: FeedKeyForm) -> str:
    keys = list_office_keys(g.actor)
    offices = office_names(managed_offices(g.actor))
    form.office_id.choices = list(office_choices(offices))
    return render_template(
        "insarkom/permit_keys.html", form=form, keys=keys, offices=offices, zone=WESTERN
    )


def _shown_once(made: KeyText) -> str:
    return render_template(
        "insarkom/permit_key_made.html",
        made=made,
        base_url=current_app.extensions["apoa_settings"].base_url,
    )
