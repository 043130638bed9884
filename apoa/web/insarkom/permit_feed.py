"""One feed of permits: its columns before it starts, its progress, and its report afterwards."""

from uuid import UUID

from flask import Response as FlaskResponse
from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.base.errors import InvalidInput, Refused
from apoa.base.problems import problem_text
from apoa.offices.regions import WESTERN
from apoa.permits.feed.listing import (
    FeedView,
    count_faults,
    iter_faults,
    list_faults,
    view_feed,
)
from apoa.permits.feed.receive import Preview, preview_feed
from apoa.permits.feed.report import csv_lines, report_rows
from apoa.permits.feed.start import get_feed, resume_feed, start_feed, stop_feed
from apoa.web.forms import copy_problems
from apoa.web.insarkom import blueprint
from apoa.web.insarkom.permit_feed_forms import ColumnsForm, columns_form
from apoa.web.insarkom.permit_feeds import xlsx_answer
from apoa.web.locale import select_locale
from apoa.web.refusals import status_of

_FAULTS_SHOWN = 50


@blueprint.get("/permit-feeds/<uuid:feed_id>")
def permit_feed(feed_id: UUID) -> str:
    """How the feed stands; while it runs, its part that changes asks again by itself."""
    view = view_feed(g.actor, feed_id)
    if request.headers.get("HX-Request"):
        return render_template("insarkom/permit_feed_progress.html", **_shown(view))
    form, problems = _columns(view)
    return _page(view, form, problems)


@blueprint.post("/permit-feeds/<uuid:feed_id>/start")
def start_permit_feed(feed_id: UUID) -> Response | tuple[str, int] | str:
    """Starts it, tries it without storing, or only reads the file again in another way."""
    view = view_feed(g.actor, feed_id)
    form, problems = _columns(view)
    asked = request.form.get("do", "")
    if form is None or asked == "read":
        return _page(view, form, problems)
    try:
        start_feed(
            g.actor, feed_id, mapping=form.mapping, reading=form.reading,
            is_dry_run=asked != "start",
        )  # fmt: skip
    except Refused as error:
        pointers = {f"/mapping/{name}": f"column_{name}" for name in form.mapping}
        copy_problems(form, error, pointers)
        return _page(view, form, []), status_of(error)
    return redirect(url_for("insarkom.permit_feed", feed_id=feed_id), 303)


@blueprint.post("/permit-feeds/<uuid:feed_id>/<any(stop,resume):step>")
def change_permit_feed(feed_id: UUID, step: str) -> Response:
    """Stops it behind what is done, or goes on there."""
    try:
        (stop_feed if step == "stop" else resume_feed)(g.actor, feed_id)
    except InvalidInput:
        raise
    except Refused as error:
        flash(problem_text(error.problems[0], select_locale()), "error")
    return redirect(url_for("insarkom.permit_feed", feed_id=feed_id), 303)


@blueprint.get("/permit-feeds/<uuid:feed_id>/report.<any(csv,xlsx):form>")
def permit_feed_report(feed_id: UUID, form: str) -> FlaskResponse:
    """Every fault and warning, row by row; no cell's content is in it."""
    view = view_feed(g.actor, feed_id)
    rows = report_rows(iter_faults(view.id), select_locale())
    name = f"{_('laporan')}-{view.created_at:%Y%m%d-%H%M}"
    if form == "xlsx":
        return xlsx_answer(f"{name}.xlsx", [(_("Laporan"), rows)])
    return FlaskResponse(
        b"".join(csv_lines(rows)),
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename={name}.csv"},
    )


def _columns(view: FeedView) -> tuple[ColumnsForm | None, list[str]]:
    """The form of the columns, where the feed can be started; and why its file can't be read."""
    if not view.may_start:
        return None, []
    feed = get_feed(g.actor, view.id)
    reading = dict(feed.reading)
    if request.method == "POST":
        reading = columns_form(None, {}, {}).reading
    preview: Preview | None = None
    problems: list[str] = []
    try:
        preview = preview_feed(feed, reading)
    except InvalidInput as error:
        problems = [problem_text(one, select_locale()) for one in error.problems]
    mapping = feed.mapping or (preview.guessed if preview else {})
    return columns_form(preview, reading, mapping), problems


def _page(view: FeedView, form: ColumnsForm | None, problems: list[str]) -> str:
    return render_template(
        "insarkom/permit_feed.html",
        form=form,
        problems=problems,
        has_errors=bool(problems),
        **_shown(view),
    )


def _shown(view: FeedView) -> dict[str, object]:
    locale = select_locale()
    refused, warned = count_faults(view.id)
    return {
        "feed": view,
        "failure": problem_text(view.failure, locale) if view.failure else None,
        "faults": list_faults(view.id, _FAULTS_SHOWN),
        "words": lambda problem: problem_text(problem, locale),
        "refused": refused,
        "warned": warned,
        "zone": WESTERN,
    }
