"""Takes permits over into the register, many at once: new ones, changed ones, and no others.

A permit is named by its number and the state of its holder's document. What a feed repeats writes
nothing; what was known from a later day stays as it is.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from apoa.audit.record import record
from apoa.base.clock import now
from apoa.db.unit_of_work import unit_of_work
from apoa.permits.content import PermitContent
from apoa.permits.incoming import Incoming, Key, Known, UpsertSource, incoming
from apoa.permits.tell import permits_changed
from apoa.permits.write_rows import find_known, insert_new, restate, update_changed

# Longer lists are cut into pieces of so many rows, each a few statements.
PIECE = 1000


class UpsertOutcome(StrEnum):
    """What became of a permit; `outdated`: the register knows it as of a later day."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OUTDATED = "outdated"


WRITTEN = frozenset({UpsertOutcome.NEW, UpsertOutcome.CHANGED})


@dataclass(frozen=True, slots=True)
class Upserted:
    """A permit of the list, in its order."""

    permit_id: UUID
    outcome: UpsertOutcome


def upsert_permits(contents: Sequence[PermitContent], source: UpsertSource) -> list[Upserted]:
    """Makes the register say what these say; gives what became of each, in their order.

    One transaction. Permits, documents (old ones stay), history, audit and the jobs that check
    stays again are written together. A number that comes twice counts as two feeds, one after the
    other. Whoever calls has asked `require` and put a scope in force that may write. Raises
    ValueError for a number without A-Z and 0-9.
    """
    with unit_of_work():
        done: list[Upserted] = []
        for start in range(0, len(contents), PIECE):
            done += _upsert_piece(contents[start : start + PIECE], source)
        counts = Counter(one.outcome for one in done)
        new, changed = counts[UpsertOutcome.NEW], counts[UpsertOutcome.CHANGED]
        if new or changed:
            record(
                "upsert_permits",
                subject_type="permit_feed" if source.feed_id else None,
                subject_id=source.feed_id,
                new_permits=new,
                changed_permits=changed,
            )
            permits_changed(one.permit_id for one in done if one.outcome in WRITTEN)
        return done


def _upsert_piece(contents: Sequence[PermitContent], source: UpsertSource) -> list[Upserted]:
    at = now()
    waiting = [incoming(place, content) for place, content in enumerate(contents)]
    done: dict[int, Upserted] = {}
    while waiting:
        # Of a number that comes twice the first only; in the order of the keys, in which all who
        # write permits go, so that no two block each other for ever.
        in_order = sorted(waiting, key=lambda one: (one.key, -one.place))
        wave = {one.key: one for one in in_order}
        known = find_known(wave)
        done |= _update(wave, known, source, at)
        new = [one for key, one in wave.items() if key not in known]
        # What another transaction stored meanwhile is known in the next round.
        for key, permit_id in insert_new(new, source, at).items():
            done[wave[key].place] = Upserted(permit_id, UpsertOutcome.NEW)
        waiting = [one for one in waiting if one.place not in done]
    return [done[place] for place in range(len(contents))]


def _update(
    wave: Mapping[Key, Incoming], known: Mapping[Key, Known], source: UpsertSource, at: datetime
) -> dict[int, Upserted]:
    differing = [
        key
        for key, before in known.items()
        if wave[key].feed_mark != before.feed_mark and source.as_of >= before.as_of
    ]
    # Asked again under a lock: an officer may have acted since.
    latest = dict(known) | find_known(differing, lock=True)
    outcomes = {key: _outcome(wave[key], before, source) for key, before in latest.items()}
    differ = {key for key in differing if outcomes[key] is UpsertOutcome.CHANGED}
    update_changed([(wave[key], latest[key]) for key in sorted(differ)], source, at)
    restate(
        [
            (wave[key], latest[key])
            for key in differing
            if outcomes[key] is UpsertOutcome.UNCHANGED
            and wave[key].feed_mark != latest[key].feed_mark
        ]
    )
    return {wave[key].place: Upserted(before.id, outcomes[key]) for key, before in latest.items()}


def _outcome(one: Incoming, before: Known, source: UpsertSource) -> UpsertOutcome:
    # Older documents may be new to the register though the permit is as it was.
    is_same = one.content_mark == before.content_mark and len(one.content.documents) < 2
    if is_same or one.feed_mark == before.feed_mark:
        return UpsertOutcome.UNCHANGED
    return UpsertOutcome.OUTDATED if source.as_of < before.as_of else UpsertOutcome.CHANGED
