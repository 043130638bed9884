"""Holds stays against the permits: finds the match of each, then asks the rules.

A stay writes its own keys and commits before it looks for permits, as a permit does before it
looks for stays: of two that come at the same time at least one sees the other. Checks of the same
stay wait for one another, and each reads what is newest.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import structlog
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.crosscheck.candidates import find_candidates
from apoa.crosscheck.failures import forget_failures, note_failure
from apoa.crosscheck.frequencies import name_frequencies
from apoa.crosscheck.judge import Decided, Question, judge
from apoa.crosscheck.keys import key_numbers, write_stay_keys
from apoa.crosscheck.models import Match, MatchDecision
from apoa.crosscheck.persons import HolderRow, guest_mark, guest_of, list_holders
from apoa.crosscheck.store import keep_match, store_match
from apoa.db.base import session
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work
from apoa.properties.models import Property
from apoa.stays.models import Stay, StayState

log = structlog.get_logger()
REASON = "cross-check"
# So few that nobody who waits for one of the stays waits long.
STAYS_IN_ONE_COMMIT = 20
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(CAST(:stay_id AS text), 4711))")


@dataclass(frozen=True)
class Checked:
    """How many stays were checked, and how many could not be (their failure is noted)."""

    done: int
    failed: int


@dataclass(frozen=True)
class _Piece:
    """A few stays of a lodging, with everything that their check needs."""

    stays: Mapping[UUID, Stay]
    earlier: Mapping[UUID, Match]
    decided: Mapping[UUID, Mapping[UUID, Decided]]
    candidates: Mapping[UUID, Collection[UUID]]
    holders: Mapping[UUID, HolderRow]


def check_stays(property_id: UUID, stay_ids: Collection[UUID], *, rematch: bool = True) -> Checked:
    """Checks the stays of a lodging; one that fails is noted and hinders no other.

    Without `rematch` the match stays as it was and the rules alone are asked. What is gone, or a
    sandbox's, is passed over. For the worker; raises where the database is gone.
    """
    done = failed = 0
    for ids in _pieces(sorted(set(stay_ids))):
        failures = _write_keys(property_id, ids) if rematch else {}
        with unit_of_work(), scope_everywhere(REASON):
            stays = _hold(property_id, ids)
            office_ids = {stay_id: stay.office_id for stay_id, stay in stays.items()}
            sound = {one: stays[one] for one in stays if one not in failures}
            failures |= _check_each(_read(property_id, sound, rematch), rematch)
            for stay_id, error in failures.items():
                note_failure(property_id, stay_id, office_ids[stay_id], error)
            good = [one for one in office_ids if one not in failures]
            forget_failures(property_id, good)
        done, failed = done + len(good), failed + len(failures)
    return Checked(done, failed)


def _write_keys(property_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Exception]:
    """Makes the stays known to the permits that are checked meanwhile; gives what failed."""
    failures: dict[UUID, Exception] = {}
    with unit_of_work(), scope_everywhere(REASON):
        keys_of = {}
        stays = _hold(property_id, ids)
        for stay_id, stay in stays.items():
            try:
                keys_of[stay_id] = key_numbers(guest_of(stay))
            except Exception as error:
                failures[stay_id] = error
        for office_id in {stay.office_id for stay in stays.values()}:
            write_stay_keys(property_id, office_id, keys_of)
    return failures


def _hold(property_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Stay]:
    """The newest of these stays; nobody else checks them, and their office stays, till the end."""
    for stay_id in ids:
        session().execute(_LOCK, {"stay_id": stay_id})
    office_id = session().scalar(
        select(Property.office_id)
        .where(Property.id == property_id)
        .with_for_update(read=True, key_share=True)
    )
    if office_id is None or office_id == SANDBOX_OFFICE_ID:
        return {}
    found = session().scalars(
        select(Stay).where(Stay.property_id == property_id, Stay.id.in_(ids)).order_by(Stay.id)
    )
    return {stay.id: stay for stay in found}


def _read(property_id: UUID, stays: Mapping[UUID, Stay], rematch: bool) -> _Piece:
    """What the checks of these stays need, in few statements for all of them."""
    of_them = list(stays)
    earlier = {
        one.stay_id: one
        for one in session().scalars(
            select(Match).where(Match.property_id == property_id, Match.stay_id.in_(of_them))
        )
    }
    if not rematch:
        return _Piece(stays, earlier, {}, {}, {})
    decided: dict[UUID, dict[UUID, Decided]] = defaultdict(dict)
    for one in session().scalars(
        select(MatchDecision).where(
            MatchDecision.property_id == property_id, MatchDecision.stay_id.in_(of_them)
        )
    ):
        of_this_guest = one.guest_mark == guest_mark(stays[one.stay_id])
        decided[one.stay_id][one.permit_id] = Decided(
            one.permit_id, one.decision, of_this_guest, one.by, one.at
        )
    found = find_candidates({one: key_numbers(guest_of(stay)) for one, stay in stays.items()})
    candidates = {
        one: {*found.get(one, ()), *decided.get(one, ()), *_permit_of(earlier.get(one))}
        for one in stays
    }
    holders = list_holders(permit_id for ids in candidates.values() for permit_id in ids)
    return _Piece(stays, earlier, decided, candidates, holders)


def _permit_of(match: Match | None) -> tuple[UUID, ...]:
    # The permit of before stays a candidate, even where its keys have become too common.
    return (match.permit_id,) if match is not None and match.permit_id is not None else ()


def _check_each(piece: _Piece, rematch: bool) -> dict[UUID, Exception]:
    failures: dict[UUID, Exception] = {}
    for stay_id, stay in piece.stays.items():
        try:
            with unit_of_work():
                _check(piece, stay, rematch)
        except Exception as error:
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                raise
            log.error("stay_not_checked", stay_id=str(stay_id), kind=type(error).__name__)
            failures[stay_id] = error
    return failures


def _check(piece: _Piece, stay: Stay, rematch: bool) -> None:
    earlier = piece.earlier.get(stay.id)
    if rematch:
        if stay.state == StayState.CANCELLED and earlier is not None:
            keep_match(stay.property_id, stay.id, stay.version)
        else:
            _match(piece, stay)
    elif earlier is None:
        return  # Its own check is still to come, and asks the rules.


def _match(piece: _Piece, stay: Stay) -> None:
    question = Question(
        guest_of(stay), stay.checked_in_on, _last_night_on(stay), piece.decided.get(stay.id, {})
    )
    holders = {one: piece.holders[one] for one in piece.candidates[stay.id] if one in piece.holders}
    store_match(stay, judge(question, holders, name_frequencies()))


def _last_night_on(stay: Stay) -> date:
    return max(stay.checked_in_on, stay.checked_out_on or stay.expected_departure_on)


def _pieces(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), STAYS_IN_ONE_COMMIT):
        yield ids[start : start + STAYS_IN_ONE_COMMIT]
