"""Sends the invented permits to the register as feeds of several days, the last of today."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from apoa.base.clock import local_date, now, pretend, today
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.demo.course import Course
from apoa.permits.content import PermitContent
from apoa.permits.feed.models import FeedKind, FeedSource, FeedState, PermitFeed
from apoa.permits.incoming import UpsertSource
from apoa.permits.upsert import UpsertOutcome, upsert_permits

# How long ago the sender's register stood as each feed says; the newest is of this morning.
FEEDS_AGO = (
    timedelta(days=60),
    timedelta(days=30),
    timedelta(days=10),
    timedelta(days=3),
    timedelta(minutes=90),
)
TAKEN_OVER_AFTER = timedelta(minutes=20)
AT_ONCE = 2000
ZONE = "Asia/Jakarta"


def send_feeds(courses: Sequence[Course], say: Callable[[int], None]) -> None:
    """Takes over what each feed says that the one before did not.

    `say` hears how many permits were taken over so far.
    """
    sent: dict[int, PermitContent] = {}
    taken = 0
    for ago in FEEDS_AGO:
        as_of = now() - ago
        # The newest is of today also in the first hours of a day.
        on = today(ZONE) - timedelta(days=ago.days)
        known = {place: course.on(on) for place, course in enumerate(courses)}
        news = {
            place: permit
            for place, permit in known.items()
            if permit is not None and sent.get(place) != permit
        }
        with pretend(as_of + TAKEN_OVER_AFTER):
            feed_id = new_id()
            counts: Counter[str] = Counter()
            contents = list(news.values())
            for start in range(0, len(contents), AT_ONCE):
                piece = contents[start : start + AT_ONCE]
                counts.update(_take_over(piece, feed_id, as_of))
                taken += len(piece)
                say(taken)
            _note(feed_id, as_of, counts)
        sent |= news


def _take_over(piece: Sequence[PermitContent], feed_id: UUID, as_of: datetime) -> list[str]:
    done = upsert_permits(piece, UpsertSource(feed_id, as_of))
    session().expunge_all()
    return [one.outcome for one in done]


def _note(feed_id: UUID, as_of: datetime, counts: Counter[str]) -> None:
    """The feed as the page of feeds lists it; its file was never there."""
    at = now()
    total = counts.total()
    name = f"contoh-izin-tinggal-{local_date(as_of, ZONE).isoformat()}.csv"
    session().add(
        PermitFeed(
            id=feed_id,
            state=FeedState.DONE,
            kind=FeedKind.CSV,
            source=FeedSource.COMMAND,
            is_dry_run=False,
            file_name=name,
            file_bytes=0,
            file_digest=hashlib.sha256(name.encode()).digest(),
            reading={},
            mapping={},
            total=total,
            done_rows=total,
            new=counts[UpsertOutcome.NEW],
            changed=counts[UpsertOutcome.CHANGED],
            unchanged=total - counts[UpsertOutcome.NEW] - counts[UpsertOutcome.CHANGED],
            data_as_of=as_of,
            started_by=None,
            office_id=None,
            created_at=at,
            started_at=at,
            ended_at=at,
            last_progress_at=at,
        )
    )
    session().flush()
