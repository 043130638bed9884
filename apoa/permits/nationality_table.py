"""The directorate's lists of nationalities: who is on them, and from when until when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, or_, select

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now, today
from apoa.base.errors import InvalidInput, NotFound, StateConflict
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.db.unit_of_work import add_unless_taken, unit_of_work
from apoa.permits.schemas import ListingInput
from apoa.permits.table_models import NationalityListEntry, NationalityListName
from apoa.permits.tell import lists_changed

_CAPITAL = "Asia/Jakarta"


@dataclass(frozen=True)
class ListingView:
    """A nationality on a list; `effective_until` is its last day, inclusive."""

    id: UUID
    list: str
    nationality: str
    effective_from: date
    effective_until: date | None
    source: str | None
    is_in_force: bool
    is_ahead: bool


def list_nationalities(actor: Actor, name: NationalityListName) -> list[ListingView]:
    """Every row of one list: by nationality, the newest first. Raises NotAllowed."""
    require(actor, Action.EDIT_PERMIT_TABLES)
    rows = session().scalars(
        select(NationalityListEntry)
        .where(NationalityListEntry.list == name)
        .order_by(NationalityListEntry.nationality, NationalityListEntry.effective_from.desc())
    )
    on = today(_CAPITAL)
    return [_view(row, on) for row in rows]


def add_nationality(actor: Actor, given: ListingInput) -> UUID:
    """Puts a nationality on a list from a day on, which may be past. Gives the row's id.

    Raises NotAllowed, StateConflict (it is on the list then, or gets on it later).
    """
    require(actor, Action.EDIT_PERMIT_TABLES)
    with unit_of_work():
        row = NationalityListEntry(
            id=new_id(),
            list=given.list,
            nationality=given.nationality,
            effective_from=given.effective_from,
            effective_until=None,
            source=given.source,
            created_by=actor.user_id,
            created_at=now(),
            ended_by=None,
            ended_at=None,
        )
        taken = exists().where(
            NationalityListEntry.list == given.list,
            NationalityListEntry.nationality == given.nationality,
            or_(
                NationalityListEntry.effective_until.is_(None),
                NationalityListEntry.effective_until >= given.effective_from,
            ),
        )
        already = StateConflict.because("nationality-already-listed", "/nationality")
        if session().scalar(select(taken)):
            raise already
        add_unless_taken(row, already)
        _record("add_nationality", row, given.effective_from)
        lists_changed()
        return row.id


def end_nationality(actor: Actor, entry_id: UUID, last_on: date) -> None:
    """Takes a nationality off a list after a last day, which may be past.

    Raises NotAllowed, NotFound, StateConflict (it was ended already), InvalidInput (before its
    first day).
    """
    require(actor, Action.EDIT_PERMIT_TABLES)
    with unit_of_work():
        row = session().get(NationalityListEntry, entry_id, with_for_update=True)
        if row is None:
            raise NotFound("nationality list entry")
        if row.effective_until is not None:
            raise StateConflict.because("nationality-list-ended", "/effective_until")
        if last_on < row.effective_from:
            raise InvalidInput.because(
                "end-before-begin", "/effective_until", begins_on=row.effective_from.isoformat()
            )
        row.effective_until = last_on
        row.ended_by = actor.user_id
        row.ended_at = now()
        _record("end_nationality", row, last_on)
        lists_changed()


def _record(action: str, row: NationalityListEntry, day: date) -> None:
    record(
        action,
        subject_type="nationality_list",
        subject_id=row.id,
        list=row.list,
        nationality=row.nationality,
        day=day.isoformat(),
    )


def _view(row: NationalityListEntry, on: date) -> ListingView:
    ended = row.effective_until is not None and row.effective_until < on
    ahead = row.effective_from > on
    return ListingView(
        id=row.id,
        list=row.list,
        nationality=row.nationality,
        effective_from=row.effective_from,
        effective_until=row.effective_until,
        source=row.source,
        is_in_force=not ended and not ahead,
        is_ahead=ahead,
    )
