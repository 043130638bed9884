"""Finds and stores the matches of a few stays of one lodging, with few statements for all."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from apoa.crosscheck.candidates import find_candidates
from apoa.crosscheck.frequencies import name_frequencies
from apoa.crosscheck.judge import Decided, Question, Verdict, is_clear, judge
from apoa.crosscheck.keys import key_numbers, telling_numbers
from apoa.crosscheck.matching.frequencies import NameFrequencies
from apoa.crosscheck.matching.keys import MOST_BY_TELLING_KEYS, MOST_CANDIDATES
from apoa.crosscheck.matching.person import Person
from apoa.crosscheck.models import Match, MatchDecision
from apoa.crosscheck.persons import HolderRow, guest_mark, guest_of
from apoa.crosscheck.store import keep_matches, write_matches
from apoa.db.core import any_of, rows_of
from apoa.stays.models import Stay, StayState

# No decision stands without a match.
_EARLIER = (
    select(
        Match.stay_id,
        Match.permit_id,
        MatchDecision.permit_id,
        MatchDecision.decision,
        MatchDecision.guest_mark,
        MatchDecision.by,
        MatchDecision.at,
    )
    .outerjoin(
        MatchDecision,
        (MatchDecision.property_id == Match.property_id) & (MatchDecision.stay_id == Match.stay_id),
    )
    .where(
        Match.property_id == bindparam("property_id"),
        Match.stay_id == any_of("stay_ids", Uuid),
    )
)


@dataclass(frozen=True)
class Piece:
    """A few stays of a lodging, with everything that finding their permits needs.

    `earlier` has the permit of each that was matched before, None where nobody was found.
    """

    property_id: UUID
    stays: Mapping[UUID, Stay]
    earlier: Mapping[UUID, UUID | None]
    decided: Mapping[UUID, Mapping[UUID, Decided]]
    candidates: Mapping[UUID, Mapping[UUID, HolderRow]]


def read_piece(property_id: UUID, stays: Mapping[UUID, Stay], *, rematch: bool) -> Piece:
    """The stays with their earlier matches; to be matched again also with their candidates."""
    earlier: dict[UUID, UUID | None] = {}
    decided: dict[UUID, dict[UUID, Decided]] = defaultdict(dict)
    for stay_id, permit_id, about, decision, mark, by, at in rows_of(
        _EARLIER, property_id=property_id, stay_ids=list(stays)
    ):
        earlier[stay_id] = permit_id
        if decision is not None:
            of_this_guest = mark == guest_mark(stays[stay_id])
            decided[stay_id][about] = Decided(about, decision, of_this_guest, by, at)
    if not rematch:
        return Piece(property_id, stays, earlier, decided, {})
    # The permit of before stays a candidate, even where its keys have become too common.
    own = {one: {*decided.get(one, ()), earlier.get(one)} - {None} for one in stays}
    guests = {one: guest_of(stay) for one, stay in stays.items()}
    return Piece(property_id, stays, earlier, decided, _candidates(guests, own, decided))


def _candidates(
    guests: Mapping[UUID, Person],
    own: Mapping[UUID, Collection[UUID]],
    decided: Mapping[UUID, object],
) -> dict[UUID, dict[UUID, HolderRow]]:
    """By the telling keys first; by all keys for those of whom they leave a doubt."""
    frequencies = name_frequencies()
    telling = {one: telling_numbers(guest) for one, guest in guests.items()}
    found = find_candidates(telling, own, MOST_BY_TELLING_KEYS)
    doubtful = {
        one: key_numbers(guest)
        for one, guest in guests.items()
        if one in decided or not is_clear(guest, found[one], frequencies)
    }
    if doubtful:
        found |= find_candidates(doubtful, {one: own[one] for one in doubtful}, MOST_CANDIDATES)
    return found


def judge_stay(piece: Piece, stay_id: UUID, frequencies: NameFrequencies) -> Verdict | None:
    """Whom the guest of one of the stays matches. None: cancelled, it keeps what it had. No SQL."""
    stay = piece.stays[stay_id]
    if stay.state == StayState.CANCELLED and stay_id in piece.earlier:
        return None
    last_night_on = max(stay.checked_in_on, stay.checked_out_on or stay.expected_departure_on)
    decided = piece.decided.get(stay_id, {})
    question = Question(guest_of(stay), stay.checked_in_on, last_night_on, decided)
    return judge(question, piece.candidates[stay_id], frequencies)


def store_matches(piece: Piece, verdicts: Mapping[UUID, Verdict | None]) -> None:
    """Stores what was judged of these stays, all at once."""
    kept = [piece.stays[one] for one, verdict in verdicts.items() if verdict is None]
    keep_matches(kept)
    write_matches([(piece.stays[one], said) for one, said in verdicts.items() if said is not None])
