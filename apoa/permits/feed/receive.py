"""Takes in a feed's file: tells its kind, keeps it sealed, and reads its headings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy import select

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, Problem
from apoa.base.ids import new_id
from apoa.base.names import clean_text
from apoa.db.base import session
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work
from apoa.permits.feed.columns import guess_mapping
from apoa.permits.feed.models import FeedSource, FeedState, PermitFeed
from apoa.permits.feed.open_table import open_table
from apoa.permits.feed.pieces import open_stored, store_file
from apoa.permits.feed.table import tell_kind

SAMPLE_ROWS = 3
_REASON = "permit feed"
# Clocks of two machines differ; what lies further ahead is a mistake.
_AHEAD = timedelta(minutes=10)


@dataclass(frozen=True)
class Preview:
    """What a file shows before it is taken over: its headings, and the cells of its first rows."""

    headings: tuple[str, ...]
    guessed: dict[str, str]
    samples: list[list[str]]


def receive_feed(
    actor: Actor | None,
    file: BinaryIO,
    *,
    file_name: str | None,
    source: FeedSource,
    office_id: UUID | None,
    data_as_of: datetime | None,
    reading: Mapping[str, Any] | None = None,
) -> UUID:
    """Keeps the file as a feed that waits to be started; gives its id.

    `actor` is None for the operator's command. Raises NotAllowed, and InvalidInput for a file that
    is empty, too large, or of no kind that is read here.
    """
    if actor is not None:
        require(actor, Action.IMPORT_PERMITS, office_id=office_id)
    require_past(data_as_of)
    kind = tell_kind(file)
    feed_id = new_id()
    with unit_of_work(), scope_everywhere(_REASON):
        feed = PermitFeed(
            id=feed_id,
            state=FeedState.UPLOADED,
            kind=kind,
            source=source,
            is_dry_run=False,
            file_name=_clean_name(file_name),
            file_bytes=0,
            file_digest=b"",
            reading=dict(reading or {}),
            mapping={},
            data_as_of=data_as_of,
            started_by=actor.user_id if actor else None,
            office_id=office_id,
            created_at=now(),
            failure_params={},
        )
        session().add(feed)
        session().flush()
        feed.file_bytes, feed.file_digest = store_file(feed_id, file)
        record(
            "permit_feed_received",
            subject_type="permit_feed",
            subject_id=feed_id,
            office_id=office_id,
            kind=str(kind),
            bytes=feed.file_bytes,
        )
    return feed_id


def preview_feed(feed: PermitFeed, reading: Mapping[str, Any] | None = None) -> Preview:
    """The headings and the first rows of a kept file. Raises InvalidInput where it is unreadable.

    `reading` in place of what the feed says.
    """
    file = open_stored(feed.id, feed.file_bytes)
    table = open_table(file, feed.kind, feed.reading if reading is None else reading)
    rows = [line.cells for line in islice(table.rows, SAMPLE_ROWS)]
    samples = [["" if cell is None else str(cell)[:60] for cell in row] for row in rows]
    return Preview(table.headings, guess_mapping(table.headings), samples)


def find_same_file(digest: bytes, but: UUID) -> PermitFeed | None:
    """The newest feed of the very same content that was taken over wholly."""
    return session().scalar(
        select(PermitFeed)
        .where(
            PermitFeed.file_digest == digest,
            PermitFeed.id != but,
            PermitFeed.state == FeedState.DONE,
            PermitFeed.is_dry_run.is_(False),
        )
        .order_by(PermitFeed.created_at.desc())
        .limit(1)
    )


def require_past(data_as_of: datetime | None) -> None:
    """Raises InvalidInput for data of a time that has not come."""
    if data_as_of is not None and data_as_of > now() + _AHEAD:
        raise InvalidInput([Problem("/data_as_of", "feed-as-of-ahead")])


def _clean_name(name: str | None) -> str | None:
    """The last part of a file's name, for people to recognise it by."""
    if not name:
        return None
    try:
        return clean_text(name.replace("\\", "/").rpartition("/")[2])[:200] or None
    except ValueError:
        return None
