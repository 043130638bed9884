"""How a page of hits is looked for, so that its price does not grow with the country.

Few stays fit: an index leads to them. Many fit: a walk along the order of arrival soon has a page
of them. Which of the two it is, a short walk tells.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from apoa.db.base import session
from apoa.supervision.queries import Reach, hits_among_next, hits_anywhere
from apoa.supervision.terms import SearchTerms

SHORT_WALK = 1_000
LONG_WALK = 20_000
# A name is looked up for every stay on the way, which costs more than a look at the stay itself.
LONG_WALK_BY_NAME = 5_000
# PostgreSQL's default of 4 is of spinning disks, and shuns the indexes that a search lives by.
_READS_ANYWHERE_ALIKE = text("SET LOCAL random_page_cost = 1.1")


def find_hits(terms: SearchTerms, reach: Reach, limit: int) -> Sequence[Any]:
    """The next `limit` rows that fit, in the order of the reach."""
    session().execute(_READS_ANYWHERE_ALIKE)
    if not _leads_to_few(terms):
        rows = _walk(terms, reach, limit, SHORT_WALK)
        longer = LONG_WALK_BY_NAME if _is_by_name_alone(terms) else LONG_WALK
        if SHORT_WALK * limit <= longer * len(rows) and len(rows) < limit:
            rows = _walk(terms, reach, limit, longer)
        if len(rows) >= limit:
            return rows
    return session().execute(hits_anywhere(terms, reach, limit)).all()


def _walk(terms: SearchTerms, reach: Reach, limit: int, window: int) -> Sequence[Any]:
    return session().execute(hits_among_next(terms, reach, limit, window)).all()


def _leads_to_few(terms: SearchTerms) -> bool:
    """Whether a single term leads to few stays by an index of its own."""
    whole_birthday = terms.birth_date is not None and not terms.birth_date.endswith("-00")
    return bool(terms.document_number or terms.property_id or whole_birthday)


def _is_by_name_alone(terms: SearchTerms) -> bool:
    return "name" in terms.used and not terms.nationality and not terms.birth_date
