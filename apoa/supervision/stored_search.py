"""An officer's own searches: their terms sealed under an id, theirs alone, and not for long."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.crypto import Place
from apoa.base.errors import ApoaError, NotFound
from apoa.db.base import session
from apoa.db.scope import scope_everywhere
from apoa.db.secrets import secrets
from apoa.db.unit_of_work import unit_of_work
from apoa.supervision.models import SearchSubject, StaySearch
from apoa.supervision.terms import SearchTerms, SearchTermsSchema

LIFETIME = timedelta(hours=12)
# An expired search is told apart from an unknown one for a while; then its terms are wiped.
KEPT_AFTER_EXPIRY = timedelta(hours=24)
MOST_LISTED = 50


class SearchExpired(ApoaError):
    """The search is the actor's own, but older than LIFETIME."""


@dataclass(frozen=True)
class PastSearch:
    """A search of one's own that may be opened again."""

    search_id: UUID
    purpose: str
    used: tuple[str, ...]
    created_at: datetime


def get_terms(actor: Actor, search_id: UUID) -> SearchTerms:
    """The terms of a search of one's own, to change them. Raises NotFound and SearchExpired."""
    require(actor, Action.SEARCH_STAYS)
    return open_terms(get_search(actor, search_id))


def list_searches(actor: Actor, *, since: datetime) -> tuple[PastSearch, ...]:
    """One's own live searches since an instant, newest first, at most MOST_LISTED."""
    require(actor, Action.SEARCH_STAYS)
    rows = session().scalars(
        select(StaySearch)
        .where(StaySearch.user_id == actor.user_id, StaySearch.expires_at > now())
        .where(StaySearch.created_at >= since, StaySearch.subject == SearchSubject.STAY)
        .order_by(StaySearch.created_at.desc(), StaySearch.id.desc())
        .limit(MOST_LISTED)
    )
    return tuple(
        PastSearch(row.id, row.purpose, open_terms(row).used, row.created_at) for row in rows
    )


def keep_search(
    actor: Actor,
    search_id: UUID,
    terms: Mapping[str, str],
    subject: SearchSubject = SearchSubject.STAY,
) -> None:
    """Adds the search to the act's transaction, and wipes what the actor no longer needs."""
    at = now()
    session().execute(
        delete(StaySearch).where(
            StaySearch.user_id == actor.user_id, StaySearch.expires_at < at - KEPT_AFTER_EXPIRY
        )
    )
    session().add(
        StaySearch(
            id=search_id,
            user_id=actor.user_id,
            subject=subject,
            terms_sealed=secrets().cipher.encrypt(json.dumps(dict(terms)), _place(search_id)),
            purpose=terms["purpose"],
            created_at=at,
            expires_at=at + LIFETIME,
        )
    )


def forget_expired_searches() -> int:
    """Wipes everybody's searches that nobody can open any more; says how many. For a daily job.

    Who searches again wipes their own at once; this is for those who do not.
    """
    with unit_of_work(), scope_everywhere("expired searches wiped"):
        done: Any = session().execute(
            delete(StaySearch).where(StaySearch.expires_at < now() - KEPT_AFTER_EXPIRY)
        )
        count = int(done.rowcount)
        record("expired_searches_wiped", count=count)
        return count


def get_search(
    actor: Actor, search_id: UUID, subject: SearchSubject = SearchSubject.STAY
) -> StaySearch:
    """A search of one's own for such things. Raises NotFound and SearchExpired."""
    row = (
        session()
        .scalars(
            select(StaySearch).where(
                StaySearch.id == search_id,
                StaySearch.user_id == actor.user_id,
                StaySearch.subject == subject,
            )
        )
        .one_or_none()
    )
    if row is None:
        # 404 also for a colleague's search: what they look for is theirs to know.
        raise NotFound("stay search")
    if row.expires_at <= now():
        raise SearchExpired
    return row


def open_terms(row: StaySearch) -> SearchTerms:
    """The terms of a stored search for stays."""
    terms: SearchTerms = SearchTermsSchema().read(open_mapping(row))
    return terms


def open_mapping(row: StaySearch) -> Mapping[str, str]:
    """The terms of a stored search as they were kept."""
    mapping: Mapping[str, str] = json.loads(
        secrets().cipher.decrypt(row.terms_sealed, _place(row.id))
    )
    return mapping


def _place(search_id: UUID) -> Place:
    return Place("stay_searches", "terms_sealed", str(search_id))
