"""The queue of registrations, and the office's decision on one."""

from uuid import UUID

from flask import g, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.roles import Action
from apoa.base.errors import NotFound, Refused
from apoa.properties.listing import REGISTRATION_STATES, count_registrations, list_registrations
from apoa.properties.models import PropertyState
from apoa.properties.open import OpenedProperty, open_property
from apoa.properties.review import approve_registration, ask_back, refuse_registration
from apoa.properties.rules import Step
from apoa.web.insarkom import blueprint
from apoa.web.insarkom.forms import ReasonForm, reason_forms
from apoa.web.insarkom.lodging_page import (
    age_text,
    done,
    explain,
    possible_forms,
    seen_event,
    show,
)
from apoa.web.insarkom.paging import page_urls, read_paging
from apoa.web.lodging_labels import TYPE_LABELS
from apoa.web.property_links import property_links
from apoa.web.refusals import status_of
from apoa.web.ui import state_tag

STEPS = (Step.APPROVE, Step.ASK_BACK, Step.REFUSE)
_STEP_OF_PATH = {"approve": Step.APPROVE, "ask-back": Step.ASK_BACK, "refuse": Step.REFUSE}


@blueprint.get("/registrations")
def registrations() -> str:
    """Those waiting, the oldest first; a tab for each other state."""
    state = request.args.get("state", PropertyState.SUBMITTED.value)
    if state not in REGISTRATION_STATES:
        raise NotFound("state")
    counts = count_registrations(g.actor)
    page = list_registrations(g.actor, state, read_paging())
    tabs = [
        {
            "label": state_tag(one)[1],
            "url": url_for("insarkom.registrations", state=one.value),
            "active": one == state,
            "count": counts[one],
        }
        for one in REGISTRATION_STATES
    ]
    return render_template(
        "insarkom/registrations.html",
        page=page,
        tabs=tabs,
        state=state,
        type_labels=TYPE_LABELS,
        age_text=age_text,
        pages=page_urls("insarkom.registrations", page, state=state),
    )


@blueprint.get("/registrations/<uuid:property_id>")
def registration(property_id: UUID) -> str:
    """Everything about one registration, with what it may be a duplicate of."""
    opened = open_property(g.actor, property_id)
    return _page(opened, possible_forms(opened, STEPS, Action.REVIEW_REGISTRATION))


@blueprint.post("/registrations/<uuid:property_id>/<any(approve,'ask-back',refuse):decision>")
def decide(property_id: UUID, decision: str) -> Response | tuple[str, int]:
    """Approves, asks back or refuses; of two officers at once the second is told."""
    step = _STEP_OF_PATH[decision]
    form = reason_forms((step,))[step]
    try:
        _decide(step, property_id, form)
    except Refused as error:
        opened = open_property(g.actor, property_id)
        forms = possible_forms(opened, STEPS, Action.REVIEW_REGISTRATION)
        errors = explain(error, forms.get(step))
        return _page(opened, forms, errors=errors, has_errors=True), status_of(error)
    words = {
        Step.APPROVE: _("Pendaftaran disetujui. Penanggung jawab mendapat surel."),
        Step.ASK_BACK: _("Permintaan melengkapi terkirim ke penanggung jawab."),
        Step.REFUSE: _("Pendaftaran ditolak. Penanggung jawab mendapat surel."),
    }
    return done(words[step], url_for("insarkom.registrations"))


def _decide(step: Step, property_id: UUID, form: ReasonForm) -> None:
    reason, seen = form.reason.data or None, seen_event(form)
    if step is Step.APPROVE:
        approve_registration(
            g.actor, property_id, links=property_links(), reason=reason, seen_event=seen
        )
    elif step is Step.ASK_BACK:
        ask_back(g.actor, property_id, links=property_links(), reason=reason, seen_event=seen)
    else:
        refuse_registration(g.actor, property_id, reason=reason, seen_event=seen)


def _page(opened: OpenedProperty, forms: dict[Step, ReasonForm], **more: object) -> str:
    return show("insarkom/registration.html", opened, forms, **more)
