"""Declared outages: the directorate says when nobody could report, and deadlines move by that.

Who reported in the time that a declaration gave stays in time, also when it is withdrawn: for
reports that came before that it still counts (`Timetable.deadline_for`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select

import apoa.stays.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotFound, Problem, StateConflict
from apoa.base.ids import new_id
from apoa.base.problems import ProblemText, register_problems
from apoa.base.schema import InputSchema, Text
from apoa.db.base import session
from apoa.db.jobs import defer
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.move_deadlines import SETTLE, move_deadlines
from apoa.stays.outage_models import Outage
from apoa.stays.reasons import LONGEST_REASON, read_reason
from apoa.stays.schema_fields import Instant

SHOWN_FOR = timedelta(days=90)

register_problems(
    {
        "outage-order": ProblemText(
            "Akhir gangguan harus sesudah awalnya.", "An outage must end after it began."
        ),
        "outage-in-future": ProblemText(
            "Gangguan hanya dinyatakan setelah terjadi.",
            "An outage is declared only once it has begun.",
        ),
        "outage-over": ProblemText("Gangguan ini sudah berakhir.", "This outage is over."),
        "outage-withdrawn": ProblemText(
            "Pernyataan gangguan ini sudah ditarik kembali.", "This outage has been withdrawn."
        ),
    }
)


class OutageEndSchema(InputSchema):
    """When an outage was over."""

    ends_at = Instant(required=True)


class OutageWithdrawalSchema(InputSchema):
    """Why it was no outage."""

    reason = Text(LONGEST_REASON, required=True)


class OutageSchema(InputSchema):
    """What is declared; without `ends_at` it lasts until further notice."""

    starts_at = Instant(required=True)
    ends_at = Instant(load_default=None, allow_none=True)
    reason = Text(LONGEST_REASON, required=True)


@dataclass(frozen=True)
class OutageView:
    """A declared outage; `ends_at` is None while it lasts. A withdrawn one counts no more."""

    id: UUID
    starts_at: datetime
    ends_at: datetime | None
    reason: str
    declared_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_reason: str | None = None


def declare_outage(
    actor: Actor, *, starts_at: datetime, ends_at: datetime | None, reason: str
) -> OutageView:
    """Says that nobody could report from then until then, or until further notice.

    No deadline ran meanwhile: those of stays reported already move too. Raises NotAllowed,
    InvalidInput.
    """
    require(actor, Action.DECLARE_OUTAGES)
    faults, words = _faults(starts_at, ends_at), ""
    try:
        words = read_reason(reason, needed=True) or ""
    except InvalidInput as error:
        faults += error.problems
    if faults:
        raise InvalidInput(faults)
    with unit_of_work():
        outage = Outage(
            id=new_id(),
            starts_at=starts_at,
            ends_at=ends_at,
            reason=words,
            declared_by=actor.user_id,
            declared_at=now(),
        )
        session().add(outage)
        view = _view(outage)
        _apply("declare_outage", view)
        return view


def end_outage(actor: Actor, outage_id: UUID, ends_at: datetime) -> OutageView:
    """Says when an outage that lasts was over. Raises NotAllowed, NotFound, InvalidInput, and
    StateConflict for one that has an end already or was withdrawn.
    """
    require(actor, Action.DECLARE_OUTAGES)
    with unit_of_work():
        outage = _lock(outage_id)
        if outage.ends_at is not None:
            raise StateConflict.because("outage-over")
        faults = _faults(outage.starts_at, ends_at)
        if faults:
            raise InvalidInput(faults)
        outage.ends_at = ends_at
        view = _view(outage)
        _apply("end_outage", view)
        return view


def withdraw_outage(actor: Actor, outage_id: UUID, reason: str) -> OutageView:
    """Takes back what was declared by mistake: no deadline moves by it any more.

    Those that it had moved are as before, except for reports that came in the time it gave.
    Raises NotAllowed, NotFound, InvalidInput, and StateConflict for one that was withdrawn.
    """
    require(actor, Action.DECLARE_OUTAGES)
    words = read_reason(reason, needed=True)
    with unit_of_work():
        outage = _lock(outage_id)
        outage.withdrawn_at, outage.withdrawn_by = now(), actor.user_id
        outage.withdrawn_reason = words
        view = _view(outage)
        _apply("withdraw_outage", view)
        return view


def list_outages(*, also_withdrawn: bool = False) -> list[OutageView]:
    """What lasts or ended in the last 90 days, the newest first; open to everybody."""
    since = now() - SHOWN_FOR
    statement = select(Outage).where(or_(Outage.ends_at.is_(None), Outage.ends_at > since))
    if not also_withdrawn:
        statement = statement.where(Outage.withdrawn_at.is_(None))
    rows = session().scalars(statement.order_by(Outage.starts_at.desc(), Outage.id))
    return [_view(row) for row in rows]


def _lock(outage_id: UUID) -> Outage:
    outage = session().scalar(select(Outage).where(Outage.id == outage_id).with_for_update())
    if outage is None:
        raise NotFound("outage")
    if outage.withdrawn_at is not None:
        raise StateConflict.because("outage-withdrawn")
    return outage


def _apply(act: str, outage: OutageView) -> None:
    session().flush()
    moved = move_deadlines(outage.starts_at, outage.ends_at)
    defer(SETTLE, outage_id=outage.id)
    record(
        act,
        subject_type="outage",
        subject_id=outage.id,
        starts_at=outage.starts_at.isoformat(),
        ends_at=outage.ends_at.isoformat() if outage.ends_at else None,
        purpose=outage.withdrawn_reason,
        deadlines_moved=moved,
    )


def _faults(starts_at: datetime, ends_at: datetime | None) -> list[Problem]:
    found = []
    for name, value in (("starts_at", starts_at), ("ends_at", ends_at)):
        if value is None:
            continue
        if value.utcoffset() is None:
            found.append(Problem(f"/{name}", "invalid-instant"))
        elif value > now():
            found.append(Problem(f"/{name}", "outage-in-future"))
    if not found and ends_at is not None and ends_at <= starts_at:
        found.append(Problem("/ends_at", "outage-order"))
    return found


def _view(row: Outage) -> OutageView:
    return OutageView(
        row.id,
        row.starts_at,
        row.ends_at,
        row.reason,
        row.declared_at,
        row.withdrawn_at,
        row.withdrawn_reason,
    )
