"""Finds and stores the matches of a few stays of one lodging, with few statements for all."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, select

from apoa.crosscheck.candidates import find_candidates
from apoa.crosscheck.judge import Decided, Question, Verdict, judge
from apoa.crosscheck.keys import key_numbers
from apoa.crosscheck.matching.frequencies import NameFrequencies
from apoa.crosscheck.models import Match, MatchDecision
from apoa.crosscheck.persons import HolderRow, guest_mark, guest_of
from apoa.crosscheck.store import keep_matches, write_matches
from apoa.db.base import session
from apoa.stays.models import Stay, StayState

# One statement for ever, so that it is compiled once. No decision stands without a match.
_EARLIER = (
    select(Match, MatchDecision)
    .outerjoin(
        MatchDecision,
        (MatchDecision.property_id == Match.property_id) & (MatchDecision.stay_id == Match.stay_id),
    )
    .where(
        Match.property_id == bindparam("property_id"),
        Match.stay_id == any_(bindparam("stay_ids", type_=ARRAY(Uuid))),
    )
)


@dataclass(frozen=True)
class Piece:
    """A few stays of a lodging, with everything that finding their permits needs."""

    property_id: UUID
    stays: Mapping[UUID, Stay]
    earlier: Mapping[UUID, Match]
    decided: Mapping[UUID, Mapping[UUID, Decided]]
    candidates: Mapping[UUID, Mapping[UUID, HolderRow]]


def read_piece(property_id: UUID, stays: Mapping[UUID, Stay], *, rematch: bool) -> Piece:
    """The stays with their earlier matches; to be matched again also with their candidates."""
    earlier: dict[UUID, Match] = {}
    decided: dict[UUID, dict[UUID, Decided]] = defaultdict(dict)
    for match, decision in session().execute(
        _EARLIER, {"property_id": property_id, "stay_ids": list(stays)}
    ):
        earlier[match.stay_id] = match
        if decision is not None:
            stay = stays[match.stay_id]
            decided[stay.id][decision.permit_id] = _decided(decision, stay)
    if not rematch:
        return Piece(property_id, stays, earlier, decided, {})
    # The permit of before stays a candidate, even where its keys have become too common.
    own = {one: {*decided.get(one, ()), *_permit_of(earlier.get(one))} for one in stays}
    keys_of = {one: key_numbers(guest_of(stay)) for one, stay in stays.items()}
    return Piece(property_id, stays, earlier, decided, find_candidates(keys_of, own))


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


def _decided(decision: MatchDecision, stay: Stay) -> Decided:
    return Decided(
        decision.permit_id,
        decision.decision,
        decision.guest_mark == guest_mark(stay),
        decision.by,
        decision.at,
    )


def _permit_of(match: Match | None) -> tuple[UUID, ...]:
    return (match.permit_id,) if match is not None and match.permit_id is not None else ()
