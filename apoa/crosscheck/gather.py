"""Gathers what the rules must know of stays: few statements, however many stays.

The scope must show everything: a person's other stays may be anywhere in the country.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from apoa.base.clock import now
from apoa.crosscheck.conflicts import agreeing, differing, find_conflicts
from apoa.crosscheck.holder_rows import read_holder_permits
from apoa.crosscheck.rules.facts import Facts, MatchFacts, PermitFacts
from apoa.crosscheck.rules.rulebook import Rulebook, read_rulebook
from apoa.crosscheck.stay_rows import StayKey, StayRow, read_others, read_stays
from apoa.crosscheck.watchlist.hits import find_watched

# Of how the documents compare: the same paper, perhaps written by another state's code.
_SAME_DOCUMENT = frozenset({"same", "same-number-other-state"})
_LINKED, _NONE = "linked", "none"


def gather_stays(keys: Sequence[StayKey], rules: Rulebook | None = None) -> list[Facts]:
    """The facts of these stays, in this order; what is not there, or a sandbox's, is left out."""
    book = rules or read_rulebook()
    rows = read_stays(keys)
    permits = read_holder_permits(one for row in rows for one in row.permit_ids)
    of_holder = {row.facts.key: _permits_of(row, permits) for row in rows}
    linked = {
        row.facts.key: [one.permit_id for one in of_holder[row.facts.key]]
        for row in rows
        if row.band == _LINKED
    }
    others = read_others(rows, linked)
    conflicts = find_conflicts(rows)
    watched = find_watched(rows)
    at = now()
    return [
        Facts(
            at=at,
            stay=row.facts,
            match=_match(row, of_holder[row.facts.key]),
            others=others.get(row.facts.key, ()),
            conflict=conflicts.get(row.facts.key),
            watch=watched.get(row.facts.key, ()),
            lists=book.lists,
            fine_rates=book.fine_rates,
            feed_as_of=book.feed_as_of,
        )
        for row in rows
    ]


def _permits_of(
    row: StayRow, permits: Mapping[UUID, tuple[PermitFacts, ...]]
) -> tuple[PermitFacts, ...]:
    """The matched permit, then whatever else is known of its holder; none if it is gone."""
    if not row.permit_ids or row.permit_ids[0] not in permits:
        return ()
    found = {one.permit_id: one for each in row.permit_ids for one in permits.get(each, ())}
    return (found.pop(row.permit_ids[0]), *found.values())


def _match(row: StayRow, of_holder: tuple[PermitFacts, ...]) -> MatchFacts | None:
    if row.band is None:
        return None
    if not of_holder:
        return MatchFacts(_NONE, row.score or 0.0, None)
    document = next((one["code"] for one in row.reasons if one["field"] == "document"), "missing")
    return MatchFacts(
        band=row.band,
        score=row.score or 0.0,
        permit=of_holder[0],
        more_permits=of_holder[1:],
        is_confirmed=row.is_confirmed,
        document_agrees=None if document == "missing" else document in _SAME_DOCUMENT,
        agreeing=agreeing(row.reasons),
        differing=differing(row.reasons),
    )
