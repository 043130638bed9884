"""What officers see of feeds: a list by time, one of them, and its report row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from apoa.access.actors import Actor, require
from apoa.access.models import User
from apoa.access.places import office_names
from apoa.access.roles import Action
from apoa.base.errors import Problem
from apoa.db.base import session
from apoa.permits.feed.models import FeedState, PermitFeed, PermitFeedFault
from apoa.permits.feed.start import get_feed, is_stalled, may_start

PAGE_SIZE = 30
_FAULTS_AT_ONCE = 2000


@dataclass(frozen=True)
class FeedView:
    """A feed as it is shown. `is_stalled`: it says it runs, and nobody works at it."""

    id: UUID
    state: str
    kind: str
    source: str
    is_dry_run: bool
    file_name: str | None
    file_bytes: int
    total: int | None
    done_rows: int
    new: int
    changed: int
    unchanged: int
    refused: int
    data_as_of: datetime | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    started_by_name: str | None
    office_name: str | None
    failure: Problem | None
    is_stalled: bool
    may_start: bool

    @property
    def percent(self) -> int | None:
        """How much of a feed is done, once its rows are counted."""
        if self.state == FeedState.DONE:
            return 100
        return min(99, self.done_rows * 100 // self.total) if self.total else None


@dataclass(frozen=True)
class FaultView:
    """A fault or warning of a row."""

    row: int
    column_name: str | None
    problem: Problem
    is_warning: bool


def list_feeds(actor: Actor, before: UUID | None = None) -> list[FeedView]:
    """The feeds of the actor's offices, or all for the directorate; the newest first.

    `before` is the last one of the page before. One more than a page tells that there are more.
    Raises NotAllowed.
    """
    require(actor, Action.IMPORT_PERMITS)
    statement = _theirs(actor).order_by(PermitFeed.id.desc()).limit(PAGE_SIZE + 1)
    if before is not None:
        statement = statement.where(PermitFeed.id < before)
    return _views(list(session().scalars(statement)))


def view_feed(actor: Actor | None, feed_id: UUID) -> FeedView:
    """One feed. Raises NotFound."""
    return _views([get_feed(actor, feed_id)])[0]


def list_faults(feed_id: UUID, limit: int) -> list[FaultView]:
    """The first faults and warnings of a feed, by row. Ask `view_feed` first: it requires."""
    rows = session().scalars(_faults(feed_id).limit(limit))
    return [_fault(one) for one in rows]


def count_faults(feed_id: UUID) -> tuple[int, int]:
    """How many faults and how many warnings are in the report."""
    rows = session().execute(
        select(PermitFeedFault.is_warning, func.count())
        .where(PermitFeedFault.feed_id == feed_id)
        .group_by(PermitFeedFault.is_warning)
    )
    found: dict[bool, int] = {row[0]: row[1] for row in rows}
    return found.get(False, 0), found.get(True, 0)


def iter_faults(feed_id: UUID) -> Iterator[FaultView]:
    """All of them, some thousand at a time."""
    after: tuple[int, int] = (-1, -1)
    while True:
        statement = _faults(feed_id).where(
            or_(
                PermitFeedFault.row > after[0],
                (PermitFeedFault.row == after[0]) & (PermitFeedFault.seq > after[1]),
            )
        )
        rows = list(session().scalars(statement.limit(_FAULTS_AT_ONCE)))
        yield from (_fault(one) for one in rows)
        if len(rows) < _FAULTS_AT_ONCE:
            return
        after = (rows[-1].row, rows[-1].seq)


def _theirs(actor: Actor) -> Select[PermitFeed]:
    statement = select(PermitFeed)
    if actor.national_roles:
        return statement
    return statement.where(PermitFeed.office_id.in_(list(actor.office_roles)))


def _faults(feed_id: UUID) -> Select[PermitFeedFault]:
    return (
        select(PermitFeedFault)
        .where(PermitFeedFault.feed_id == feed_id)
        .order_by(PermitFeedFault.row, PermitFeedFault.seq)
    )


def _fault(row: PermitFeedFault) -> FaultView:
    return FaultView(row.row, row.column_name, Problem("", row.code, row.params), row.is_warning)


def _views(feeds: list[PermitFeed]) -> list[FeedView]:
    people = [one.started_by for one in feeds if one.started_by]
    rows = session().execute(select(User.id, User.name).where(User.id.in_(people)))
    names: dict[UUID, str] = {row.id: row.name for row in rows}
    offices = office_names([one.office_id for one in feeds if one.office_id])
    return [_view(one, names, offices) for one in feeds]


def _view(feed: PermitFeed, names: dict[UUID, str], offices: dict[UUID, str]) -> FeedView:
    same: dict[str, Any] = {
        name: getattr(feed, name)
        for name in (
            "id", "state", "kind", "source", "is_dry_run", "file_name", "file_bytes", "total",
            "done_rows", "new", "changed", "unchanged", "refused", "data_as_of", "created_at",
            "started_at", "ended_at",
        )
    }  # fmt: skip
    failure = Problem("", feed.failure_code, feed.failure_params) if feed.failure_code else None
    return FeedView(
        **same,
        started_by_name=names.get(feed.started_by) if feed.started_by else None,
        office_name=offices.get(feed.office_id) if feed.office_id else None,
        failure=failure,
        is_stalled=is_stalled(feed),
        may_start=may_start(feed),
    )
