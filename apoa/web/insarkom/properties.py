"""The office's lodgings: the list, one of them, and its suspension, closing and opening again."""

from uuid import UUID

from flask import g, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.roles import Action
from apoa.base.errors import Refused
from apoa.offices.regions import RegionLevel
from apoa.properties.listing import PROPERTY_STATES, PropertyFilter, list_properties
from apoa.properties.models import PropertyType
from apoa.properties.open import OpenedProperty, open_property
from apoa.properties.rules import Step
from apoa.properties.suspend import (
    close_property,
    reopen_property,
    resume_property,
    suspend_property,
)
from apoa.web.insarkom import blueprint
from apoa.web.insarkom.forms import PropertyFilterForm, ReasonForm, reason_forms
from apoa.web.insarkom.lodging_page import done, explain, possible_forms, seen_event, show
from apoa.web.insarkom.paging import page_urls, read_paging
from apoa.web.lodging_labels import TYPE_LABELS
from apoa.web.refusals import status_of
from apoa.web.region_picker import pick_region

STEPS = (Step.SUSPEND, Step.RESUME, Step.CLOSE, Step.REOPEN)
_ACTS = {
    Step.SUSPEND: suspend_property,
    Step.RESUME: resume_property,
    Step.CLOSE: close_property,
    Step.REOPEN: reopen_property,
}


@blueprint.get("/properties")
def properties() -> str:
    """The lodgings past registration, by name, narrowed by what the address says."""
    form = PropertyFilterForm(request.args)
    picker = pick_region(form.region_code, RegionLevel)
    asked = PropertyFilter(
        type=_known(form.type.data, PropertyType),
        state=_known(form.state.data, PROPERTY_STATES),
        region_code=picker.chosen["code"] if picker.chosen else None,
        name=(form.name.data or "").strip() or None,
    )
    page = list_properties(g.actor, asked, read_paging())
    filters = {
        "type": asked.type,
        "state": asked.state,
        "region_code": asked.region_code,
        "name": asked.name,
    }
    return render_template(
        "insarkom/properties.html",
        filter_form=form,
        picker=picker,
        page=page,
        is_filtered=any(filters.values()),
        type_labels=TYPE_LABELS,
        pages=page_urls("insarkom.properties", page, **filters),
    )


@blueprint.get("/properties/<uuid:property_id>")
def property_page(property_id: UUID) -> str:
    """Everything about one lodging."""
    opened = open_property(g.actor, property_id)
    return _page(opened, possible_forms(opened, STEPS, Action.SUSPEND_PROPERTY))


@blueprint.post("/properties/<uuid:property_id>/<any(suspend,resume,close,reopen):act>")
def change_state(property_id: UUID, act: str) -> Response | tuple[str, int]:
    """Suspends, resumes, closes or opens again, with a reason that the lodging reads."""
    step = Step(act)
    form = reason_forms((step,))[step]
    try:
        _ACTS[step](
            g.actor, property_id, reason=form.reason.data or None, seen_event=seen_event(form)
        )
    except Refused as error:
        opened = open_property(g.actor, property_id)
        forms = possible_forms(opened, STEPS, Action.SUSPEND_PROPERTY)
        errors = explain(error, forms.get(step))
        return _page(opened, forms, errors=errors, has_errors=True), status_of(error)
    words = {
        Step.SUSPEND: _("Tempat penginapan ditangguhkan. Penanggung jawab mendapat surel."),
        Step.RESUME: _("Tempat penginapan aktif kembali. Penanggung jawab mendapat surel."),
        Step.CLOSE: _("Tempat penginapan ditutup. Penanggung jawab mendapat surel."),
        Step.REOPEN: _("Tempat penginapan dibuka kembali. Penanggung jawab mendapat surel."),
    }
    return done(words[step], url_for("insarkom.property_page", property_id=property_id))


def _known(value: str | None, values: object) -> str | None:
    return value if value in list(values) else None  # type: ignore[call-overload]


def _page(opened: OpenedProperty, forms: dict[Step, ReasonForm], **more: object) -> str:
    return show("insarkom/property.html", opened, forms, **more)
