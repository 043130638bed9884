"""Starts, stops and resumes a feed; the work itself is done in the background."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotFound, Problem, StateConflict
from apoa.db.base import session
from apoa.db.jobs import defer
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work
from apoa.permits.feed.columns import require_mapping
from apoa.permits.feed.csv_table import ENCODINGS, SEPARATORS
from apoa.permits.feed.models import FeedState, PermitFeed, PermitFeedFault, PermitFeedPiece
from apoa.permits.feed.receive import preview_feed

QUEUE = "feeds"
TASK = "run_permit_feed"
_REASON = "permit feed"
# A thousand rows take a second or two; who says nothing for so long is gone.
STALLED_AFTER = timedelta(minutes=2)
# So long a file is kept that nobody started, or that was only tried.
KEPT_FOR = timedelta(days=7)
_READING = {"encoding": ENCODINGS, "separator": SEPARATORS}


def start_feed(
    actor: Actor | None,
    feed_id: UUID,
    *,
    mapping: Mapping[str, str],
    reading: Mapping[str, Any] | None = None,
    is_dry_run: bool,
    in_background: bool = True,
) -> None:
    """Starts from the first row. Also what was tried before, or what failed, if its file is kept.

    `mapping` says for each field the heading of its column. Raises NotFound, NotAllowed,
    InvalidInput (columns that are missing, a file that is unreadable), StateConflict.
    """
    with unit_of_work(), scope_everywhere(_REASON):
        feed = get_feed(actor, feed_id, hold=True)
        if not may_start(feed):
            raise StateConflict([Problem("", "not-in-this-state")])
        given = _reading(feed.reading if reading is None else reading)
        require_mapping(mapping, preview_feed(feed, given).headings)
        session().execute(delete(PermitFeedFault).where(PermitFeedFault.feed_id == feed_id))
        feed.mapping, feed.reading = dict(mapping), given
        feed.is_dry_run = is_dry_run
        feed.total = None
        feed.done_rows = feed.new = feed.changed = feed.unchanged = feed.refused = 0
        feed.failure_code, feed.failure_params = None, {}
        feed.ended_at = None
        feed.started_at = now()
        _go(feed, "permit_feed_started", in_background)


def resume_feed(actor: Actor | None, feed_id: UUID, *, in_background: bool = True) -> None:
    """Goes on behind the last row that is done. Raises NotFound, NotAllowed, StateConflict."""
    with unit_of_work(), scope_everywhere(_REASON):
        feed = get_feed(actor, feed_id, hold=True)
        if feed.state == FeedState.RUNNING and not in_background:
            return
        if feed.state != FeedState.STOPPED:
            raise StateConflict([Problem("", "not-in-this-state")])
        _go(feed, "permit_feed_resumed", in_background)


def stop_feed(actor: Actor | None, feed_id: UUID) -> None:
    """What is done stays; the rest waits to be resumed. Raises NotFound, NotAllowed."""
    with unit_of_work(), scope_everywhere(_REASON):
        feed = get_feed(actor, feed_id, hold=True)
        if feed.state != FeedState.RUNNING:
            raise StateConflict([Problem("", "not-in-this-state")])
        feed.state = FeedState.STOPPED
        _record(feed, "permit_feed_stopped")


def resume_stalled_feeds() -> int:
    """Leaves a job for each running feed that nobody works at; says how many. For the sweep."""
    with unit_of_work(), scope_everywhere(_REASON):
        stalled = session().scalars(
            select(PermitFeed)
            .where(
                PermitFeed.state == FeedState.RUNNING,
                PermitFeed.last_progress_at < now() - STALLED_AFTER,
            )
            .with_for_update(skip_locked=True)
        )
        count = 0
        for feed in stalled:
            feed.last_progress_at = now()
            defer(TASK, queue=QUEUE, feed_id=feed.id)
            count += 1
        return count


def forget_old_files() -> int:
    """Deletes the files of feeds that nobody went on with for a week; says how many feeds."""
    with unit_of_work(), scope_everywhere(_REASON):
        over = (
            select(PermitFeed.id)
            .where(
                PermitFeed.state != FeedState.RUNNING,
                PermitFeed.created_at < now() - KEPT_FOR,
            )
            .scalar_subquery()
        )
        gone = session().scalars(
            delete(PermitFeedPiece)
            .where(PermitFeedPiece.feed_id.in_(over))
            .returning(PermitFeedPiece.feed_id)
        )
        return len(set(gone))


def get_feed(actor: Actor | None, feed_id: UUID, *, hold: bool = False) -> PermitFeed:
    """A feed that the actor may work at; None is the operator. Raises NotFound, NotAllowed."""
    statement = select(PermitFeed).where(PermitFeed.id == feed_id)
    if hold:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    feed = session().scalar(statement)
    # 404, not 403: the feeds of another office, or of the directorate, are not this one's to know.
    if feed is None or (actor is not None and not _is_theirs(actor, feed)):
        raise NotFound("permit_feed")
    if actor is not None:
        require(actor, Action.IMPORT_PERMITS, office_id=feed.office_id)
    return feed


def _is_theirs(actor: Actor, feed: PermitFeed) -> bool:
    return bool(actor.national_roles) or feed.office_id in actor.office_roles


def may_start(feed: PermitFeed) -> bool:
    """Whether it may be started from the first row: its file is kept, and it stored nothing yet."""
    if feed.state in (FeedState.UPLOADED, FeedState.FAILED):
        return feed.new + feed.changed == 0 or feed.is_dry_run
    return feed.state == FeedState.DONE and feed.is_dry_run


def is_stalled(feed: PermitFeed) -> bool:
    """Whether it says that it runs, and nobody works at it."""
    at = feed.last_progress_at
    return feed.state == FeedState.RUNNING and at is not None and at < now() - STALLED_AFTER


def _go(feed: PermitFeed, act: str, in_background: bool) -> None:
    feed.state = FeedState.RUNNING
    feed.last_progress_at = now()
    _record(feed, act)
    if in_background:
        defer(TASK, queue=QUEUE, feed_id=feed.id)


def _reading(given: Mapping[str, Any]) -> dict[str, Any]:
    """How to read, without what is left open. Raises InvalidInput for what is not on offer."""
    for name, choices in _READING.items():
        if given.get(name) and given[name] not in choices:
            raise InvalidInput([Problem(f"/{name}", "not-a-choice")])
    return {name: one for name, one in given.items() if one}


def _record(feed: PermitFeed, act: str) -> None:
    record(
        act,
        subject_type="permit_feed",
        subject_id=feed.id,
        office_id=feed.office_id,
        dry_run=feed.is_dry_run,
    )
