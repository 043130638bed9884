"""Webhooks of the lodging: the manager registers addresses and sees what became of each event.

A secret is shown in the answer to the form that made it, and nowhere else.
"""

from typing import Any
from uuid import UUID

from flask import current_app, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.api_models import KeyMode
from apoa.access.roles import Action
from apoa.base.errors import InvalidInput, Refused
from apoa.web.forms import copy_problems
from apoa.web.frontdesk import blueprint
from apoa.web.frontdesk.flashes import flash_problems
from apoa.web.frontdesk.key_words import MODE_WORDS
from apoa.web.frontdesk.lodging import Lodging, lodging_page, open_lodging
from apoa.web.frontdesk.webhook_forms import EditWebhookForm, NewWebhookForm, SecretForm
from apoa.web.frontdesk.webhook_words import (
    DISABLED_WORDS,
    attempt_word,
    delivery_state,
    event_word,
    secret_mark,
)
from apoa.web.refusals import status_of
from apoa.webhooks.change_endpoint import amend_endpoint, end_endpoint, replace_secret
from apoa.webhooks.deliveries import list_deliveries, replay_delivery, send_test
from apoa.webhooks.register_endpoint import RegisteredEndpoint, register_endpoint
from apoa.webhooks.schemas import read_endpoint
from apoa.webhooks.views import EndpointView, list_endpoints, view_one_endpoint

_PATH = "/<uuid:property_id>/webhooks"
_ONE = f"{_PATH}/<uuid:endpoint_id>"
_SHOWN = 20


@blueprint.get(_PATH)
def webhooks(property_id: UUID) -> str:
    """Every address that is told of this lodging, those of API keys too."""
    lodging = _open(property_id)
    return lodging_page(
        "frontdesk/webhooks.html",
        lodging,
        endpoints=list_endpoints(g.actor, property_id),
        modes=MODE_WORDS,
    )


@blueprint.get(f"{_PATH}/new")
def new_webhook(property_id: UUID) -> str:
    """The form of a new address."""
    return _form_page(_open(property_id), NewWebhookForm(formdata=None))


@blueprint.post(f"{_PATH}/new")
def register_webhook(property_id: UUID) -> str | tuple[str, int]:
    """Registers the address and shows its secret, this once."""
    lodging = _open(property_id)
    form = NewWebhookForm()
    try:
        made = _register(lodging, form)
    except Refused as error:
        copy_problems(form, error)
        return _form_page(lodging, form), status_of(error)
    return _shown_once(lodging, made, replaced=False)


@blueprint.get(_ONE)
def webhook(property_id: UUID, endpoint_id: UUID) -> str:
    """One address and the newest that was sent there."""
    lodging, view = _open_endpoint(property_id, endpoint_id)
    return _endpoint_page(lodging, view, SecretForm(formdata=None))


@blueprint.get(f"{_ONE}/edit")
def edit_webhook(property_id: UUID, endpoint_id: UUID) -> str:
    """The form of an address as it stands."""
    lodging, view = _open_endpoint(property_id, endpoint_id)
    form = EditWebhookForm(
        formdata=None, url=view.url, description=view.description, events=list(view.events)
    )
    return _form_page(lodging, form, view)


@blueprint.post(f"{_ONE}/edit")
def save_webhook(property_id: UUID, endpoint_id: UUID) -> str | tuple[str, int] | Response:
    """Changes address, events or description."""
    lodging, view = _open_endpoint(property_id, endpoint_id)
    form = EditWebhookForm()
    try:
        _amend(view, property_id, _asked(form))
    except Refused as error:
        copy_problems(form, error)
        return _form_page(lodging, form, view), status_of(error)
    flash(_("Perubahan disimpan."), "success")
    return _to_endpoint(property_id, endpoint_id)


@blueprint.post(f"{_ONE}/state")
def set_webhook_state(property_id: UUID, endpoint_id: UUID) -> Response:
    """Makes the address active again, or disables it."""
    _lodging, view = _open_endpoint(property_id, endpoint_id)
    wanted = request.form.get("state", "")
    try:
        _amend(view, property_id, {"state": wanted})
    except Refused as error:
        flash_problems(error)
        return _to_endpoint(property_id, endpoint_id)
    active = wanted == "active"
    flash(_("Webhook aktif lagi.") if active else _("Webhook dinonaktifkan."), "success")
    return _to_endpoint(property_id, endpoint_id)


@blueprint.post(f"{_ONE}/secret")
def replace_webhook_secret(
    property_id: UUID, endpoint_id: UUID
) -> str | tuple[str, int] | Response:
    """Makes a new secret and shows it, this once."""
    lodging, view = _open_endpoint(property_id, endpoint_id)
    form = SecretForm()
    if request.form.get("seen", "") != secret_mark(view):
        # The form was sent twice: a second secret would end the one that was just shown.
        flash(_("Rahasia ini sudah diganti. Yang baru hanya ditampilkan sekali."), "warning")
        return _to_endpoint(property_id, endpoint_id)
    overlap = form.chosen()
    try:
        if overlap is None:
            raise InvalidInput.because("not-a-choice", "/overlap")
        made = replace_secret(g.actor, endpoint_id, overlap=overlap, property_id=property_id)
    except Refused as error:
        copy_problems(form, error)
        return _endpoint_page(lodging, view, form), status_of(error)
    return _shown_once(lodging, made, replaced=True)


