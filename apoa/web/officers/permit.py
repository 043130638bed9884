"""A permit's page: holder, documents, validity, status and its history, stays and findings."""

from uuid import UUID

from flask import g, render_template
from flask.typing import ResponseReturnValue

from apoa.access.roles import Action
from apoa.base.errors import NotFound
from apoa.crosscheck.findings.listing import FindingFilters, list_findings
from apoa.crosscheck.views import stays_of_permit
from apoa.permits.brief import find_permit_briefs
from apoa.permits.rules import EXTENDABLE
from apoa.permits.view import HistoryLine, PermitView, get_permit_view
from apoa.web.crosscheck.match_words import BAND_MARKS
from apoa.web.crosscheck.permit_words import ACT_WORDS, STATUS_MARKS, kind_and_index, register_as_of
from apoa.web.frontdesk.changes import sex_label
from apoa.web.frontdesk.choices import country_label
from apoa.web.office_clock import as_of, office_time_zone
from apoa.web.officers import blueprint
from apoa.web.officers.findings import table_words
from apoa.web.officers.permit_forms import PermitForms
from apoa.web.supervision.purpose import ask_purpose, known_purpose
from apoa.web.ui import error_links, localdate, localdatetime


@blueprint.route("/permits/<uuid:permit_id>", methods=["GET", "POST"])
def permit(permit_id: UUID) -> ResponseReturnValue:
    """Everything the register and the cross-check know of a permit, for who said why they look."""
    if not find_permit_briefs(g.actor, [permit_id]):
        raise NotFound("permit")
    asked = ask_purpose()
    if asked is not None:
        return asked
    return permit_page(permit_id, PermitForms())


def permit_page(permit_id: UUID, forms: PermitForms) -> str:
    """The page, with the forms of what can be recorded of the permit."""
    view = get_permit_view(g.actor, permit_id, purpose=known_purpose())
    return render_template(
        "officers/permit.html",
        permit=view,
        content=view.content,
        status=STATUS_MARKS[view.content.status],
        extensions=_extensions(view),
        history=[_history_item(one) for one in view.history],
        stays=stays_of_permit(g.actor, permit_id),
        findings=list_findings(g.actor, FindingFilters(permit_id=permit_id)).findings,
        band_marks=BAND_MARKS,
        words=table_words(),
        kind=kind_and_index(view.content.kind, view.content.index_code),
        sex=sex_label(view.content.sex) if view.content.sex else "",
        country_label=country_label,
        forms=forms,
        has_errors=bool(error_links(forms.extend, forms.end)),
        may_record=g.actor.may(Action.IMPORT_PERMITS) and view.content.status in EXTENDABLE,
        may_open_person=g.actor.may(Action.OPEN_PERSON),
        zone=office_time_zone(),
        purpose=known_purpose(),
        register_as_of=register_as_of(),
        data_as_of=as_of(),
    )


def _extensions(view: PermitView) -> list[HistoryLine]:
    """The acts that moved the last day on, oldest first."""
    return [one for one in reversed(view.history) if one.act == "extended"]


def _history_item(line: HistoryLine) -> dict[str, object]:
    return {
        "title": ACT_WORDS.get(line.act, line.act),
        "at": localdatetime(line.at, office_time_zone()),
        "by": line.by_name,
        "status": STATUS_MARKS[line.status],
        "valid_until": line.valid_until,
        "effective_on": localdate(line.effective_on) if line.effective_on else None,
        "reason": line.reason,
    }
