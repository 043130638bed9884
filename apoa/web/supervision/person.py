"""A person's page: one stay with its proof, its versions, its lodging and the guest's others."""

from collections.abc import Sequence
from uuid import UUID

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from apoa.stays.codes import DOCUMENT_TYPES, PERMIT_KINDS, PURPOSES
from apoa.stays.read import VersionView
from apoa.supervision.hits import Hit
from apoa.supervision.open_person import open_person, require_within_reach
from apoa.web.crosscheck.permit_words import brief_text
from apoa.web.frontdesk.changes import Change, changes_between, sex_label
from apoa.web.frontdesk.choices import code_label, country_label
from apoa.web.frontdesk.version_words import act_label, source_label
from apoa.web.frontdesk.warning_words import warning_words
from apoa.web.office_clock import as_of
from apoa.web.request_actor import settings
from apoa.web.supervision import blueprint
from apoa.web.supervision.cross_check_panel import cross_check_panel
from apoa.web.supervision.place import reach_in_words
from apoa.web.supervision.purpose import ask_purpose, known_purpose
from apoa.web.ui import localdate, localdatetime


@blueprint.route("/stays/<uuid:property_id>/<uuid:stay_id>", methods=["GET", "POST"])
def person(property_id: UUID, stay_id: UUID) -> ResponseReturnValue:
    """Everything about one stay, for who said why they look."""
    require_within_reach(g.actor, property_id, stay_id)
    asked = ask_purpose()
    if asked is not None:
        return asked
    page = open_person(g.actor, property_id, stay_id, known_purpose())
    report, zone = page.stay.report, page.stay.time_zone
    return render_template(
        "supervision/person.html",
        page=page,
        stay=page.stay,
        report=report,
        time_zone=zone,
        results_url=_results_url(),
        versions=_version_items(page.versions, zone),
        compared=_compared(page.versions, zone),
        others=[_stay_item(other) for other in page.other_stays],
        warnings=warning_words(page.stay.warnings),
        purpose=known_purpose(),
        cross=cross_check_panel(property_id, stay_id),
        brief_text=brief_text,
        reach=reach_in_words(),
        verification_url=_verification_url(page.stay.receipt_number),
        country_label=country_label,
        sex=sex_label(report.guest.sex),
        document_type=code_label(DOCUMENT_TYPES, report.document.type),
        permit_kind=code_label(PERMIT_KINDS, report.permit.kind) if report.permit else "",
        visit=code_label(PURPOSES, report.purpose),
        data_as_of=as_of(page.read_at),
    )


def _verification_url(number: str) -> str:
    # By the address that the operator set: a stranger may set the Host header.
    return f"{settings().base_url}{url_for('public.receipt', number=number)}"


def _results_url() -> str | None:
    """Back to the hits that led here; the address named them by their search's id."""
    search_id = request.args.get("search", type=UUID)
    return url_for("supervision.results", search_id=search_id) if search_id else None


def _version_items(versions: Sequence[VersionView], zone: str) -> list[dict[str, object]]:
    older: dict[int, VersionView] = {one.version: one for one in versions}
    return [
        {
            "title": _("Versi %(number)s – %(act)s", number=one.version, act=act_label(one.act)),
            "at": localdatetime(one.received_at, zone),
            "by": one.actor_name,
            "reason": one.reason,
            "source": source_label(one.source),
            "changes": _changes(older.get(one.version - 1), one, zone),
        }
        for one in versions
    ]


def _changes(older: VersionView | None, newer: VersionView, zone: str) -> list[Change]:
    return changes_between(older, newer, zone) if older else []


def _compared(versions: Sequence[VersionView], zone: str) -> dict[str, object] | None:
    """The comparison that was asked for: any version with any other."""
    by_number = {one.version: one for one in versions}
    first, second = request.args.get("from", type=int), request.args.get("to", type=int)
    if first not in by_number or second not in by_number or first == second:
        return None
    older, newer = sorted((first, second))
    changes = changes_between(by_number[older], by_number[newer], zone)
    return {"older": older, "newer": newer, "changes": changes}


def _stay_item(hit: Hit) -> dict[str, object]:
    left = localdate(hit.checked_out_on) if hit.checked_out_on else _("belum keluar")
    return {
        "title": hit.property_name,
        "at": f"{localdate(hit.checked_in_on)} – {left}",
        "hit": hit,
        "url": url_for("supervision.person", property_id=hit.property_id, stay_id=hit.stay_id),
    }
