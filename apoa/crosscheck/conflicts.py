"""Finds permits that stand on a guest's document although their holder is somebody else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from apoa.crosscheck.frequencies import name_frequencies
from apoa.crosscheck.holder_rows import read_holder_permits
from apoa.crosscheck.matching.score import prepared, score
from apoa.crosscheck.persons import holder_of, list_holders
from apoa.crosscheck.rules.facts import ConflictFacts
from apoa.crosscheck.stay_rows import StayKey, StayRow
from apoa.db.base import session
from apoa.permits.models import PermitDocument
from apoa.permits.sealing import permit_document_blind

# Against one person speak a name without one word in common, and a wholly other date of birth.
_OTHER_BIRTHS = frozenset({"other", "same-year-only", "two-signs-off"})
_NAME_FIELDS = frozenset({"name", "surname", "given_names"})
_LINKED = "linked"
Reasons = Iterable[Mapping[str, Any]]


def is_somebody_else(reasons: Reasons) -> bool:
    """Whether names and birth date contradict one person, whatever the document says.

    One part of the name that differs is a changed surname or a slip; a name with nothing in
    common, or a differing part together with another date of birth, is another person.
    """
    codes = [(one["field"], one["code"]) for one in reasons]
    against = sum(2 if code == ("name", "other") else _weight(*code) for code in codes)
    return against >= 2


def _weight(field: str, code: str) -> int:
    if field == "birth_date":
        return int(code in _OTHER_BIRTHS)
    return int(field in _NAME_FIELDS and code == "other")


def differing(reasons: Reasons) -> tuple[str, ...]:
    """The fields that speak against one person."""
    return tuple(sorted({str(one["field"]) for one in reasons if one["weight"] < 0}))


def agreeing(reasons: Reasons) -> tuple[str, ...]:
    """The fields that speak for one person."""
    return tuple(sorted({str(one["field"]) for one in reasons if one["weight"] > 0}))


def find_conflicts(rows: Sequence[StayRow]) -> dict[StayKey, ConflictFacts]:
    """By stay the permit on its document, number and issuing state, of another person.

    An officer who confirmed the match has looked already.
    """
    holders_of = _list_document_holders(rows)
    permit_ids = {one for ids in holders_of.values() for one in ids}
    people, permits = list_holders(permit_ids), read_holder_permits(permit_ids)
    found: dict[StayKey, ConflictFacts] = {}
    for row in rows:
        for permit_id in sorted(holders_of.get(row.facts.key, ())):
            if permit_id not in people or permit_id not in permits:
                continue
            holder = prepared(holder_of(people[permit_id], as_far_as_known=True))
            said = score(prepared(row.person), holder, name_frequencies())
            reasons = [{"field": r.field, "code": r.code, "weight": r.weight} for r in said.reasons]
            if is_somebody_else(reasons):
                permit = permits[permit_id][0]
                found[row.facts.key] = ConflictFacts(permit, said.value, differing(reasons))
                break
    return found


def _list_document_holders(rows: Sequence[StayRow]) -> dict[StayKey, set[UUID]]:
    """By stay the permits on its document; not those that it is linked to already."""
    asked: dict[tuple[bytes, str | None], list[StayRow]] = defaultdict(list)
    for row in rows:
        if row.person.documents and not row.is_confirmed:
            [document] = row.person.documents
            blind = permit_document_blind(document.number)
            asked[blind, document.issuing_state].append(row)
    found: dict[StayKey, set[UUID]] = defaultdict(set)
    if not asked:
        return found
    statement = select(
        PermitDocument.permit_id, PermitDocument.number_blind, PermitDocument.issuing_state
    ).where(PermitDocument.number_blind.in_({blind for blind, _ in asked}))
    for permit_id, blind, state in session().execute(statement):
        for row in asked.get((blind, state), ()):
            if row.band != _LINKED or permit_id not in row.permit_ids:
                found[row.facts.key].add(permit_id)
    return found
