"""Amending a report: the same form, refused when somebody else was quicker."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.roles import Action
from apoa.base.errors import Refused, VersionConflict
from apoa.stays.amend import amend_stay
from apoa.stays.content import StayReport
from apoa.stays.models import Source
from apoa.stays.read import StayView, list_versions, view_stay
from apoa.stays.schemas import report_to_mapping, schema_in
from apoa.web.frontdesk import blueprint
from apoa.web.frontdesk.changes import Change, changes_between
from apoa.web.frontdesk.form_data import fill_form, report_mapping, show_problems
from apoa.web.frontdesk.lodging import Lodging, lodging_page, open_lodging
from apoa.web.frontdesk.new_stay import arrival_deadline
from apoa.web.frontdesk.stay_form import AmendForm
from apoa.web.moments import instant_text, read_instant


@blueprint.get("/<uuid:property_id>/stays/<uuid:stay_id>/amend")
def amend(property_id: UUID, stay_id: UUID) -> str:
    """The form with the report as it stands."""
    lodging = open_lodging(property_id, Action.AMEND_STAY)
    stay = view_stay(g.actor, property_id, stay_id)
    form = AmendForm(formdata=None)
    fill_form(form, report_to_mapping(stay.report), lodging.time_zone)
    form.version.data = str(stay.version)
    return _form_page(lodging, form, stay)


@blueprint.post("/<uuid:property_id>/stays/<uuid:stay_id>/amend")
def save_amendment(property_id: UUID, stay_id: UUID) -> Response | tuple[str, int]:
    """Stores a new version. 409 with what changed meanwhile when the form is out of date."""
    lodging = open_lodging(property_id, Action.AMEND_STAY)
    stay = view_stay(g.actor, property_id, stay_id)
    form = AmendForm()
    started_from = _number(form.version.data)
    try:
        amend_stay(
            g.actor,
            property_id,
            stay_id,
            _amended_report(form, stay, lodging),
            expected_version=started_from,
            source=Source.WEB,
            reason=(form.reason.data or "").strip() or None,
        )
    except VersionConflict as error:
        show_problems(form, error)
        changed = _changed_since(lodging, stay, started_from)
        form.version.data = str(stay.version)
        return _form_page(lodging, form, stay, changed=changed), 409
    except Refused as error:
        show_problems(form, error)
        return _form_page(lodging, form, stay), 422
    flash(_("Perubahan tersimpan sebagai versi baru."), "success")
    return redirect(url_for("frontdesk.stay", property_id=property_id, stay_id=stay_id), 303)


def _amended_report(form: AmendForm, stay: StayView, lodging: Lodging) -> StayReport:
    mapping: dict[str, Any] = report_mapping(form, lodging.time_zone)
    mapping["checked_in_at"] = _kept(mapping["checked_in_at"], stay.report.checked_in_at)
    if stay.report.checked_out_at is not None:
        left_at = instant_text(form.left_on.data, form.left_time.data, lodging.time_zone)
        mapping["checked_out_at"] = _kept(left_at, stay.report.checked_out_at)
    report: StayReport = schema_in(lodging.time_zone).read(mapping)
    return replace(report, client_ref=stay.report.client_ref)


def _kept(text: str | None, stored: datetime) -> str | None:
    """The instant as stored when the form, which has no seconds, still says the same minute."""
    try:
        same = datetime.fromisoformat(text or "") == stored.replace(second=0, microsecond=0)
    except (ValueError, TypeError):
        return text
    return stored.isoformat() if same else text


def _changed_since(lodging: Lodging, stay: StayView, version: int) -> list[Change]:
    versions = {one.version: one for one in list_versions(g.actor, lodging.id, stay.stay_id)}
    if version not in versions or stay.version not in versions:
        return []
    return changes_between(versions[version], versions[stay.version], lodging.time_zone)


def _form_page(
    lodging: Lodging, form: AmendForm, stay: StayView, *, changed: list[Change] | None = None
) -> str:
    form.offer_choices()
    arrived_at = read_instant(form.arrived_on.data, form.arrived_time.data, lodging.time_zone)
    return lodging_page(
        "frontdesk/amend_stay.html",
        lodging,
        form=form,
        stay=stay,
        changed=changed,
        deadline=arrival_deadline(lodging, arrived_at),
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0
