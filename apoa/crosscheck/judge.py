"""Decides which permit a guest holds, of those that share keys with the stay, and how sure it is.

No SQL: what officers decided before, and who the candidates are, is handed in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from apoa.crosscheck.matching.frequencies import NameFrequencies
from apoa.crosscheck.matching.person import Person
from apoa.crosscheck.matching.prepared import Prepared, prepared
from apoa.crosscheck.matching.score import Band, Score, best_of, is_certain, score
from apoa.crosscheck.models import Decision
from apoa.crosscheck.persons import HolderRow, holder_of
from apoa.permits.facts import ENDED


@dataclass(frozen=True)
class Decided:
    """What an officer said of a permit. `of_this_guest`: the document is still the same."""

    permit_id: UUID
    decision: str
    of_this_guest: bool
    by: UUID
    at: datetime


@dataclass(frozen=True)
class Question:
    """A guest, the nights of the stay (first and last known), and what was decided before."""

    guest: Person = field(repr=False)
    first_night_on: date
    last_night_on: date
    decided: Mapping[UUID, Decided]


@dataclass(frozen=True)
class Verdict:
    """The permit, how sure, why; `confirmed` if an officer said so.

    `other_permits` are further ones of the same holder.
    """

    permit_id: UUID | None
    band: Band
    value: float
    reasons: tuple[dict[str, Any], ...]
    other_permits: tuple[UUID, ...] = ()
    runner_up: dict[str, Any] | None = None
    confirmed: Decided | None = None


NOBODY = Verdict(None, Band.NONE, 0.0, ())
Ranked = Sequence[tuple[UUID, Score]]


def is_clear(
    guest: Person, holders: Mapping[UUID, HolderRow], frequencies: NameFrequencies
) -> bool:
    """Whether one of these is so certainly the guest that nobody without a telling key can be."""
    candidates = {permit_id: _prepared_holder(row) for permit_id, row in holders.items()}
    ranked = best_of(prepared(guest), candidates.items(), frequencies)
    return bool(ranked) and is_certain(ranked[0][1])


def judge(
    question: Question, holders: Mapping[UUID, HolderRow], frequencies: NameFrequencies
) -> Verdict:
    """The verdict on the guest; a candidate's document that does not open says nothing.

    A confirmed permit stays the guest's, one that is not the same person is not proposed again.
    A guest reported under another document or birth date is a new question.
    """
    guest = prepared(question.guest)
    rejected = {
        one.permit_id
        for one in question.decided.values()
        if one.decision == Decision.NOT_SAME and one.of_this_guest
    }
    candidates = {
        permit_id: _prepared_holder(row)
        for permit_id, row in holders.items()
        if permit_id not in rejected
    }
    confirmed = _confirmed(question, guest, candidates, frequencies)
    if confirmed is not None:
        return confirmed
    ranked = best_of(guest, candidates.items(), frequencies)
    if not ranked or ranked[0][1].band == Band.NONE:
        return NOBODY
    # One person may have had several permits: of these the one of this stay's nights counts, and
    # a document that any of them names is the holder's.
    same = _same_holder(ranked[0][0], candidates, frequencies)
    if len(same) > 1:
        chosen = max(same, key=lambda one: _fitness(holders[one], question))
        known = {document for one in same for document in candidates[one].documents}
        others = {one: candidates[one] for one in candidates if one not in same}
        others[chosen] = replace(candidates[chosen], documents=tuple(sorted(known)))
        ranked = best_of(guest, others.items(), frequencies)
        if not ranked or ranked[0][1].band == Band.NONE:
            return NOBODY
    permit_id, best = ranked[0]
    return Verdict(
        permit_id,
        best.band,
        best.value,
        _reasons(best),
        other_permits=tuple(one for one in same if one != permit_id) if permit_id in same else (),
        runner_up=_runner_up(ranked),
    )


def _confirmed(
    question: Question,
    guest: Prepared,
    candidates: Mapping[UUID, Prepared],
    frequencies: NameFrequencies,
) -> Verdict | None:
    said = [
        one
        for one in question.decided.values()
        if one.decision == Decision.CONFIRMED and one.of_this_guest and one.permit_id in candidates
    ]
    if not said:
        return None
    last = max(said, key=lambda each: each.at)
    found = score(guest, candidates[last.permit_id], frequencies)
    _, *others = _same_holder(last.permit_id, candidates, frequencies)
    return Verdict(
        last.permit_id,
        Band.LINKED,
        found.value,
        _reasons(found),
        other_permits=tuple(others),
        confirmed=last,
    )


def _same_holder(
    first: UUID, candidates: Mapping[UUID, Prepared], frequencies: NameFrequencies
) -> list[UUID]:
    holder = candidates[first]
    return [first] + [
        one
        for one, other in candidates.items()
        if one != first
        and (other.birth_date == holder.birth_date or set(other.documents) & set(holder.documents))
        and score(other, holder, frequencies).band == Band.LINKED
    ]


def _fitness(row: HolderRow, question: Question) -> tuple[bool, bool, date, date]:
    begins = row.valid_from or date.min
    overlaps = begins <= question.last_night_on and row.valid_until >= question.first_night_on
    ended = row.status in ENDED and (row.status_on or date.min) <= question.first_night_on
    return overlaps and not ended, overlaps, row.valid_until, begins


def _runner_up(ranked: Ranked) -> dict[str, Any] | None:
    if len(ranked) < 2 or ranked[1][1].band == Band.NONE:
        return None
    return {"permit_id": str(ranked[1][0]), "score": ranked[1][1].value}


def _reasons(found: Score) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"field": one.field, "code": one.code, "weight": round(one.weight, 2)}
        for one in found.reasons
    )


@lru_cache(maxsize=4096)
def _prepared_holder(row: HolderRow) -> Prepared:
    # A holder is looked at for many guests; a row that changed is another one.
    return prepared(holder_of(row, as_far_as_known=True))
