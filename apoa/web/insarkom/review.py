"""One match under review: guest and permit holder side by side, and what was decided."""

from uuid import UUID

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from apoa.access.actors import require
from apoa.access.roles import Action
from apoa.base.errors import NotFound
from apoa.crosscheck.compare import Agreement, FieldPair
from apoa.crosscheck.review import Review, find_next_review, get_review
from apoa.crosscheck.views import MatchView, match_of_stay
from apoa.permits.brief import find_permit_briefs
from apoa.properties.queries import get_property
from apoa.stays.models import StayState
from apoa.web.crosscheck.match_words import (
    AGREEMENT_MARKS,
    BAND_MARKS,
    FIELD_WORDS,
    code_words,
    reason_lines,
    strength_words,
)
from apoa.web.crosscheck.permit_words import (
    STATUS_MARKS,
    brief_text,
    kind_and_index,
    kind_name,
    register_as_of,
)
from apoa.web.frontdesk.changes import sex_label
from apoa.web.frontdesk.choices import country_label
from apoa.web.insarkom import blueprint
from apoa.web.insarkom.review_forms import ReviewForm
from apoa.web.insarkom.review_queue import filter_values, read_filters
from apoa.web.office_clock import office_time_zone
from apoa.web.supervision.purpose import ask_purpose, known_purpose
from apoa.web.ui import partial_date


@blueprint.route("/review/<uuid:property_id>/<uuid:stay_id>", methods=["GET", "POST"])
def review(property_id: UUID, stay_id: UUID) -> ResponseReturnValue:
    """Both records, for who said why they look."""
    match = find_match(property_id, stay_id)
    asked = ask_purpose()
    if asked is not None:
        return asked
    permit_id = request.args.get("permit", type=UUID)
    if match.permit_id is None and permit_id is None:
        # Nobody is proposed any more: what said so stands on the next page.
        return redirect(next_url(stay_id), 303)
    form = ReviewForm(formdata=None)
    return page(get_review_of(match, permit_id), form)


def find_match(property_id: UUID, stay_id: UUID) -> MatchView:
    """The match, where the actor may decide about it. Raises NotFound and NotAllowed."""
    require(g.actor, Action.REVIEW_MATCH)
    match = match_of_stay(g.actor, property_id, stay_id)
    if match is None:
        raise NotFound("match")
    require(g.actor, Action.REVIEW_MATCH, office_id=match.office_id)
    return match


def get_review_of(match: MatchView, permit_id: UUID | None) -> Review:
    """The stay beside the permit that is named, or that it is matched to."""
    return get_review(
        g.actor, match.property_id, match.stay_id, permit_id=permit_id, purpose=known_purpose()
    )


def next_url(stay_id: UUID) -> str:
    """What waits next after a stay, with the filters kept; the queue where nothing does."""
    filters = read_filters()
    kept = filter_values(filters)
    following = find_next_review(g.actor, filters, stay_id)
    if following is None:
        return url_for("insarkom.review_queue", **kept)  # type: ignore[arg-type]
    return url_for("insarkom.review", property_id=following[0], stay_id=following[1], **kept)


def page(opened: Review, form: ReviewForm) -> str:
    """The page with the form of the decision, where it still waits for one."""
    match = opened.match
    form.offer_fields()
    if form.fields.data is None:
        form.fields.process_data(form.fields_that_differ(opened.fields))
    form.version.data = str(opened.stay.version)
    form.proposed_id.data = str(match.permit_id or "")
    form.permit_id.data = str(opened.permit.id)
    form.waiting.data = "1" if match.needs_review else ""
    is_matched = opened.permit.id == match.permit_id
    others = [one for one in (opened.other_permit_id,) if one]
    return render_template(
        "insarkom/review.html",
        opened=opened,
        match=match,
        form=form,
        lodging=get_property(match.property_id),
        rows=[_row(one) for one in opened.fields],
        reasons=reason_lines(match.reasons) if is_matched else [],
        may_change=not match.needs_review and opened.stay.state != StayState.CANCELLED,
        may_confirm=not is_matched or match.confirmed_at is None,
        may_reject=is_matched,
        others=list(find_permit_briefs(g.actor, others).values()),
        band=BAND_MARKS[match.band],
        strength=strength_words(match.score),
        status=STATUS_MARKS[opened.permit.content.status],
        next_url=next_url(match.stay_id),
        kept=filter_values(read_filters()),
        kind_name=kind_name,
        kind=kind_and_index(opened.permit.content.kind, opened.permit.content.index_code),
        brief_text=brief_text,
        country_label=country_label,
        time_zone=office_time_zone(),
        register_as_of=register_as_of(),
        purpose=known_purpose(),
    )


def _row(pair: FieldPair) -> dict[str, object]:
    return {
        "label": FIELD_WORDS[pair.name],
        "guest": _value(pair.name, pair.guest),
        "holder": [_value(pair.name, one) for one in pair.holder],
        "mark": AGREEMENT_MARKS[pair.agreement],
        "why": "" if pair.agreement is Agreement.SAME else code_words(pair.code),
        "is_code": pair.name == "document_number",
    }


def _value(name: str, value: str | None) -> str:
    if not value:
        return ""
    if name == "birth_date":
        return partial_date(value)
    if name in ("nationality", "issuing_state"):
        return country_label(value)
    return sex_label(value) if name == "sex" else value
