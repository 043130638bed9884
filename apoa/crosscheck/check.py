"""Holds stays against the permits: finds the match of each, then asks the rules.

A stay writes its own keys and commits before it looks for permits, as a permit does before it
looks for stays: of two that come at the same time at least one sees the other. Checks of the same
stay wait for one another, and each reads what is newest.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from sqlalchemy import bindparam, select, text
from sqlalchemy.exc import DBAPIError

from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.crosscheck.failures import forget_failures, note_failure
from apoa.crosscheck.findings.settle import find_unsettled, settle
from apoa.crosscheck.frequencies import name_frequencies
from apoa.crosscheck.gather import gather_stays
from apoa.crosscheck.judge import Verdict
from apoa.crosscheck.keys import key_numbers, write_stay_keys
from apoa.crosscheck.match import Piece, judge_stay, read_piece, store_matches
from apoa.crosscheck.models import MatchDecision
from apoa.crosscheck.persons import guest_mark, guest_of
from apoa.crosscheck.rules.facts import Facts
from apoa.crosscheck.rules.rulebook import Rulebook, read_rulebook
from apoa.crosscheck.taught import take_back
from apoa.crosscheck.waiting import end_waiting, find_waiting
from apoa.db.base import session
from apoa.db.core import rows_of
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work
from apoa.permits.learn_document import forget_unsaid_document
from apoa.properties.models import Property
from apoa.stays.models import Stay

log = structlog.get_logger()
REASON = "cross-check"
# So few that nobody who waits for one of the stays waits long.
STAYS_IN_ONE_COMMIT = 20
_CHECKED = text(
    "SELECT m.stay_id FROM matches m JOIN stays s"
    " ON s.property_id = m.property_id AND s.id = m.stay_id AND s.version <= m.stay_version"
    " WHERE m.property_id = :property_id AND m.stay_id = ANY (:stay_ids)"
)
# One by one in their order, so that two pieces with stays in common cannot block each other.
_LOCK = text(
    "SELECT count(pg_advisory_xact_lock(hashtextextended(CAST(one AS text), 4711)))"
    " FROM unnest(CAST(:stay_ids AS uuid[])) AS one"
)
_HOLD_OFFICE = (
    select(Property.office_id)
    .where(Property.id == bindparam("property_id"))
    .with_for_update(read=True, key_share=True)
)
Failures = dict[UUID, Exception]


@dataclass(frozen=True)
class Checked:
    """How many stays were checked, and how many could not be (their failure is noted)."""

    done: int
    failed: int


@dataclass(frozen=True)
class _Work:
    """What is checked in one commit, the waiting jobs that it does, and what failed already.

    `keyed` are the versions of the stays whose keys were written.
    """

    stay_ids: Sequence[UUID]
    jobs: Sequence[int] = ()
    failures: Failures = field(default_factory=dict)
    keyed: dict[UUID, int] = field(default_factory=dict)


def check_stays(
    property_id: UUID,
    stay_ids: Collection[UUID],
    *,
    rematch: bool = True,
    changed: bool = False,
    rules: Rulebook | None = None,
) -> Checked:
    """Checks the stays of a lodging; one that fails is noted and hinders no other.

    Without `rematch` the match stays as it was and the rules alone are asked. With `changed` only
    those whose present version was not checked yet, and with them new stays that wait (see
    `waiting`). What is gone, or a sandbox's, is passed over. `rules` where they are at hand. For
    the worker; raises where the database is gone.
    """
    done = failed = 0
    for asked in _pieces(sorted(set(stay_ids))):
        work = _begin(property_id, asked, changed) if rematch else _Work(asked)
        ids, failures = work.stay_ids, work.failures
        if not ids:
            continue
        with scope_everywhere(REASON), unit_of_work():
            stays = _hold(property_id, ids)
            if rematch:
                # What was amended since has other keys: the check that the amendment left is its.
                keyed = work.keyed
                stays = {one: stays[one] for one in stays if stays[one].version == keyed.get(one)}
            if changed:
                # While this waited for the hold, another may have checked some of them.
                stays = {one: stays[one] for one in _unchecked(property_id, list(stays))}
            office_ids = {stay_id: stay.office_id for stay_id, stay in stays.items()}
            sound = {one: stays[one] for one in stays if one not in failures}
            piece = read_piece(property_id, sound, rematch=rematch)
            rules = rules or read_rulebook()
            failures |= _check_each(piece, rules, rematch)
            failures |= _take_back_each(piece, failures)
            good = [one for one in office_ids if one not in failures]
            for stay_id in office_ids.keys() & failures.keys():
                note_failure(property_id, stay_id, office_ids[stay_id], failures[stay_id])
            forget_failures(property_id, good)
            end_waiting(work.jobs)
        done, failed = done + len(good), failed + len(failures)
    return Checked(done, failed)


def _begin(property_id: UUID, asked: Sequence[UUID], changed: bool) -> _Work:
    """Says what is to be checked, and makes it known to the permits that are checked meanwhile."""
    with scope_everywhere(REASON), unit_of_work():
        if not changed:
            return _keyed(property_id, asked)
        left = _unchecked(property_id, asked)
        if not left:
            return _Work([])
        waiting = find_waiting(property_id, STAYS_IN_ONE_COMMIT - len(left))
        ids = sorted({*left, *_unchecked(property_id, list(waiting))})
        return _keyed(property_id, ids, list(waiting.values()))


def _unchecked(property_id: UUID, ids: Sequence[UUID]) -> list[UUID]:
    """Those whose present version was not checked yet."""
    if not ids:
        return []
    found = rows_of(_CHECKED, property_id=property_id, stay_ids=list(ids))
    checked = {stay_id for (stay_id,) in found}
    return [one for one in ids if one not in checked]


def _keyed(property_id: UUID, ids: Sequence[UUID], jobs: Sequence[int] = ()) -> _Work:
    failures: Failures = {}
    keys_of = {}
    stays = _hold(property_id, ids)
    for stay_id, stay in stays.items():
        try:
            keys_of[stay_id] = key_numbers(guest_of(stay))
        except Exception as error:
            failures[stay_id] = _noted(stay_id, error)
    for office_id in {stay.office_id for stay in stays.values()}:
        write_stay_keys(property_id, office_id, keys_of)
    return _Work(ids, jobs, failures, {one: stay.version for one, stay in stays.items()})


def _hold(property_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Stay]:
    """The newest of these stays; nobody else checks them, and their office stays, till the end."""
    rows_of(_LOCK, stay_ids=list(ids))
    held = rows_of(_HOLD_OFFICE, property_id=property_id)
    if not held or held[0][0] == SANDBOX_OFFICE_ID:
        return {}
    found = session().scalars(
        select(Stay).where(Stay.property_id == property_id, Stay.id.in_(ids)).order_by(Stay.id)
    )
    return {stay.id: stay for stay in found}


def _check_each(piece: Piece, rules: Rulebook, rematch: bool) -> Failures:
    # A stay that was never matched waits for its own check, which asks the rules.
    ids = list(piece.stays) if rematch else list(piece.earlier)
    failures = _match_each(piece, ids) if rematch else {}
    facts: dict[UUID, Facts] = {}

    def gather(several: Sequence[UUID]) -> None:
        keys = [(piece.property_id, one) for one in several]
        facts.update({one.stay.stay_id: one for one in gather_stays(keys, rules)})

    failures |= _together([one for one in ids if one not in failures], gather)
    unsettled: list[UUID] = []

    def compare(several: Sequence[UUID]) -> None:
        found = find_unsettled([facts[one] for one in several], rules)
        unsettled.extend(one.stay.stay_id for one in found)

    failures |= _together(list(facts), compare)
    return failures | _each(unsettled, lambda one: settle(facts[one], rules))


def _take_back_each(piece: Piece, failures: Failures) -> Failures:
    """What a confirmation taught goes when the lodging has reported another document since."""
    of_others = [
        one
        for one, decided in piece.decided.items()
        if one not in failures and not all(said.of_this_guest for said in decided.values())
    ]

    def act(stay_id: UUID) -> None:
        stay = piece.stays[stay_id]
        take_back(stay, MatchDecision.guest_mark != guest_mark(stay), forget_unsaid_document)

    return _each(of_others, act)


def _match_each(piece: Piece, ids: Sequence[UUID]) -> Failures:
    frequencies = name_frequencies()
    verdicts: dict[UUID, Verdict | None] = {}
    failures: Failures = {}
    for stay_id in ids:
        try:
            verdicts[stay_id] = judge_stay(piece, stay_id, frequencies)
        except Exception as error:
            failures[stay_id] = _noted(stay_id, error)

    def store(several: Sequence[UUID]) -> None:
        store_matches(piece, {one: verdicts[one] for one in several})

    return failures | _together(list(verdicts), store)


def _together(ids: Sequence[UUID], act: Callable[[Sequence[UUID]], None]) -> Failures:
    """Does something for all of the stays at once; if one of them spoils it, for each alone."""
    if not ids:
        return {}
    try:
        with unit_of_work():
            act(ids)
    except Exception as error:
        _require_database(error)
        return _each(ids, lambda one: act([one]))
    return {}


def _each(ids: Iterable[UUID], act: Callable[[UUID], None]) -> Failures:
    """Does something for each of the stays, each as if alone; gives what failed."""
    failures: Failures = {}
    for stay_id in ids:
        try:
            with unit_of_work():
                act(stay_id)
        except Exception as error:
            _require_database(error)
            failures[stay_id] = _noted(stay_id, error)
    return failures


def _require_database(error: Exception) -> None:
    """Nothing more can be done where the database itself is gone."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        raise error


def _noted(stay_id: UUID, error: Exception) -> Exception:
    log.error("stay_not_checked", stay_id=str(stay_id), kind=type(error).__name__)
    return error


def _pieces(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), STAYS_IN_ONE_COMMIT):
        yield ids[start : start + STAYS_IN_ONE_COMMIT]
