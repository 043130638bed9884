"""Takes a feed over, a thousand rows at a time, each thousand one commit with how far it is.

Whoever runs a feed goes on behind the rows that are done: after a kill, after a stop, or beside
another who runs the same one, in which case one of the two gives way at the next thousand.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import select

from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotFound, Problem
from apoa.db.base import session
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work
from apoa.permits.feed.chunk import Chunk, ChunkSource, take_chunk
from apoa.permits.feed.columns import require_mapping
from apoa.permits.feed.judge import Judge
from apoa.permits.feed.models import FeedState, PermitFeed
from apoa.permits.feed.open_table import open_table
from apoa.permits.feed.pieces import forget_file, open_stored
from apoa.permits.feed.table import Line, Table, unreadable

CHUNK_ROWS = 1000
REASON = "permit feed"
# Counting tells that it lives after so many rows.
_COUNT_STEP = 200_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Job:
    """A feed in plain values: its row is loaded anew for each thousand."""

    feed_id: UUID
    kind: str
    size: int
    reading: dict[str, Any]
    mapping: dict[str, str]
    total: int | None
    done_rows: int
    is_dry_run: bool
    as_of: datetime
    started_by: UUID | None


def run_feed(feed_id: UUID, on_progress: Progress | None = None) -> None:
    """Takes over what is left of a feed that is running; of any other it does nothing.

    `on_progress` is told done and total rows. A file that cannot be read makes the feed failed;
    what was taken over before stays. Raises NotFound.
    """
    with scope_everywhere(REASON):
        job = _job(feed_id)
        if job is None:
            return
        try:
            total = job.total if job.total is not None else _count(job)
            if _take_rows(job, total, on_progress):
                _end(job)
        except InvalidInput as error:
            session().rollback()
            _fail(feed_id, error.problems[0])


def _job(feed_id: UUID) -> _Job | None:
    with unit_of_work():
        feed = session().get(PermitFeed, feed_id)
        if feed is None:
            raise NotFound("permit_feed")
        if feed.state != FeedState.RUNNING:
            return None
        feed.last_progress_at = now()
        return _Job(
            feed_id=feed_id,
            kind=feed.kind,
            size=feed.file_bytes,
            reading=dict(feed.reading),
            mapping=dict(feed.mapping),
            total=feed.total,
            done_rows=feed.done_rows,
            is_dry_run=feed.is_dry_run,
            as_of=feed.data_as_of or feed.created_at,
            started_by=feed.started_by,
        )


def _count(job: _Job) -> int:
    """How many rows there are. A file that breaks somewhere breaks here, before a row is taken."""
    total = 0
    table = _table(job)
    while step := sum(1 for _ in islice(table.rows, _COUNT_STEP)):
        total += step
        _note(job.feed_id)
    if not total:
        raise unreadable("feed-empty")
    _note(job.feed_id, total)
    return total


def _table(job: _Job) -> Table:
    table = open_table(open_stored(job.feed_id, job.size), job.kind, job.reading)
    require_mapping(job.mapping, table.headings)
    return table


def _take_rows(job: _Job, total: int, on_progress: Progress | None) -> bool:
    """Whether it came to the end: not when another took over, or somebody stopped it."""
    table = _table(job)
    places = {field: table.headings.index(heading) for field, heading in job.mapping.items()}
    source = ChunkSource(
        feed_id=job.feed_id,
        as_of=job.as_of,
        by=job.started_by,
        is_dry_run=job.is_dry_run,
        mapping=job.mapping,
    )
    judge = Judge()
    done = job.done_rows
    for lines in _chunks(table.rows, done):
        judged = judge.judge_lines(lines, places, len(table.headings), table.is_sheet)
        if not take_chunk(source, Chunk(done, judged)):
            return False
        done += len(lines)
        if on_progress is not None:
            on_progress(done, total)
    return True


def _chunks(rows: Iterator[Line], done: int) -> Iterator[list[Line]]:
    for _ in islice(rows, done):
        pass
    while lines := list(islice(rows, CHUNK_ROWS)):
        yield lines


def _note(feed_id: UUID, total: int | None = None) -> None:
    with unit_of_work():
        feed = session().get_one(PermitFeed, feed_id)
        feed.last_progress_at = now()
        if total is not None:
            feed.total = total


def _end(job: _Job) -> None:
    with unit_of_work():
        feed = _hold(job.feed_id)
        if feed.state != FeedState.RUNNING:
            return
        feed.state = FeedState.DONE
        feed.ended_at = feed.last_progress_at = now()
        feed.total = feed.done_rows
        if not feed.is_dry_run:
            forget_file(feed.id)
        _record(feed, "permit_feed_done")


def _fail(feed_id: UUID, problem: Problem) -> None:
    with unit_of_work():
        feed = _hold(feed_id)
        feed.state = FeedState.FAILED
        feed.ended_at = feed.last_progress_at = now()
        feed.failure_code = problem.code
        feed.failure_params = dict(problem.params)
        _record(feed, "permit_feed_failed", code=problem.code)


def _hold(feed_id: UUID) -> PermitFeed:
    return session().execute(
        select(PermitFeed).where(PermitFeed.id == feed_id).with_for_update()
    ).scalar_one()  # fmt: skip


def _record(feed: PermitFeed, act: str, **detail: Any) -> None:
    record(
        act,
        subject_type="permit_feed",
        subject_id=feed.id,
        office_id=feed.office_id,
        dry_run=feed.is_dry_run,
        new=feed.new,
        changed=feed.changed,
        unchanged=feed.unchanged,
        refused=feed.refused,
        **detail,
    )
