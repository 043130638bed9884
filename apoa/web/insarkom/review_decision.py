"""The three decisions about a match; the next one that waits is shown after each."""

from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from apoa.base.errors import InvalidInput, StateConflict
from apoa.base.problems import problem_text
from apoa.crosscheck.review_acts import (
    SeenReview,
    ask_about_review,
    confirm_review,
    reject_review,
)
from apoa.web.forms import copy_problems
from apoa.web.insarkom import blueprint
from apoa.web.insarkom.review import find_match, get_review_of, next_url, page
from apoa.web.insarkom.review_forms import ReviewForm
from apoa.web.insarkom.review_queue import filter_values, read_filters
from apoa.web.locale import select_locale
from apoa.web.request_actor import settings
from apoa.web.supervision.purpose import known_purpose


class _Links:
    """Never by the Host header: a stranger could set it, and a mail would carry it."""

    def stay(self, property_id: UUID, stay_id: UUID) -> str:
        path = url_for("frontdesk.stay", property_id=property_id, stay_id=stay_id)
        return f"{settings().base_url}{path}"


@blueprint.post("/review/<uuid:property_id>/<uuid:stay_id>/<any(confirm,reject,ask):answer>")
def decide_review(property_id: UUID, stay_id: UUID, answer: str) -> ResponseReturnValue:
    """Confirms, rejects, or asks the lodging to look at its report again."""
    match = find_match(property_id, stay_id)
    form = ReviewForm()
    kept = filter_values(read_filters())
    here = url_for("insarkom.review", property_id=property_id, stay_id=stay_id, **kept)
    if not known_purpose() or not form.version.data:
        # The page that shows what there is to decide comes first.
        return redirect(here, 303)
    seen = form.seen(property_id, stay_id)
    try:
        words = _decide(seen, form, answer)
    except InvalidInput as error:
        copy_problems(form, error)
        return page(get_review_of(match, seen.permit_id), form), 422
    except StateConflict as error:
        for problem in error.problems:
            flash(problem_text(problem, select_locale()), "error")
        return redirect(here, 303)
    flash(words, "success")
    following = next_url(stay_id)
    if request.path.startswith(following.partition("?")[0] + "/"):
        following = url_for("insarkom.review_queue", **kept)  # type: ignore[arg-type]
    return redirect(following, 303)


def _decide(seen: SeenReview, form: ReviewForm, answer: str) -> str:
    reason = form.reason.data or None
    if answer == "confirm":
        confirm_review(g.actor, seen, reason)
        return _("Dipastikan: orang yang sama.")
    if answer == "reject":
        reject_review(g.actor, seen, reason)
        return _("Dicatat: bukan orang yang sama.")
    count = ask_about_review(g.actor, seen, form.asked(), _Links())
    return ngettext(
        "Permintaan dikirim kepada %(num)s pengelola penginapan.",
        "Permintaan dikirim kepada %(num)s pengelola penginapan.",
        count,
    )
