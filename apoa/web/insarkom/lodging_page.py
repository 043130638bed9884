"""What the page of a registration and that of a lodging have in common."""

from uuid import UUID

from flask import flash, g, redirect, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from apoa.access.roles import Action
from apoa.base.clock import now
from apoa.base.errors import Refused
from apoa.base.problems import problem_text
from apoa.properties.open import OpenedProperty
from apoa.properties.queries import EventView
from apoa.properties.rules import Step, may_step
from apoa.web.forms import copy_problems
from apoa.web.insarkom.forms import ReasonForm, reason_forms
from apoa.web.locale import select_locale
from apoa.web.lodging_labels import DUPLICATE_LABELS, EVENT_LABELS, FIELD_LABELS, TYPE_LABELS
from apoa.web.role_labels import role_label
from apoa.web.ui import localdatetime


def possible_forms(
    opened: OpenedProperty, steps: tuple[Step, ...], action: Action
) -> dict[Step, ReasonForm]:
    """The forms of the steps that this person may take on this lodging now."""
    lodging = opened.lodging
    if not g.actor.may(action, property_id=lodging.id, office_id=lodging.office_id):
        return {}
    forms = reason_forms(tuple(step for step in steps if may_step(lodging, step)))
    for form in forms.values():
        form.seen.data = form.seen.data or str(opened.seen_event or "")
    return forms


def show(
    template: str, opened: OpenedProperty, forms: dict[Step, ReasonForm], **more: object
) -> str:
    """The page with everything about the lodging, and the forms of what can be done."""
    return render_template(
        template,
        opened=opened,
        lodging=opened.lodging,
        forms=forms,
        timeline_items=[_timeline_item(opened, event) for event in opened.events],
        type_labels=TYPE_LABELS,
        duplicate_labels=DUPLICATE_LABELS,
        role_label=role_label,
        has_errors=more.pop("has_errors", False),
        **more,
    )


def seen_event(form: ReasonForm) -> UUID | None:
    """The step that the officer's page showed; None when the page did not say."""
    try:
        return UUID(form.seen.data or "")
    except ValueError:
        return None


def explain(error: Refused, form: ReasonForm | None) -> list[dict[str, str]]:
    """Puts the words at the reason, and gives back those that belong to no field."""
    if form is not None:
        copy_problems(form, error, {"/reason": "reason"})
        return []
    return [{"text": problem_text(one, select_locale()), "href": ""} for one in error.problems]


def age_text(since: object) -> str:
    """How long something waits, in whole days, or hours on the first day."""
    waited = now() - since  # type: ignore[operator]
    if waited.days:
        return ngettext("%(num)s hari", "%(num)s hari", waited.days)
    hours = waited.seconds // 3600
    return ngettext("%(num)s jam", "%(num)s jam", hours) if hours else _("baru saja")


def done(message: str, address: str) -> Response:
    """Says what was done on the next page."""
    flash(message, "success")
    return redirect(address, 303)


def _timeline_item(opened: OpenedProperty, event: EventView) -> dict[str, object]:
    return {
        "title": EVENT_LABELS.get(event.kind, event.kind),
        "at": localdatetime(event.at, opened.lodging.time_zone),
        "by": event.actor_name,
        "reason": event.reason,
        "changes": [_change(opened, change) for change in event.changes],
    }


def _change(opened: OpenedProperty, change: dict[str, str | None]) -> dict[str, object]:
    field = change["field"] or ""
    return {
        "label": FIELD_LABELS.get(field, field),
        "before": _value(opened, field, change["before"]),
        "after": _value(opened, field, change["after"]),
    }


def _value(opened: OpenedProperty, field: str, value: str | None) -> object:
    if value is None:
        return "–"
    if field == "region_code":
        return opened.region_names.get(value, value)
    return TYPE_LABELS.get(value, value) if field == "type" else value
