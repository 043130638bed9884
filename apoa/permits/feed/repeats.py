"""Which rows of a feed write a permit that an earlier row of the same feed wrote: they are told."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from apoa.base.errors import Problem
from apoa.db.base import session
from apoa.permits.feed.judge import Judged
from apoa.permits.models import PermitHistory
from apoa.permits.upsert import WRITTEN, Upserted, UpsertOutcome


def warn_of_repeats(
    feed_id: UUID, rows: Sequence[Judged], upserted: Sequence[Upserted | None]
) -> None:
    """Warns at each such row; the last of them stands. What repeats the same writes nothing.

    In the transaction that wrote them, since a permit's history tells who wrote it.
    """
    pairs = [
        (row, done)
        for row, done in zip(rows, upserted, strict=True)
        if done is not None and done.outcome in WRITTEN
    ]
    changed = {done.permit_id for _, done in pairs if done.outcome is UpsertOutcome.CHANGED}
    if not changed:
        return
    counted = session().execute(
        select(PermitHistory.permit_id, func.count())
        .where(PermitHistory.permit_id.in_(changed), PermitHistory.feed_id == feed_id)
        .group_by(PermitHistory.permit_id)
    )
    written: dict[UUID, int] = {row[0]: row[1] for row in counted}
    here = Counter(done.permit_id for _, done in pairs)
    for row, done in pairs:
        # How often this feed had written the permit before this row.
        before = written.get(done.permit_id, 0) - here[done.permit_id]
        here[done.permit_id] -= 1
        if before > 0:
            row.warnings.append(Problem("/number", "permit-number-twice"))
