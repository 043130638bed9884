"""As of when the register is known: what a verdict that depends on it must say."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from apoa.access.places import office_names
from apoa.db.base import session
from apoa.db.core import rows_of
from apoa.permits.feed.models import FeedState, PermitFeed

_AS_OF = func.coalesce(PermitFeed.data_as_of, PermitFeed.created_at)
_BY_SENDER = (
    select(PermitFeed.office_id, func.max(_AS_OF), func.max(PermitFeed.ended_at))
    .where(PermitFeed.state == FeedState.DONE, PermitFeed.is_dry_run.is_(False))
    .where(PermitFeed.done_rows > PermitFeed.refused)
    .group_by(PermitFeed.office_id)
)


@dataclass(frozen=True)
class Freshness:
    """`data_as_of`: when the senders' register stood as it is here, None before the first feed.

    `taken_over_at`: when that came in.
    """

    data_as_of: datetime | None
    taken_over_at: datetime | None


@dataclass(frozen=True)
class SenderFreshness:
    """The same for one sender: an office, or (None) the directorate and the operator."""

    office_id: UUID | None
    office_name: str | None
    freshness: Freshness


def freshness() -> Freshness:
    """As of when the register is known.

    By the feeds of the directorate and the operator, which send the whole of it; where there is
    none, by the offices, as of the one that sent longest ago: one push of one office does not make
    the register fresh. What is still being taken over, and a dry run, does not count.
    """
    by_sender = _by_sender()
    if None in by_sender:
        return by_sender[None]
    known = [one for one in by_sender.values() if one.data_as_of is not None]
    return min(known, key=_as_of, default=Freshness(None, None))


def list_freshness() -> list[SenderFreshness]:
    """How fresh each sender's permits are: the directorate's first, then offices by name."""
    found = _by_sender()
    named = office_names([one for one in found if one is not None])
    national = [SenderFreshness(None, None, found[None])] if None in found else []
    return national + [SenderFreshness(one, name, found[one]) for one, name in named.items()]


def _by_sender() -> dict[UUID | None, Freshness]:
    session().flush()
    return {office_id: Freshness(*known) for office_id, *known in rows_of(_BY_SENDER)}


def _as_of(one: Freshness) -> float:
    return one.data_as_of.timestamp() if one.data_as_of else 0.0
