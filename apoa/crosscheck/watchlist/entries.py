"""Puts somebody on the watchlist or ends it, and asks again about the guests it may concern."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import insert, select, text

import apoa.crosscheck.watchlist.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import NotFound, StateConflict
from apoa.base.ids import new_id
from apoa.crosscheck.defer import QUEUE, defer_checks
from apoa.crosscheck.keys import key_numbers
from apoa.crosscheck.watchlist.models import WatchlistEntry, WatchlistKey
from apoa.crosscheck.watchlist.persons import person_of, seal_entry
from apoa.crosscheck.watchlist.schema import WatchedPerson
from apoa.db.base import session
from apoa.db.jobs import Jobs, defer_many
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.reasons import read_reason

REASON = "cross-check"
MOST_STAYS_OF_A_KEY = 2000
# Guests go before whatever is checked again.
AT_ONCE_PRIORITY = 10
_AFFECTED = text(
    """
SELECT DISTINCT s.property_id, s.stay_id FROM watchlist_keys w
CROSS JOIN LATERAL (
  SELECT property_id, stay_id FROM stay_keys WHERE key = w.key LIMIT :most) s
WHERE w.entry_id = :entry_id
UNION
SELECT property_id, stay_id FROM findings
WHERE rule = 'watchlist-hit' AND closed_at IS NULL AND evidence ->> 'entry_id' = :entry_text
"""
)


@dataclass(frozen=True)
class EntryView:
    """Somebody on the watchlist, without document and note."""

    id: UUID
    kind: str
    surname: str | None
    given_names: str | None
    birth_date: str | None
    nationality: str | None
    valid_from: date
    valid_until: date | None
    office_id: UUID
    added_at: datetime
    ended_at: datetime | None


def add_watchlist_entry(actor: Actor, office_id: UUID, person: WatchedPerson) -> UUID:
    """Puts somebody on the list of all offices, at the wish of this one; gives the entry's id.

    The guests who may be that person are looked at within seconds. Raises NotAllowed, NotFound.
    """
    require(actor, Action.EDIT_WATCHLIST, office_id=office_id)
    with unit_of_work():
        entry = WatchlistEntry(
            id=new_id(),
            kind=person.kind,
            surname=person.surname,
            given_names=person.given_names,
            native_name=person.native_name,
            sex=person.sex,
            birth_date=person.birth_date,
            nationality=person.nationality,
            document_issuing_state=person.document_issuing_state,
            valid_from=person.valid_from,
            valid_until=person.valid_until,
            office_id=office_id,
            added_by=actor.user_id,
            added_at=now(),
        )
        entry.document_number_sealed = seal_entry(
            "document_number_sealed", entry.id, person.document_number
        )
        entry.note_sealed = seal_entry("note_sealed", entry.id, person.note)
        session().add(entry)
        session().flush()
        entry_id = entry.id
        keys = sorted(key_numbers(person_of(entry)))
        if keys:
            rows = [{"key": key, "entry_id": entry_id} for key in keys]
            session().execute(insert(WatchlistKey), rows)
        _record("add_watchlist_entry", entry)
        _ask_again(entry_id)
        return entry_id


def end_watchlist_entry(actor: Actor, entry_id: UUID, reason: str) -> None:
    """Nobody is watched for by this entry any more; findings that it made close themselves.

    Raises NotFound, NotAllowed, InvalidInput (no reason), StateConflict (ended already).
    """
    words = read_reason(reason, needed=True)
    with unit_of_work():
        entry = session().scalar(
            select(WatchlistEntry).where(WatchlistEntry.id == entry_id).with_for_update()
        )
        if entry is None:
            raise NotFound("watchlist_entry")
        require(actor, Action.EDIT_WATCHLIST, office_id=entry.office_id)
        if entry.ended_at is not None:
            raise StateConflict.because("watch-entry-ended")
        entry.ended_at, entry.ended_by, entry.end_reason = now(), actor.user_id, words
        session().flush()
        _record("end_watchlist_entry", entry)
        _ask_again(entry_id)


def list_watchlist(actor: Actor, *, with_ended: bool = False) -> list[EntryView]:
    """Whom the offices watch for, the newest entry first."""
    require(actor, Action.VIEW_FINDINGS)
    statement = select(WatchlistEntry).order_by(WatchlistEntry.id.desc()).limit(1000)
    if not with_ended:
        statement = statement.where(WatchlistEntry.ended_at.is_(None))
    record("list_watchlist")
    return [
        EntryView(
            id=row.id,
            kind=row.kind,
            surname=row.surname,
            given_names=row.given_names,
            birth_date=row.birth_date,
            nationality=row.nationality,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            office_id=row.office_id,
            added_at=row.added_at,
            ended_at=row.ended_at,
        )
        for row in session().scalars(statement)
    ]


def look_for_watched(entry_id: UUID) -> int:
    """Has the guests checked whom the entry may concern; says how many. For the worker.

    A job of its own, begun after the entry is committed: of an entry and a stay that come at the
    same moment one at least sees the other (check.py says why).
    """
    by_lodging: dict[UUID, list[UUID]] = defaultdict(list)
    values = {"entry_id": entry_id, "entry_text": str(entry_id), "most": MOST_STAYS_OF_A_KEY}
    with unit_of_work(), scope_everywhere(REASON):
        for property_id, stay_id in session().execute(_AFFECTED, values):
            by_lodging[property_id].append(stay_id)
        defer_checks(by_lodging, rematch=False, priority=AT_ONCE_PRIORITY)
    return sum(len(stay_ids) for stay_ids in by_lodging.values())


def _ask_again(entry_id: UUID) -> None:
    jobs = [{"entry_id": entry_id}]
    defer_many(Jobs("look_for_watched", jobs, queue=QUEUE, priority=AT_ONCE_PRIORITY))


def _record(act: str, entry: WatchlistEntry) -> None:
    record(
        act,
        subject_type="watchlist_entry",
        subject_id=entry.id,
        office_id=entry.office_id,
        kind=entry.kind,
    )
