"""Keys of the lodging's own system: the manager makes, rotates and ends them, and sees their use.

A key is shown in the answer to the form that made it, and nowhere else: in no flash, cookie or
address, and in no page that can be opened again.
"""

from uuid import UUID

from flask import current_app, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.api_keys import end_key, make_key, rotate_key
from apoa.access.api_models import KeyMode
from apoa.access.key_text import KeyText
from apoa.access.list_calls import list_calls
from apoa.access.list_keys import KeyView, get_key, list_keys
from apoa.access.roles import Action, Role
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotFound, Refused
from apoa.properties.sandbox import ensure_sandbox
from apoa.web.forms import copy_problems
from apoa.web.frontdesk import blueprint
from apoa.web.frontdesk.flashes import flash_problems
from apoa.web.frontdesk.key_forms import NewKeyForm, RotateForm, days
from apoa.web.frontdesk.key_words import MODE_WORDS, call_verdict, call_word, scope_word, short_path
from apoa.web.frontdesk.lodging import Lodging, lodging_page, open_lodging, own_lodgings
from apoa.web.refusals import status_of


@blueprint.get("/<uuid:property_id>/keys")
def keys(property_id: UUID) -> str:
    """Every key of the lodging."""
    lodging = open_lodging(property_id, Action.MANAGE_KEYS)
    return lodging_page(
        "frontdesk/keys.html", lodging, keys=list_keys(g.actor, property_id), modes=MODE_WORDS
    )


@blueprint.get("/<uuid:property_id>/keys/new")
def new_key(property_id: UUID) -> str:
    """The form of a new key."""
    lodging = open_lodging(property_id, Action.MANAGE_KEYS)
    return _new_key_page(lodging, _new_key_form(lodging))


@blueprint.post("/<uuid:property_id>/keys/new")
def make_new_key(property_id: UUID) -> str | tuple[str, int]:
    """Makes the key and shows it, this once."""
    lodging = open_lodging(property_id, Action.MANAGE_KEYS)
    form = _new_key_form(lodging)
    try:
        made = _make(lodging, form)
    except Refused as error:
        copy_problems(form, error, {"/expires_at": "life"})
        return _new_key_page(lodging, form), 422
    return _shown_once(lodging, made, rotated=False)


@blueprint.get("/<uuid:property_id>/keys/<uuid:key_id>")
def key(property_id: UUID, key_id: UUID) -> str:
    """What a key is good for, and how it is rotated and ended."""
    lodging, view = open_key(property_id, key_id)
    return _key_page(lodging, view, RotateForm(formdata=None))


@blueprint.get("/<uuid:property_id>/keys/<uuid:key_id>/calls")
def key_calls(property_id: UUID, key_id: UUID) -> str:
    """What was called with the key lately; no page of it shows a guest."""
    lodging, view = open_key(property_id, key_id)
    refused_only = bool(request.args.get("refused"))
    before = request.args.get("before", type=UUID)
    return lodging_page(
        "frontdesk/key_calls.html",
        lodging,
        key=view,
        page=list_calls(g.actor, key_id, before=before, refused_only=refused_only),
        refused_only=refused_only,
        is_first=before is None,
        names={one.id: one.name for one in own_lodgings()},
        call_word=call_word,
        short_path=short_path,
        call_verdict=call_verdict,
    )


@blueprint.post("/<uuid:property_id>/keys/<uuid:key_id>/rotate")
def rotate(property_id: UUID, key_id: UUID) -> str | tuple[str, int] | Response:
    """Makes a new secret and shows it, this once."""
    lodging, view = open_key(property_id, key_id)
    form = RotateForm()
    if request.form.get("seen", "") != rotation_mark(view):
        # The form was sent twice: a second rotation would end the secret that is in use.
        flash(_("Kunci ini sudah diganti. Yang baru hanya ditampilkan sekali."), "warning")
        return _to_key(property_id, key_id)
    overlap = days(form.overlap.data)
    try:
        if overlap is None:
            raise InvalidInput.because("not-a-choice", "/overlap")
        made = rotate_key(g.actor, key_id, overlap=overlap)
    except Refused as error:
        copy_problems(form, error)
        return _key_page(lodging, view, form), status_of(error)
    return _shown_once(lodging, made, rotated=True)


@blueprint.post("/<uuid:property_id>/keys/<uuid:key_id>/end")
def end(property_id: UUID, key_id: UUID) -> Response:
    """Ends the key for the lodgings of the person."""
    open_key(property_id, key_id)
    try:
        end_key(g.actor, key_id)
    except Refused as error:
        flash_problems(error)
        return _to_key(property_id, key_id)
    flash(_("Kunci diakhiri. Mulai sekarang kunci ini ditolak."), "success")
    return redirect(url_for("frontdesk.keys", property_id=property_id), 303)


def open_key(property_id: UUID, key_id: UUID) -> tuple[Lodging, KeyView]:
    """The lodging and a key of it. Raises NotFound, NotAllowed."""
    lodging = open_lodging(property_id, Action.MANAGE_KEYS)
    view = get_key(g.actor, key_id)
    if property_id not in view.property_ids:
        raise NotFound("key")
    return lodging, view


def rotation_mark(view: KeyView) -> str:
    """Which rotation a page has seen."""
    return view.previous_valid_until.isoformat() if view.previous_valid_until else ""


def _make(lodging: Lodging, form: NewKeyForm) -> KeyText:
    name = (form.name.data or "").strip()
    _require_new_name(lodging, name)
    life = days(form.life.data)
    if form.mode.data not in set(KeyMode) or life is None:
        raise InvalidInput.because("not-a-choice", "/life" if life is None else "/mode")
    return make_key(
        g.actor,
        name=name,
        mode=KeyMode(form.mode.data),
        scopes=form.scopes.data or [],
        property_ids=[_id(one) for one in form.property_ids.data or []],
        expires_at=now() + life,
        make_sandbox=ensure_sandbox,
    )


def _require_new_name(lodging: Lodging, name: str) -> None:
    """Two keys of one name cannot be told apart; and a form sent twice must not make two."""
    used = {one.name.casefold() for one in list_keys(g.actor, lodging.id) if one.state == "live"}
    if name.casefold() in used:
        raise InvalidInput.because("key-name-taken", "/name")


def _new_key_form(lodging: Lodging) -> NewKeyForm:
    form = NewKeyForm()
    roles = g.actor.property_roles
    form.offer([one for one in own_lodgings() if roles[one.id] == Role.MANAGER], lodging)
    return form


def _new_key_page(lodging: Lodging, form: NewKeyForm) -> str:
    return lodging_page("frontdesk/key_new.html", lodging, form=form)


def _key_page(lodging: Lodging, view: KeyView, form: RotateForm) -> str:
    return lodging_page(
        "frontdesk/key.html",
        lodging,
        key=view,
        form=form,
        seen=rotation_mark(view),
        modes=MODE_WORDS,
        scope_word=scope_word,
        names={one.id: one.name for one in own_lodgings()},
    )


def _shown_once(lodging: Lodging, made: KeyText, *, rotated: bool) -> str:
    return lodging_page(
        "frontdesk/key_made.html",
        lodging,
        made=made,
        rotated=rotated,
        base_url=current_app.extensions["apoa_settings"].base_url,
    )


def _to_key(property_id: UUID, key_id: UUID) -> Response:
    return redirect(url_for("frontdesk.key", property_id=property_id, key_id=key_id), 303)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("property") from None