@blueprint.post(f"{_ONE}/test")
def send_webhook_test(property_id: UUID, endpoint_id: UUID) -> Response:
    """Sends a test once; what became of it is on the page."""
    _open_endpoint(property_id, endpoint_id)
    try:
        send_test(g.actor, endpoint_id, property_id=property_id)
    except Refused as error:
        flash_problems(error)
    else:
        flash(_("Kiriman uji coba sedang dikirim. Muat ulang untuk melihat hasilnya."), "success")
    return _to_endpoint(property_id, endpoint_id)


@blueprint.post(f"{_ONE}/deliveries/<uuid:delivery_id>/replay")
def replay_webhook(property_id: UUID, endpoint_id: UUID, delivery_id: UUID) -> Response:
    """Sends an event again."""
    _open_endpoint(property_id, endpoint_id)
    try:
        replay_delivery(g.actor, endpoint_id, delivery_id, property_id=property_id)
    except Refused as error:
        flash_problems(error)
    else:
        flash(_("Kejadian dikirim lagi. Muat ulang untuk melihat hasilnya."), "success")
    return _to_endpoint(property_id, endpoint_id)


@blueprint.post(f"{_ONE}/delete")
def delete_webhook(property_id: UUID, endpoint_id: UUID) -> Response:
    """Nothing of this lodging is sent there any more."""
    _open_endpoint(property_id, endpoint_id)
    end_endpoint(g.actor, endpoint_id, property_id=property_id)
    flash(_("Webhook dihapus. Tidak ada lagi yang dikirim ke sana."), "success")
    return redirect(url_for("frontdesk.webhooks", property_id=property_id), 303)


def _open(property_id: UUID) -> Lodging:
    return open_lodging(property_id, Action.MANAGE_WEBHOOKS)


def _open_endpoint(property_id: UUID, endpoint_id: UUID) -> tuple[Lodging, EndpointView]:
    lodging = _open(property_id)
    return lodging, view_one_endpoint(g.actor, endpoint_id, property_id)


def _register(lodging: Lodging, form: NewWebhookForm) -> RegisteredEndpoint:
    asked = read_endpoint(_asked(form), allow_local=_allow_local())
    if form.mode.data not in set(KeyMode):
        raise InvalidInput.because("not-a-choice", "/mode")
    mode = KeyMode(form.mode.data)
    own = [one for one in list_endpoints(g.actor, lodging.id) if not one.is_of_key]
    if (asked.url, mode) in {(one.url, one.mode) for one in own}:
        # Each event would be sent twice; and a form sent twice must not make two.
        raise InvalidInput.because("webhook-url-taken", "/url")
    return register_endpoint(g.actor, asked, mode=mode, property_id=lodging.id)


def _amend(view: EndpointView, property_id: UUID, changes: dict[str, Any]) -> None:
    amend_endpoint(
        g.actor,
        view.endpoint_id,
        changes,
        allow_local=_allow_local(),
        property_id=property_id,
    )


def _asked(form: EditWebhookForm) -> dict[str, Any]:
    return {
        "url": form.url.data or "",
        "events": form.events.data or [],
        "description": form.description.data or None,
    }


def _allow_local() -> bool:
    return not current_app.extensions["apoa_settings"].is_production


def _form_page(lodging: Lodging, form: EditWebhookForm, view: EndpointView | None = None) -> str:
    return lodging_page("frontdesk/webhook_form.html", lodging, form=form, endpoint=view)


def _endpoint_page(lodging: Lodging, view: EndpointView, form: SecretForm) -> str:
    before = request.args.get("before", type=UUID)
    found = list_deliveries(
        g.actor, view.endpoint_id, property_id=lodging.id, before=before, limit=_SHOWN + 1
    )
    return lodging_page(
        "frontdesk/webhook.html",
        lodging,
        endpoint=view,
        form=form,
        seen=secret_mark(view),
        deliveries=found[:_SHOWN],
        older=found[_SHOWN - 1].delivery_id if len(found) > _SHOWN else None,
        is_first=before is None,
        modes=MODE_WORDS,
        event_word=event_word,
        attempt_word=attempt_word,
        delivery_state=delivery_state,
        disabled_words=DISABLED_WORDS,
    )


def _shown_once(lodging: Lodging, made: RegisteredEndpoint, *, replaced: bool) -> str:
    return lodging_page("frontdesk/webhook_secret.html", lodging, made=made, replaced=replaced)


def _to_endpoint(property_id: UUID, endpoint_id: UUID) -> Response:
    address = url_for("frontdesk.webhook", property_id=property_id, endpoint_id=endpoint_id)
    return redirect(address, 303)
