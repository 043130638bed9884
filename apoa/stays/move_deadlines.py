"""Moves the deadlines of whoever an outage kept from reporting: at once, and again a moment later.

Whoever was storing a report just then had read the outages as they were, and nobody else sees the
stay before it is committed. To make reports wait for the act, or it for them, would cost every
report; so a job looks again when all who were at work have ended.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select, text, update

from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.db.base import session
from apoa.db.core import rows_of
from apoa.db.jobs import defer
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.announced import move_announced
from apoa.stays.deadlines import Timetable, read_timetables
from apoa.stays.models import Stay
from apoa.stays.outage_models import Outage

SETTLE = "settle_outage"
_WAIT = timedelta(seconds=5)
_BATCH = 1000
# The oldest transaction that is writing, and the number that the next one will get.
_AT_WORK = text(
    "SELECT pg_snapshot_xmin(one)::text::bigint, pg_snapshot_xmax(one)::text::bigint"
    " FROM pg_current_snapshot() AS one"
)


def move_deadlines(starts_at: datetime, ends_at: datetime | None) -> int:
    """Judges anew the stays whose time to report was cut by the outage; says how many moved.

    Guests who are announced and not reported yet have a deadline too. Stays of sandboxes move and
    are not counted, since officers read the count. Part of the act that is open.
    """
    until = ends_at or now()
    moved = 0
    with scope_everywhere("declared outage"):
        move_announced(starts_at, until)
        last: tuple[UUID, UUID] | None = None
        while rows := _affected(starts_at, until, last):
            last = (rows[-1].property_id, rows[-1].id)
            timetables = read_timetables(
                (row.property_id, row.office_id, row.checked_in_at) for row in rows
            )
            of_moved = [row.office_id for row in rows if _move(row, timetables[row.property_id])]
            moved += sum(one != SANDBOX_OFFICE_ID for one in of_moved)
    return moved


def settle_outage(outage_id: UUID, begun_before: int | None = None) -> None:
    """Moves what was on its way while an act on this outage moved the rest.

    A job that the act leaves. Whoever may not have seen the act is older than the first transaction
    after it; while one of those is at work the job is left again. A report is counted among them
    before it reads the outages, since it holds its lodging (`get_lodging`).
    """
    with unit_of_work():
        [(oldest, coming)] = rows_of(_AT_WORK)
        begun_before = begun_before or coming
        if oldest < begun_before:
            defer(SETTLE, at=now() + _WAIT, outage_id=outage_id, begun_before=begun_before)
            return
        outage = session().get_one(Outage, outage_id)
        moved = move_deadlines(outage.starts_at, outage.ends_at)
        if moved:
            record(
                SETTLE,
                subject_type="outage",
                subject_id=outage_id,
                deadlines_moved=moved,
            )


def _affected(
    starts_at: datetime, until: datetime, last: tuple[UUID, UUID] | None
) -> Sequence[Stay]:
    statement = select(Stay).where(Stay.due_at > starts_at, Stay.checked_in_at < until)
    if last is not None:
        property_id, stay_id = last
        after = or_(Stay.property_id > property_id, Stay.id > stay_id)
        statement = statement.where(Stay.property_id >= property_id, after)
    return (
        session()
        .scalars(statement.order_by(Stay.property_id, Stay.id).limit(_BATCH).with_for_update())
        .all()
    )


def _move(stay: Stay, timetable: Timetable) -> bool:
    deadline = timetable.deadline_for(stay.checked_in_at, stay.first_received_at)
    state = deadline.state_at(stay.first_received_at)
    if (deadline.due_at, state) == (stay.due_at, stay.deadline_state):
        return False
    session().execute(
        update(Stay)
        .where(Stay.property_id == stay.property_id, Stay.id == stay.id)
        .values(due_at=deadline.due_at, deadline_state=state)
        .execution_options(synchronize_session=False)
    )
    return True
