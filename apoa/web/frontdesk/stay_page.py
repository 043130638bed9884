"""One stay on one page: the proof, the facts, its versions, and what can be done with it."""

from uuid import UUID

from flask import g, request, url_for
from markupsafe import Markup

from apoa.access.roles import Action
from apoa.base.clock import now
from apoa.stays.codes import DOCUMENT_TYPES, PERMIT_KINDS, PURPOSES
from apoa.stays.listing import StayFilter, list_stays
from apoa.stays.models import StayState
from apoa.stays.read import StayView, VersionView, list_versions, view_stay
from apoa.stays.receipt.qr import qr_svg
from apoa.web.frontdesk import blueprint
from apoa.web.frontdesk.changes import Change, changes_between, sex_label
from apoa.web.frontdesk.choices import code_label
from apoa.web.frontdesk.lodging import Lodging, lodging_page, open_lodging
from apoa.web.frontdesk.stay_form import CancelForm, CheckOutForm
from apoa.web.frontdesk.version_words import act_label, source_label
from apoa.web.frontdesk.warning_words import warning_words
from apoa.web.moments import show_instant
from apoa.web.request_actor import settings

_MOST_PARTY_MEMBERS = 200


@blueprint.get("/<uuid:property_id>/stays/<uuid:stay_id>")
def stay(property_id: UUID, stay_id: UUID) -> str:
    """The stay as it stands."""
    lodging = open_lodging(property_id, Action.VIEW_STAY)
    return stay_page(lodging, view_stay(g.actor, property_id, stay_id))


def stay_page(
    lodging: Lodging,
    stay: StayView,
    *,
    check_out_form: CheckOutForm | None = None,
    cancel_form: CancelForm | None = None,
) -> str:
    """The page of a stay, with the form that was refused if there was one."""
    versions = list_versions(g.actor, lodging.id, stay.stay_id)
    verification_url = (
        f"{settings().base_url}{url_for('public.receipt', number=stay.receipt_number)}"
    )
    return lodging_page(
        "frontdesk/stay.html",
        lodging,
        stay=stay,
        report=stay.report,
        guest_name=stay.report.guest.full_name,
        versions=[
            (version, _changes_of(version, versions, lodging.time_zone)) for version in versions
        ],
        compared=_compared(versions, lodging.time_zone),
        warnings=warning_words(stay.warnings),
        party=_party_of(lodging, stay),
        verification_url=verification_url,
        # Our own drawing of our own address: safe to stand in the page as it is.
        qr=Markup(qr_svg(verification_url)),  # noqa: S704
        received="received" in request.args,
        check_out_form=check_out_form or _check_out_form(lodging),
        cancel_form=cancel_form or CancelForm(formdata=None),
        is_refused=check_out_form is not None or cancel_form is not None,
        in_house=stay.state == StayState.IN_HOUSE,
        cancelled=stay.state == StayState.CANCELLED,
        sex_label=sex_label,
        act_label=act_label,
        source_label=source_label,
        document_type=code_label(DOCUMENT_TYPES, stay.report.document.type),
        permit_kind=_permit_kind(stay),
        purpose=code_label(PURPOSES, stay.report.purpose),
    )


def _check_out_form(lodging: Lodging) -> CheckOutForm:
    form = CheckOutForm(formdata=None)
    show_instant(form, "left", now(), lodging.time_zone)
    return form


def _permit_kind(stay: StayView) -> str:
    permit = stay.report.permit
    return code_label(PERMIT_KINDS, permit.kind) if permit else ""


def _party_of(lodging: Lodging, stay: StayView) -> list[object]:
    if not stay.report.party_ref:
        return []
    wanted = StayFilter(party_ref=stay.report.party_ref)
    page = list_stays(g.actor, lodging.id, wanted, None, _MOST_PARTY_MEMBERS)
    return [line for line in page.lines if line.stay_id != stay.stay_id]


def _changes_of(version: VersionView, versions: list[VersionView], time_zone: str) -> list[Change]:
    older = next((one for one in versions if one.version == version.version - 1), None)
    return changes_between(older, version, time_zone) if older else []


def _compared(versions: list[VersionView], time_zone: str) -> dict[str, object] | None:
    """The comparison that was asked for: any version with any other."""
    by_number = {one.version: one for one in versions}
    first, second = request.args.get("from", type=int), request.args.get("to", type=int)
    if first not in by_number or second not in by_number or first == second:
        return None
    older, newer = sorted((first, second))
    return {
        "older": older,
        "newer": newer,
        "changes": changes_between(by_number[older], by_number[newer], time_zone),
    }
