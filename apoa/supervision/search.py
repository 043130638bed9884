"""An officer looks for stays: the terms are sealed under an id, every page opened is recorded."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, Problem
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.offices.models import Region
from apoa.supervision.cursor import Cursor
from apoa.supervision.find_hits import find_hits
from apoa.supervision.hits import Hit, hits_from
from apoa.supervision.queries import Reach
from apoa.supervision.reach import offices_within_reach, only_office
from apoa.supervision.stored_search import get_search, keep_search, open_terms
from apoa.supervision.terms import SearchTerms

PAGE_SIZE = 50


@dataclass(frozen=True)
class SearchPage:
    """One page of a search, as the data was at `read_at`."""

    search_id: UUID
    terms: SearchTerms
    hits: tuple[Hit, ...]
    previous_cursor: Cursor | None
    next_cursor: Cursor | None
    created_at: datetime
    expires_at: datetime
    read_at: datetime


def start_search(actor: Actor, terms: SearchTerms) -> UUID:
    """Keeps the terms, sealed, for twelve hours; the id returned may stand in an address.

    Raises InvalidInput for a region that does not exist.
    """
    require(actor, Action.SEARCH_STAYS)
    if terms.region_code and session().get(Region, terms.region_code) is None:
        raise InvalidInput([Problem("/region_code", "not-a-choice")])
    search_id = new_id()
    with unit_of_work():
        keep_search(actor, search_id, terms.to_mapping())
        record(
            "stays_searched",
            subject_type="stay_search",
            subject_id=search_id,
            office_id=only_office(actor, Action.SEARCH_STAYS),
            purpose=terms.purpose,
            terms=list(terms.used),
        )
    return search_id


def run_search(
    actor: Actor, search_id: UUID, cursor: Cursor | None = None, limit: int = PAGE_SIZE
) -> SearchPage:
    """A page of a search of one's own, latest arrival first, of one's own offices alone.

    Raises NotFound for an unknown or another person's search, SearchExpired for an old one.
    """
    require(actor, Action.SEARCH_STAYS)
    with unit_of_work():
        row = get_search(actor, search_id)
        terms = open_terms(row)
        hits, previous_cursor, next_cursor = _page_of(actor, terms, cursor, limit)
        record(
            "search_page_opened",
            subject_type="stay_search",
            subject_id=search_id,
            office_id=only_office(actor, Action.SEARCH_STAYS),
            purpose=row.purpose,
            hits=len(hits),
            first_page=cursor is None,
        )
        return SearchPage(
            search_id,
            terms,
            hits,
            previous_cursor,
            next_cursor,
            created_at=row.created_at,
            expires_at=row.expires_at,
            read_at=now(),
        )


def _page_of(
    actor: Actor, terms: SearchTerms, cursor: Cursor | None, limit: int
) -> tuple[tuple[Hit, ...], Cursor | None, Cursor | None]:
    offices = offices_within_reach(actor, Action.SEARCH_STAYS)
    # One row more than is shown tells whether there is a page behind it.
    rows = list(find_hits(terms, Reach(offices, cursor), limit + 1))
    more, rows = len(rows) > limit, rows[:limit]
    backwards = cursor is not None and cursor.backwards
    if backwards:
        rows.reverse()
    has_previous = more if backwards else cursor is not None
    has_next = backwards or more
    previous = Cursor(True, rows[0].checked_in_on, rows[0].id) if rows and has_previous else None
    following = Cursor(False, rows[-1].checked_in_on, rows[-1].id) if rows and has_next else None
    return hits_from(rows), previous, following
