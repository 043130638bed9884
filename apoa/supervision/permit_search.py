"""Searching permits: what is personal is sealed under an id, every page of hits is audited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.crosscheck.candidates import find_candidates
from apoa.crosscheck.keys import key_numbers
from apoa.crosscheck.matching.names import name_similarity
from apoa.crosscheck.matching.person import Person
from apoa.db.unit_of_work import unit_of_work
from apoa.permits.brief import PermitBrief, find_permit_briefs
from apoa.permits.queries import find_permit, list_permits_by_document, list_permits_by_number
from apoa.supervision.models import SearchSubject
from apoa.supervision.permit_terms import PermitTerms, PermitTermsSchema
from apoa.supervision.reach import only_office
from apoa.supervision.stored_search import get_search, keep_search, open_mapping

MOST_HITS = 50
# Below it two names have little more in common than their sound.
_NEAR = 0.6


@dataclass(frozen=True)
class PermitHits:
    """What was found, the nearest first; `more` where there was more than is shown."""

    search_id: UUID
    terms: PermitTerms = field(repr=False)
    hits: tuple[PermitBrief, ...] = field(repr=False)
    more: bool
    read_at: datetime


def start_permit_search(actor: Actor, terms: PermitTerms) -> UUID:
    """Keeps the terms, sealed, for twelve hours; the id returned may stand in an address."""
    require(actor, Action.VIEW_PERMITS)
    search_id = new_id()
    with unit_of_work():
        keep_search(actor, search_id, terms.to_mapping(), SearchSubject.PERMIT)
        record(
            "permits_searched",
            subject_type="permit_search",
            subject_id=search_id,
            office_id=only_office(actor, Action.VIEW_PERMITS),
            purpose=terms.purpose,
            terms=list(terms.used),
        )
    return search_id


def get_permit_terms(actor: Actor, search_id: UUID) -> PermitTerms:
    """The terms of a search of one's own, to change them. Raises NotFound and SearchExpired."""
    require(actor, Action.VIEW_PERMITS)
    row = get_search(actor, search_id, SearchSubject.PERMIT)
    terms: PermitTerms = PermitTermsSchema().read(open_mapping(row))
    return terms


def run_permit_search(actor: Actor, search_id: UUID) -> PermitHits:
    """The hits of a search of one's own; the register is national, so all of it is searched.

    Raises NotFound for an unknown or another person's search, SearchExpired for an old one.
    """
    terms = get_permit_terms(actor, search_id)
    with unit_of_work():
        found = _find(actor, terms)
        hits = tuple(found[:MOST_HITS])
        record(
            "permit_search_opened",
            subject_type="permit_search",
            subject_id=search_id,
            office_id=only_office(actor, Action.VIEW_PERMITS),
            purpose=terms.purpose,
            hits=len(hits),
        )
    return PermitHits(search_id, terms, hits, len(found) > MOST_HITS, now())


def _find(actor: Actor, terms: PermitTerms) -> list[PermitBrief]:
    briefs = find_permit_briefs(actor, list(_ids(terms))[: MOST_HITS + 1])
    if terms.name is None:
        return list(briefs.values())
    near = {one: name_similarity(terms.name, one.holder_name) for one in briefs.values()}
    kept = [one for one in near if near[one] >= _NEAR and _fits(one, terms)]
    return sorted(kept, key=lambda one: (-near[one], str(one.permit_id)))


def _ids(terms: PermitTerms) -> Iterable[UUID]:
    if terms.permit_number and terms.issuing_state:
        found = find_permit(terms.permit_number, terms.issuing_state)
        return [found] if found else []
    if terms.permit_number:
        return list_permits_by_number(terms.permit_number)
    if terms.document_number:
        return list_permits_by_document(terms.document_number, terms.issuing_state)
    return _named(terms)


def _named(terms: PermitTerms) -> Sequence[UUID]:
    """Those who share a match key: no other index over names is kept."""
    person = Person(
        given_names=terms.name, birth_date=terms.birth_date, nationality=terms.nationality
    )
    nobody = UUID(int=0)
    return list(find_candidates({nobody: key_numbers(person)}, {}, MOST_HITS + 1)[nobody])


def _fits(brief: PermitBrief, terms: PermitTerms) -> bool:
    if terms.nationality and brief.nationality != terms.nationality:
        return False
    known = (terms.birth_date or "").split("-")
    parts = zip(known, brief.birth_date.split("-"), strict=False)
    return all(not part.strip("0") or part == other for part, other in parts)
