"""Stores some rows of a feed with their verdicts, and how far the feed is, in one commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import insert, select
from sqlalchemy.exc import DataError, IntegrityError

from apoa.base.clock import now
from apoa.base.errors import Problem
from apoa.db.base import Base, session
from apoa.db.unit_of_work import unit_of_work
from apoa.permits.content import PermitContent
from apoa.permits.feed.judge import Judged
from apoa.permits.feed.models import FeedState, PermitFeed, PermitFeedFault
from apoa.permits.feed.repeats import warn_of_repeats
from apoa.permits.incoming import UpsertSource
from apoa.permits.upsert import Upserted, UpsertOutcome, upsert_permits

log = structlog.get_logger()
# Of more rows the faults are counted and not kept: a file as bad as that is wrong as a whole.
MOST_FAULTY_ROWS = 100_000
_INSERT = insert(Base.metadata.tables[PermitFeedFault.__tablename__])


@dataclass(frozen=True)
class ChunkSource:
    """Which feed, as of when, by whom; `mapping` names the columns of faults."""

    feed_id: UUID
    as_of: datetime
    by: UUID | None
    is_dry_run: bool
    mapping: Mapping[str, str]


@dataclass(frozen=True)
class Chunk:
    """Rows behind the first `done` ones of a feed."""

    done: int
    rows: Sequence[Judged]


@dataclass(frozen=True)
class Verdict:
    """What became of a row: `outcome` is None where it was refused. `permit_id` not in dry runs."""

    judged: Judged
    outcome: UpsertOutcome | None
    permit_id: UUID | None


def take_chunk(source: ChunkSource, chunk: Chunk) -> bool:
    """Stores the rows; False, and nothing, if the feed is not running or is elsewhere by now."""
    with unit_of_work():
        feed = session().scalar(
            select(PermitFeed)
            .where(PermitFeed.id == source.feed_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if feed is None or feed.state != FeedState.RUNNING or feed.done_rows != chunk.done:
            return False
        verdicts = judge_and_store(source, chunk.rows)
        add_verdicts(feed, verdicts, source.mapping)
        return True


def judge_and_store(source: ChunkSource, rows: Sequence[Judged]) -> list[Verdict]:
    """Upserts the good ones; in a dry run all of that is taken back. Part of a transaction."""
    good = [one for one in rows if one.content is not None]
    with session().begin_nested() as tried:
        upserted = _upsert(good, source)
        warn_of_repeats(source.feed_id, good, upserted)
        if source.is_dry_run:
            tried.rollback()
    outcomes = dict(zip(map(id, good), upserted, strict=True))
    return [_verdict(one, outcomes.get(id(one)), source.is_dry_run) for one in rows]


def add_verdicts(feed: PermitFeed, verdicts: Sequence[Verdict], mapping: Mapping[str, str]) -> None:
    """Adds the verdicts to the feed's counts and its report."""
    for verdict in verdicts:
        if verdict.outcome is None:
            feed.refused += 1
        elif verdict.outcome is UpsertOutcome.NEW:
            feed.new += 1
        elif verdict.outcome is UpsertOutcome.CHANGED:
            feed.changed += 1
        else:
            feed.unchanged += 1
    feed.done_rows += len(verdicts)
    feed.last_progress_at = now()
    if feed.refused <= MOST_FAULTY_ROWS:
        faults = [row for verdict in verdicts for row in _faults(feed.id, verdict, mapping)]
        if faults:
            session().execute(_INSERT, faults)


def _upsert(rows: Sequence[Judged], source: ChunkSource) -> list[Upserted | None]:
    """What became of each; None for one that the database itself refuses, which stops no other."""
    contents: list[PermitContent] = [one.content for one in rows if one.content is not None]
    if not contents:
        return []
    try:
        with unit_of_work():
            by = UpsertSource(source.feed_id, source.as_of, source.by)
            return list(upsert_permits(contents, by))
    except (IntegrityError, DataError) as error:
        if len(rows) == 1:
            log.warning("permit_not_stored", row=rows[0].number, kind=type(error).__name__)
            return [None]
        half = len(rows) // 2
        return _upsert(rows[:half], source) + _upsert(rows[half:], source)


def _verdict(judged: Judged, upserted: Upserted | None, is_dry_run: bool) -> Verdict:
    if judged.content is None:
        return Verdict(judged, None, None)
    if upserted is None:
        judged.problems = [Problem("", "permit-not-stored")]
        return Verdict(judged, None, None)
    if upserted.outcome is UpsertOutcome.OUTDATED:
        judged.warnings.append(Problem("", "permit-newer-known"))
    return Verdict(judged, upserted.outcome, None if is_dry_run else upserted.permit_id)


def _faults(feed_id: UUID, verdict: Verdict, mapping: Mapping[str, str]) -> list[dict[str, Any]]:
    judged = verdict.judged
    found = judged.problems if verdict.outcome is None else judged.warnings
    return [
        {
            "feed_id": feed_id,
            "row": judged.number,
            "seq": seq,
            "column_name": _column(problem.pointer, mapping),
            "code": problem.code,
            "params": problem.params,
            "is_warning": verdict.outcome is not None,
        }
        for seq, problem in enumerate(found)
    ]


def _column(pointer: str, mapping: Mapping[str, str]) -> str | None:
    field = pointer.removeprefix("/")
    return mapping.get(field, field)[:120] if field else None
