"""Finds the guests who are, or may be, somebody on the watchlist: by keys, then by score."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, literal, select, text

from apoa.crosscheck.conflicts import agreeing, differing
from apoa.crosscheck.frequencies import name_frequencies
from apoa.crosscheck.matching.score import Band, prepared, score
from apoa.crosscheck.rules.facts import WatchFacts
from apoa.crosscheck.stay_rows import StayKey, StayRow
from apoa.crosscheck.watchlist.models import WatchlistEntry
from apoa.crosscheck.watchlist.persons import person_of
from apoa.db.base import session
from apoa.db.core import unnested

_CANDIDATES = text(
    f"""
SELECT DISTINCT k.property_id, k.stay_id, w.entry_id
FROM {unnested(properties="uuid", stays="uuid")} AS s (property_id, stay_id)
JOIN stay_keys k ON k.property_id = s.property_id AND k.stay_id = s.stay_id
JOIN watchlist_keys w ON w.key = k.key
"""  # noqa: S608 - names of our own
)


def find_watched(rows: Sequence[StayRow]) -> dict[StayKey, tuple[WatchFacts, ...]]:
    """By stay the entries that its guest is, or may be. Ended entries are nobody's any more."""
    values = {
        "properties": [row.facts.property_id for row in rows],
        "stays": [row.facts.stay_id for row in rows],
    }
    candidates: dict[StayKey, set[UUID]] = defaultdict(set)
    for property_id, stay_id, entry_id in session().execute(_CANDIDATES, values):
        candidates[property_id, stay_id].add(entry_id)
    if not candidates:
        return {}
    entries = _entries({one for ids in candidates.values() for one in ids})
    found: dict[StayKey, list[WatchFacts]] = defaultdict(list)
    for row in rows:
        for entry_id in sorted(candidates.get(row.facts.key, ())):
            if entry_id in entries:
                found[row.facts.key] += _compare(row, entries[entry_id])
    return {key: tuple(watched) for key, watched in found.items()}


def _entries(ids: set[UUID]) -> dict[UUID, WatchlistEntry]:
    wanted = WatchlistEntry.id == any_(literal(sorted(ids), ARRAY(Uuid)))
    rows = session().scalars(
        select(WatchlistEntry).where(wanted, WatchlistEntry.ended_at.is_(None))
    )
    return {row.id: row for row in rows}


def _compare(row: StayRow, entry: WatchlistEntry) -> list[WatchFacts]:
    said = score(prepared(row.person), prepared(person_of(entry)), name_frequencies())
    if said.band == Band.NONE:
        return []
    reasons = [{"field": r.field, "code": r.code, "weight": r.weight} for r in said.reasons]
    return [
        WatchFacts(
            entry_id=entry.id,
            kind=entry.kind,
            band=said.band,
            score=said.value,
            valid_from=entry.valid_from,
            valid_until=entry.valid_until,
            agreeing=agreeing(reasons),
            differing=differing(reasons),
        )
    ]
