"""Guests a lodging's system has in house and has not reported: it is told before time runs out.

Of a guest who was never reported nothing is known, so no deadline can be watched. Only when a
reconciliation names somebody whom we do not have do reference and check-in become known: those
two alone are kept, for `deadline.approaching` and `deadline.missed`, and nobody but the lodging
reads them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import case, delete, exists, or_, select
from sqlalchemy.dialects.postgresql import insert

from apoa.base.clock import now
from apoa.db.base import session
from apoa.db.scope import scope_everywhere, scope_of_property
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.announced_models import AnnouncedArrival
from apoa.stays.deadlines import read_timetable, read_timetables, ruling_office
from apoa.stays.models import Stay
from apoa.stays.queries import Lodging
from apoa.webhooks.announce import NewEvent, announce

APPROACHING = timedelta(hours=4)
_KEPT_AFTER = timedelta(days=7)
_AT_ONCE = 1000


def note_unreported(lodging: Lodging, arrivals: Mapping[str, datetime]) -> None:
    """These guests, by client reference with their check-in, are in house and not reported.

    They replace those named before. A lodging that nobody listens to leaves nothing behind. Part
    of the act that compares the lists: called inside its unit of work.
    """
    if not lodging.is_listened_to:
        return
    owned = AnnouncedArrival.property_id == lodging.property_id
    in_order = select(AnnouncedArrival.client_ref).order_by(AnnouncedArrival.client_ref)
    # In the order of an act on outages, so that neither waits for the other.
    session().execute(in_order.where(owned).with_for_update()).all()
    session().execute(
        delete(AnnouncedArrival).where(owned, AnnouncedArrival.client_ref.not_in(list(arrivals)))
    )
    if not arrivals:
        return
    moment = now()
    office_id = ruling_office(lodging.property_id, lodging.office_id)
    timetable = read_timetable(office_id, min(arrivals.values()))
    rows = [
        {
            "property_id": lodging.property_id,
            "client_ref": client_ref,
            "office_id": lodging.office_id,
            "checked_in_at": checked_in_at,
            "due_at": timetable.deadline_of(checked_in_at).due_at,
            "announced_at": moment,
            "approaching_at": None,
            "missed_at": None,
        }
        for client_ref, checked_in_at in sorted(arrivals.items())
    ]
    statement = insert(AnnouncedArrival)
    new = statement.excluded
    # A reference that is named again keeps what was told of it, unless its check-in changed.
    is_same = AnnouncedArrival.checked_in_at == new.checked_in_at
    session().execute(
        statement.on_conflict_do_update(
            index_elements=[AnnouncedArrival.property_id, AnnouncedArrival.client_ref],
            set_={
                name: new[name] for name in ("checked_in_at", "due_at", "announced_at", "office_id")
            }
            | {
                "approaching_at": case((is_same, AnnouncedArrival.approaching_at)),
                "missed_at": case((is_same, AnnouncedArrival.missed_at)),
            },
            where=or_(~is_same, AnnouncedArrival.due_at != new.due_at),
        ),
        rows,
    )


def move_announced(starts_at: datetime, until: datetime) -> None:
    """Says anew by when guests are due whose time to be reported an outage of those hours cut.

    Part of the act that changes the outage: called inside its unit of work, which sees all.
    """
    arrivals = (
        session()
        .scalars(
            select(AnnouncedArrival)
            .where(
                AnnouncedArrival.missed_at.is_(None),
                AnnouncedArrival.due_at > starts_at,
                AnnouncedArrival.checked_in_at < until,
            )
            .order_by(AnnouncedArrival.property_id, AnnouncedArrival.client_ref)
            .with_for_update()
        )
        .all()
    )
    _say_when_due(arrivals)


def tell_of_deadlines() -> int:
    """Tells of deadlines that are less than four hours away, and of those that have passed.

    Each once; who has been reported meanwhile is forgotten. Says how many events. For a job every
    few minutes.
    """
    moment = now()
    near = AnnouncedArrival.approaching_at.is_(None) & (
        AnnouncedArrival.due_at <= moment + APPROACHING
    )
    with unit_of_work(), scope_everywhere("deadlines of announced guests"):
        session().execute(
            delete(AnnouncedArrival).where(AnnouncedArrival.due_at < moment - _KEPT_AFTER)
        )
        rows = session().execute(
            select(AnnouncedArrival.property_id, AnnouncedArrival.client_ref)
            .where(
                AnnouncedArrival.missed_at.is_(None),
                or_(near, AnnouncedArrival.due_at <= moment),
            )
            .order_by(AnnouncedArrival.due_at)
            .limit(_AT_ONCE)
        )
        found = [(row.property_id, row.client_ref) for row in rows]
    return sum(_tell_of(property_id, client_ref, moment) for property_id, client_ref in found)


def _tell_of(property_id: UUID, client_ref: str, moment: datetime) -> bool:
    with scope_of_property(property_id), unit_of_work():
        arrival = session().scalar(
            select(AnnouncedArrival)
            .where(
                AnnouncedArrival.property_id == property_id,
                AnnouncedArrival.client_ref == client_ref,
            )
            .with_for_update()
        )
        if arrival is None or arrival.missed_at is not None:
            return False
        if _is_reported(property_id, client_ref):
            session().delete(arrival)
            return False
        # An outage that lasts moves it on and on.
        _say_when_due([arrival])
        if arrival.due_at <= moment:
            kind, arrival.missed_at = "deadline.missed", moment
        elif arrival.due_at <= moment + APPROACHING and arrival.approaching_at is None:
            kind, arrival.approaching_at = "deadline.approaching", moment
        else:
            return False
        event = NewEvent(
            property_id=property_id,
            office_id=arrival.office_id,
            type=kind,
            data={"client_ref": client_ref, "due_at": arrival.due_at.isoformat()},
            occurred_at=moment,
        )
        session().flush()
        announce([event])
        return True


def _say_when_due(arrivals: Sequence[AnnouncedArrival]) -> None:
    timetables = read_timetables(
        (one.property_id, one.office_id, one.checked_in_at) for one in arrivals
    )
    for one in arrivals:
        one.due_at = timetables[one.property_id].deadline_of(one.checked_in_at).due_at


def _is_reported(property_id: UUID, client_ref: str) -> bool:
    reported = exists().where(Stay.property_id == property_id, Stay.client_ref == client_ref)
    return bool(session().scalar(select(reported)))
