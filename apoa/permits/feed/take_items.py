"""Takes over the permits of one call: judged one by one, stored together, told at once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import NotAllowed
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.permits.feed.chunk import ChunkSource, Verdict, add_verdicts, judge_and_store
from apoa.permits.feed.columns import FIELDS
from apoa.permits.feed.judge import Judge
from apoa.permits.feed.models import FeedKind, FeedSource, FeedState, PermitFeed
from apoa.permits.feed.receive import require_past

_SAME_NAMES: Mapping[str, str] = {field: field for field in FIELDS}


@dataclass(frozen=True)
class TakenItems:
    """The feed that the call made, and what became of each item, in their order."""

    feed_id: UUID
    verdicts: list[Verdict]


def take_items(
    actor: Actor, items: Sequence[Any], *, data_as_of: datetime | None, is_dry_run: bool
) -> TakenItems:
    """One commit for all. Faulty items stop no other. `actor` is of one office.

    Raises NotAllowed, and InvalidInput for data of a time that has not come.
    """
    office_id = next(iter(actor.office_roles), None)
    if office_id is None:
        raise NotAllowed(Action.IMPORT_PERMITS.value)
    require(actor, Action.IMPORT_PERMITS, office_id=office_id)
    require_past(data_as_of)
    with unit_of_work():
        feed = _feed(actor, office_id, items, data_as_of, is_dry_run)
        source = ChunkSource(
            feed_id=feed.id,
            as_of=data_as_of or feed.created_at,
            by=actor.user_id,
            is_dry_run=is_dry_run,
            mapping=_SAME_NAMES,
        )
        verdicts = judge_and_store(source, Judge().judge_items(items))
        add_verdicts(feed, verdicts, _SAME_NAMES)
        feed.state = FeedState.DONE
        feed.ended_at = now()
        record(
            "permit_feed_done",
            subject_type="permit_feed",
            subject_id=feed.id,
            office_id=office_id,
            dry_run=is_dry_run,
            new=feed.new,
            changed=feed.changed,
            unchanged=feed.unchanged,
            refused=feed.refused,
        )
        return TakenItems(feed.id, verdicts)


def _feed(
    actor: Actor,
    office_id: UUID,
    items: Sequence[Any],
    data_as_of: datetime | None,
    is_dry_run: bool,
) -> PermitFeed:
    content = json.dumps(items, sort_keys=True, separators=(",", ":")).encode()
    moment = now()
    feed = PermitFeed(
        id=new_id(),
        state=FeedState.RUNNING,
        kind=FeedKind.JSON,
        source=FeedSource.API,
        is_dry_run=is_dry_run,
        file_name=None,
        file_bytes=len(content),
        file_digest=sha256(content).digest(),
        reading={},
        mapping={},
        total=len(items),
        done_rows=0,
        new=0,
        changed=0,
        unchanged=0,
        refused=0,
        data_as_of=data_as_of,
        started_by=actor.user_id,
        office_id=office_id,
        created_at=moment,
        started_at=moment,
        last_progress_at=moment,
        failure_params={},
    )
    session().add(feed)
    session().flush()
    return feed
