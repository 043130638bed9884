"""The hits of a search, page by page; its address names the search by id and nothing else."""

from uuid import UUID

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from apoa.access.roles import Action
from apoa.supervision.cursor import Cursor, read_cursor
from apoa.supervision.reach import offices_within_reach
from apoa.supervision.search import run_search
from apoa.supervision.stored_search import SearchExpired, get_terms
from apoa.web.frontdesk.choices import country_label
from apoa.web.office_clock import as_of, office_time_zone
from apoa.web.supervision import blueprint
from apoa.web.supervision.chips import advice, chips, dates_in_words
from apoa.web.supervision.place import reach_in_words
from apoa.web.supervision.purpose import ask_purpose


@blueprint.route("/searches/<uuid:search_id>", methods=["GET", "POST"])
def results(search_id: UUID) -> ResponseReturnValue:
    """A page of hits, or why there are none."""
    try:
        get_terms(g.actor, search_id)
    except SearchExpired:
        return render_template("supervision/expired.html"), 410
    cursor = read_cursor(request.args.get("page"))
    asked = ask_purpose()
    if asked is not None:
        return asked
    page = run_search(g.actor, search_id, cursor)
    return render_template(
        "supervision/results.html",
        page=page,
        chips=chips(page.terms),
        dates=dates_in_words(page.terms),
        advice=advice(page.terms),
        reach=reach_in_words(),
        everywhere=offices_within_reach(g.actor, Action.SEARCH_STAYS) is None,
        previous_url=_url(search_id, page.previous_cursor),
        next_url=_url(search_id, page.next_cursor),
        first_page=cursor is None,
        country_label=country_label,
        time_zone=office_time_zone(),
        data_as_of=as_of(page.read_at),
    )


def _url(search_id: UUID, cursor: Cursor | None) -> str | None:
    if cursor is None:
        return None
    return url_for("supervision.results", search_id=search_id, page=str(cursor))
