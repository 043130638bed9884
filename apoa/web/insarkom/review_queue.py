"""Insarkom's queue of matches that a person must look at, the one that waits longest first."""

from uuid import UUID

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from apoa.access.actors import require
from apoa.access.roles import Action
from apoa.crosscheck.review import (
    ReviewFilters,
    ReviewKind,
    ReviewTurn,
    count_review,
    list_review,
)
from apoa.web.crosscheck.permit_words import register_as_of
from apoa.web.frontdesk.choices import country_label
from apoa.web.insarkom import blueprint
from apoa.web.supervision.purpose import ask_purpose, known_purpose


@blueprint.route("/review", methods=["GET", "POST"])
def review_queue() -> ResponseReturnValue:
    """A page of the queue, narrowed by what the address says."""
    require(g.actor, Action.REVIEW_MATCH)
    asked = ask_purpose()
    if asked is not None:
        return asked
    filters = read_filters()
    cursor = request.args.get("after", type=UUID)
    page = list_review(g.actor, filters, cursor=cursor, purpose=known_purpose())
    kept = filter_values(filters)
    following = None
    if page.next_cursor:
        following = url_for("insarkom.review_queue", after=page.next_cursor, **kept)
    return render_template(
        "insarkom/review_queue.html",
        page=page,
        chips=_chips(filters),
        filters=kept,
        first_url=url_for("insarkom.review_queue", **kept) if cursor else None,
        next_url=following,
        country_label=country_label,
        register_as_of=register_as_of(),
    )


def read_filters() -> ReviewFilters:
    """From the address: what waits for the office, of any kind, where it says nothing else."""
    turn = request.args.get("turn", ReviewTurn.OFFICE)
    kind = request.args.get("kind")
    return ReviewFilters(
        kind=ReviewKind(kind) if kind in set(ReviewKind) else None,
        turn=ReviewTurn(turn) if turn in set(ReviewTurn) else None,
    )


def filter_values(filters: ReviewFilters) -> dict[str, str]:
    """The filters as they stand in an address; the usual ones are left out."""
    values = {}
    if filters.turn is not ReviewTurn.OFFICE:
        values["turn"] = filters.turn or "all"
    if filters.kind:
        values["kind"] = filters.kind
    return {name: str(value) for name, value in values.items()}


def _chips(filters: ReviewFilters) -> list[dict[str, object]]:
    turns = (
        (ReviewTurn.OFFICE, _("Menunggu keputusan")),
        (ReviewTurn.LODGING, _("Menunggu penginapan")),
        (None, _("Semua")),
    )
    kinds = (
        (None, _("Semua sebab")),
        (ReviewKind.UNSURE, _("Belum pasti orangnya")),
        (ReviewKind.OTHER_DOCUMENT, _("Dokumen berbeda")),
    )
    return [
        {
            "label": _("Menunggu siapa"),
            "chips": [
                _chip(ReviewFilters(filters.kind, one), filters, text) for one, text in turns
            ],
        },
        {
            "label": _("Sebab"),
            "chips": [
                _chip(ReviewFilters(one, filters.turn), filters, text) for one, text in kinds
            ],
        },
    ]


def _chip(wanted: ReviewFilters, now: ReviewFilters, text: str) -> dict[str, object]:
    return {
        "text": text,
        "url": url_for("insarkom.review_queue", **filter_values(wanted)),  # type: ignore[arg-type]
        "active": wanted == now,
        "count": count_review(g.actor, wanted),
    }
