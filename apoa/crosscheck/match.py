"""Finds and stores the matches of a few stays of one lodging, with few statements for all."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from apoa.crosscheck.candidates import find_candidates
from apoa.crosscheck.frequencies import name_frequencies
from apoa.crosscheck.judge import Decided, Question, judge
from apoa.crosscheck.keys import key_numbers
from apoa.crosscheck.models import Match, MatchDecision
from apoa.crosscheck.persons import HolderRow, guest_mark, guest_of, list_holders
from apoa.crosscheck.store import keep_match, store_match
from apoa.db.base import session
from apoa.stays.models import Stay, StayState


@dataclass(frozen=True)
class Piece:
    """A few stays of a lodging, with everything that finding their permits needs."""

    property_id: UUID
    stays: Mapping[UUID, Stay]
    earlier: Mapping[UUID, Match]
    decided: Mapping[UUID, Mapping[UUID, Decided]]
    candidates: Mapping[UUID, Collection[UUID]]
    holders: Mapping[UUID, HolderRow]


def read_piece(property_id: UUID, stays: Mapping[UUID, Stay], *, rematch: bool) -> Piece:
    """The stays with their earlier matches; to be matched again also with their candidates."""
    found = session().scalars(
        select(Match).where(Match.property_id == property_id, Match.stay_id.in_(list(stays)))
    )
    earlier = {one.stay_id: one for one in found}
    if not rematch:
        return Piece(property_id, stays, earlier, {}, {}, {})
    decided = _decided(property_id, stays)
    by_keys = find_candidates({one: key_numbers(guest_of(stay)) for one, stay in stays.items()})
    candidates = {
        one: {*by_keys.get(one, ()), *decided.get(one, ()), *_permit_of(earlier.get(one))}
        for one in stays
    }
    holders = list_holders(permit_id for ids in candidates.values() for permit_id in ids)
    return Piece(property_id, stays, earlier, decided, candidates, holders)


def match_stay(piece: Piece, stay_id: UUID) -> None:
    """Stores whom the guest of one of the stays matches; a cancelled stay keeps what it had."""
    stay = piece.stays[stay_id]
    if stay.state == StayState.CANCELLED and stay_id in piece.earlier:
        keep_match(stay.property_id, stay.id, stay.version)
        return
    last_night_on = max(stay.checked_in_on, stay.checked_out_on or stay.expected_departure_on)
    decided = piece.decided.get(stay_id, {})
    question = Question(guest_of(stay), stay.checked_in_on, last_night_on, decided)
    holders = {one: piece.holders[one] for one in piece.candidates[stay_id] if one in piece.holders}
    store_match(stay, judge(question, holders, name_frequencies()))


def _decided(property_id: UUID, stays: Mapping[UUID, Stay]) -> dict[UUID, dict[UUID, Decided]]:
    decided: dict[UUID, dict[UUID, Decided]] = defaultdict(dict)
    for one in session().scalars(
        select(MatchDecision).where(
            MatchDecision.property_id == property_id, MatchDecision.stay_id.in_(list(stays))
        )
    ):
        of_this_guest = one.guest_mark == guest_mark(stays[one.stay_id])
        decided[one.stay_id][one.permit_id] = Decided(
            one.permit_id, one.decision, of_this_guest, one.by, one.at
        )
    return decided


def _permit_of(match: Match | None) -> tuple[UUID, ...]:
    # The permit of before stays a candidate, even where its keys have become too common.
    return (match.permit_id,) if match is not None and match.permit_id is not None else ()
