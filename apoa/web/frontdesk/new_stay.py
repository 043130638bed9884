"""Reporting a guest: one form, sent once however often the button is pressed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.roles import Action
from apoa.base.clock import now
from apoa.base.errors import Refused
from apoa.stays.deadlines import due_at
from apoa.stays.models import Source
from apoa.stays.outcome import ReportedStay
from apoa.stays.read import StayView, view_stay
from apoa.stays.report import report_stay
from apoa.stays.returning import find_returning_guest
from apoa.stays.schemas import report_to_mapping, schema_in
from apoa.web.frontdesk import blueprint
from apoa.web.frontdesk.form_data import fill_form, report_mapping, show_problems
from apoa.web.frontdesk.lodging import Lodging, lodging_page, open_lodging
from apoa.web.frontdesk.mrz_words import MrzWords
from apoa.web.frontdesk.read_mrz import fill_from_mrz, take_proposed_number, wants_reading
from apoa.web.frontdesk.stay_form import StayForm, new_submission_id
from apoa.web.frontdesk.warning_words import warning_words
from apoa.web.moments import read_instant, show_instant

_KEPT_FOR_THE_NEXT_GUEST = ("room", "party_ref", "checked_in_at", "expected_departure_on")
_KEPT_OF_A_RETURNING_GUEST = ("guest", "document", "permit", "contact")


@dataclass(frozen=True)
class ArrivalDeadline:
    """When the report of an arrival is due, and how many minutes after the arrival that is."""

    due_at: datetime
    minutes: int


@blueprint.get("/<uuid:property_id>/stays/new")
def new_stay(property_id: UUID) -> str:
    """An empty form; after another guest of the party, with what they share."""
    lodging = open_lodging(property_id, Action.REPORT_STAY)
    form = StayForm(formdata=None)
    form.submission_id.data = new_submission_id()
    before = _guest_before(lodging)
    if before is None:
        show_instant(form, "arrived", now(), lodging.time_zone)
    else:
        shared = report_to_mapping(before.report)
        kept = {name: shared[name] for name in _KEPT_FOR_THE_NEXT_GUEST}
        fill_form(form, kept, lodging.time_zone)
    return _form_page(lodging, form, before=before)


@blueprint.post("/<uuid:property_id>/stays/new")
def report_new_stay(property_id: UUID) -> Response | tuple[str, int] | str:
    """Stores the report; or fills the form from a zone or from an earlier stay of the guest."""
    lodging = open_lodging(property_id, Action.REPORT_STAY)
    form = StayForm()
    if request.form.get("do") == "returning":
        return _fill_from_earlier_stay(lodging, form)
    takes_number = request.form.get("do") == "mrz-number"
    if takes_number or request.form.get("do") == "mrz" or wants_reading(form):
        read_zone = take_proposed_number if takes_number else fill_from_mrz
        read = read_zone(form, lodging.time_zone)
        return _form_page(lodging, form, read=read), 200 if read else 422
    submission_id = _submission_id(form)
    keep_party = request.form.get("do") == "next"
    if keep_party and not (form.party_ref.data or "").strip():
        # Made from the submission, so that sending it again names the same party.
        form.party_ref.data = f"R-{submission_id.hex[:8].upper()}"
    try:
        report = schema_in(lodging.time_zone).read(report_mapping(form, lodging.time_zone))
        reported = report_stay(
            g.actor, lodging.id, report, source=Source.WEB, submission_id=submission_id
        )
    except Refused as error:
        show_problems(form, error)
        other = _stay_of_this_form(error)
        if other:
            # Sent again with other content: the person chooses between that stay and a new one.
            form.submission_id.data = new_submission_id()
        return _form_page(lodging, form, other_stay_id=other), 422
    return redirect(_after_saving(lodging, reported, keep_party), 303)


def arrival_deadline(lodging: Lodging, arrived_at: datetime | None) -> ArrivalDeadline | None:
    """The deadline of an arrival; None while the arrival cannot be read."""
    if arrived_at is None:
        return None
    due = due_at(lodging.office_id, arrived_at)
    return ArrivalDeadline(due, int((due - arrived_at).total_seconds() // 60))


def _form_page(
    lodging: Lodging,
    form: StayForm,
    *,
    before: StayView | None = None,
    found: bool | None = None,
    read: MrzWords | None = None,
    other_stay_id: str | None = None,
) -> str:
    form.offer_choices()
    arrived_at = read_instant(form.arrived_on.data, form.arrived_time.data, lodging.time_zone)
    return lodging_page(
        "frontdesk/new_stay.html",
        lodging,
        form=form,
        before=before,
        before_warnings=warning_words(before.warnings) if before else [],
        found=found,
        read=read,
        other_stay_id=other_stay_id,
        deadline=arrival_deadline(lodging, arrived_at),
    )


def _fill_from_earlier_stay(lodging: Lodging, form: StayForm) -> str:
    number = (form.document_number.data or "").strip()
    issuer = form.document_issuing_state.data or None
    report = find_returning_guest(g.actor, lodging.id, number, issuer) if number else None
    if report is not None:
        earlier = report_to_mapping(report)
        kept = {name: earlier.get(name) for name in _KEPT_OF_A_RETURNING_GUEST}
        fill_form(form, kept, lodging.time_zone)
    return _form_page(lodging, form, found=report is not None)


def _stay_of_this_form(error: Refused) -> str | None:
    return next(
        (one.params.get("stay_id") for one in error.problems if one.code == "submission-in-use"),
        None,
    )


def _guest_before(lodging: Lodging) -> StayView | None:
    """The stay reported just before this one, when the person chose to go on with its party."""
    after = request.args.get("after", type=UUID)
    return view_stay(g.actor, lodging.id, after) if after else None


def _submission_id(form: StayForm) -> UUID:
    try:
        return UUID(form.submission_id.data or "")
    except ValueError:
        form.submission_id.data = new_submission_id()
        return UUID(form.submission_id.data)


def _after_saving(lodging: Lodging, reported: ReportedStay, next_guest: bool) -> str:
    if reported.duplicate:
        flash(
            _(
                "Laporan ini sudah diterima sebelumnya dan tidak dibuat dua kali. Bila isiannya"
                " perlu diubah, pakai tombol Ubah."
            ),
            "info",
        )
    if next_guest and not reported.duplicate:
        return url_for("frontdesk.new_stay", property_id=lodging.id, after=reported.stay_id)
    return url_for("frontdesk.stay", property_id=lodging.id, stay_id=reported.stay_id, received=1)
