"""One finding: what the rule says, the evidence as it was, its history, and dismissing it."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField

from apoa.access.roles import Action
from apoa.base.errors import NotAllowed, Refused, StateConflict
from apoa.base.problems import problem_text
from apoa.crosscheck.findings.dismiss import dismiss_finding, may_handle
from apoa.crosscheck.findings.listing import (
    FindingDetail,
    FindingEventView,
    get_finding,
    get_handler,
)
from apoa.crosscheck.findings.models import ACTIVE
from apoa.crosscheck.findings.stay_lines import list_stay_lines
from apoa.offices.queries import get_office
from apoa.permits.brief import find_permit_briefs
from apoa.web.crosscheck.evidence import evidence_rows
from apoa.web.crosscheck.finding_basis import legal_basis
from apoa.web.crosscheck.finding_words import (
    ACT_WORDS,
    SEVERITY_MARKS,
    STATE_MARKS,
    rule_name,
    rule_says,
)
from apoa.web.crosscheck.permit_words import brief_text, register_as_of
from apoa.web.forms import copy_problems
from apoa.web.locale import select_locale
from apoa.web.office_clock import as_of, office_time_zone
from apoa.web.officers import blueprint
from apoa.web.officers.rule_words import SECTION_WORDS
from apoa.web.refusals import status_of
from apoa.web.supervision.purpose import ask_purpose, known_purpose
from apoa.web.ui import localdatetime


class DismissForm(FlaskForm):
    """Why there is nothing in a finding."""

    reason = StringField(_l("Alasan"))


@blueprint.route("/findings/<uuid:finding_id>", methods=["GET", "POST"])
def finding(finding_id: UUID) -> ResponseReturnValue:
    """Everything about one finding, for who said why they look."""
    # Asked only about what is there, and in one's reach.
    get_handler(g.actor, finding_id)
    asked = ask_purpose()
    if asked is not None:
        return asked
    return _page(
        get_finding(g.actor, finding_id, purpose=known_purpose()), DismissForm(formdata=None)
    )


@blueprint.post("/findings/<uuid:finding_id>/dismiss")
def dismiss(finding_id: UUID) -> ResponseReturnValue:
    """Says that there is nothing in it."""
    if not may_handle(g.actor, *get_handler(g.actor, finding_id)):
        raise NotAllowed("dismiss_finding")
    here = url_for("officers.finding", finding_id=finding_id)
    if not known_purpose():
        return redirect(here, 303)
    form = DismissForm()
    try:
        dismiss_finding(g.actor, finding_id, form.reason.data or "")
    except StateConflict as error:
        flash(problem_text(error.problems[0], select_locale()), "error")
        return redirect(here, 303)
    except Refused as error:
        copy_problems(form, error)
        opened = get_finding(g.actor, finding_id, purpose=known_purpose())
        return _page(opened, form), status_of(error)
    flash(_("Temuan dikesampingkan."), "success")
    return redirect(here, 303)


def _page(opened: FindingDetail, form: DismissForm) -> str:
    one = opened.finding
    stays = list_stay_lines(g.actor, opened.stays)
    permits = find_permit_briefs(g.actor, [one.permit_id] if one.permit_id else [])
    return render_template(
        "officers/finding.html",
        finding=one,
        form=form,
        rule_name=rule_name(one.rule),
        rule_says=rule_says(one.rule),
        legal_basis=legal_basis(one),
        evidence=evidence_rows(one.evidence),
        events=[_event(event) for event in opened.events],
        stays=stays,
        stays_elsewhere=len(opened.stays) - len(stays),
        permit=next(iter(permits.values()), None),
        brief_text=brief_text,
        office=get_office(one.office_id),
        state=STATE_MARKS[one.state],  # type: ignore[index]
        severity=SEVERITY_MARKS[one.severity],  # type: ignore[index]
        section=SECTION_WORDS[one.handled_by],  # type: ignore[index]
        may_dismiss=one.state in ACTIVE and may_handle(g.actor, one.office_id, one.handled_by),
        may_open_person=g.actor.may(Action.OPEN_PERSON),
        zone=office_time_zone(),
        purpose=known_purpose(),
        register_as_of=register_as_of(),
        data_as_of=as_of(),
    )


def _event(event: FindingEventView) -> dict[str, object]:
    return {
        "title": ACT_WORDS.get(event.act, event.act),  # type: ignore[call-overload]
        "at": localdatetime(event.at, office_time_zone()),
        "by": event.by or _("Sistem"),
        "note": event.note,
        "evidence": evidence_rows(event.evidence) if event.evidence else [],
    }
