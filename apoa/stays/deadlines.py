"""By when a check-in is to be reported: rules with an effective date, an office's before all's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, null, or_, select

import apoa.stays.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotFound, Problem, StateConflict
from apoa.base.ids import SANDBOX_OFFICE_ID, new_id
from apoa.db.base import session
from apoa.db.core import rows_of
from apoa.db.unit_of_work import add_unless_taken, unit_of_work
from apoa.offices.models import Office
from apoa.offices.queries import find_office_for_region
from apoa.properties.models import Property
from apoa.stays.models import DeadlineRule, DeadlineState, Instant
from apoa.stays.outage_models import Outage

DEFAULT_HOURS = 24
SHORTEST_HOURS, LONGEST_HOURS = 1, 720
# The directorate's own clock decides when a day begins for all.
_CAPITAL = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True)
class DeadlineView:
    """A rule: hours after check-in, for check-ins from `effective_from`; for one office or all."""

    id: UUID
    office_id: UUID | None
    office_name: str | None
    hours: int
    effective_from: datetime
    created_at: datetime
    is_in_force: bool


@dataclass(frozen=True)
class Deadline:
    """By when a report is due, and by when it would be had there been no declared outage."""

    due_at: datetime
    ordinary_due_at: datetime

    def state_at(self, first_received_at: datetime) -> DeadlineState:
        """Whether a report received then came in time, perhaps only thanks to an outage."""
        if first_received_at <= self.ordinary_due_at:
            return DeadlineState.ON_TIME
        in_time = first_received_at <= self.due_at
        return DeadlineState.EXTENDED if in_time else DeadlineState.LATE


def due_at(office_id: UUID, checked_in_at: datetime) -> datetime:
    """By when a guest who checked in then, in that office's area, is to be reported."""
    return deadline_of(office_id, checked_in_at).due_at


def deadline_of(office_id: UUID, checked_in_at: datetime) -> Deadline:
    """The deadline of a check-in then, in that office's area; no hour of an outage counts."""
    return read_timetable(office_id, checked_in_at).deadline_of(checked_in_at)


@dataclass(frozen=True)
class Timetable:
    """What decides the deadlines of an office's area: its rules and the outages, read once.

    A rule is (whether it is for all offices, from when, hours); an outage is (from when, until
    when, when it was withdrawn).
    """

    rules: list[tuple[bool, datetime, int]]
    outages: list[tuple[datetime, datetime, datetime | None]]

    def deadline_of(self, checked_in_at: datetime) -> Deadline:
        """The deadline of a check-in then that is still to be reported."""
        standing = [one[:2] for one in self.outages if one[2] is None]
        return self._deadline(checked_in_at, standing)

    def deadline_for(self, checked_in_at: datetime, first_received_at: datetime) -> Deadline:
        """The deadline of a check-in then that was reported then.

        Who reported before an outage was withdrawn had its hours too, where they are needed.
        """
        deadline = self.deadline_of(checked_in_at)
        if first_received_at <= deadline.due_at:
            return deadline
        promised = [one[:2] for one in self.outages if one[2] is None or first_received_at < one[2]]
        relied_on = self._deadline(checked_in_at, promised)
        return relied_on if first_received_at <= relied_on.due_at else deadline

    def _deadline(
        self, checked_in_at: datetime, outages: list[tuple[datetime, datetime]]
    ) -> Deadline:
        in_force = [one for one in self.rules if one[1] <= checked_in_at]
        # The office's own before those for all; of each the latest.
        rule = max(in_force, key=lambda one: (not one[0], one[1]), default=None)
        length = timedelta(hours=DEFAULT_HOURS if rule is None else rule[2])
        # In UTC: an hour is an hour also where clocks are changed meanwhile.
        ordinary = checked_in_at.astimezone(UTC) + length
        return Deadline(_extended(checked_in_at, ordinary, sorted(outages)), ordinary)


# An outage that lasts cuts the time until now; one that lasted when it was withdrawn, until then.
_UNTIL = func.coalesce(Outage.ends_at, Outage.withdrawn_at, bindparam("now", type_=Instant))
# One statement for ever, so that it is compiled once.
_TIMETABLE = (
    select(
        DeadlineRule.office_id.is_(None),
        DeadlineRule.effective_from,
        DeadlineRule.hours,
        null().label("ends_at"),
        null().label("withdrawn_at"),
    )
    .where(or_(DeadlineRule.office_id == bindparam("office_id"), DeadlineRule.office_id.is_(None)))
    .union_all(
        select(null(), Outage.starts_at, null(), _UNTIL, Outage.withdrawn_at).where(
            bindparam("earliest", type_=Instant) < _UNTIL
        )
    )
)


def read_timetable(office_id: UUID, earliest: datetime) -> Timetable:
    """What decides the deadlines of check-ins since `earliest` in that office's area."""
    rows = rows_of(_TIMETABLE, office_id=office_id, earliest=earliest, now=now())
    rules: list[tuple[bool, datetime, int]] = []
    outages: list[tuple[datetime, datetime, datetime | None]] = []
    for is_for_all, starts_at, hours, ends_at, withdrawn_at in rows:
        if hours is not None:
            rules.append((is_for_all, starts_at, hours))
        else:
            outages.append((starts_at, ends_at, withdrawn_at))
    return Timetable(rules, outages)


def read_timetables(check_ins: Iterable[tuple[UUID, UUID, datetime]]) -> dict[UUID, Timetable]:
    """By lodging, what decides the deadlines of these check-ins: (lodging, its office, when)."""
    offices: dict[UUID, UUID] = {}
    earliest: dict[UUID, datetime] = {}
    for property_id, office_id, checked_in_at in check_ins:
        if property_id not in offices:
            offices[property_id] = ruling_office(property_id, office_id)
        ruling = offices[property_id]
        earliest[ruling] = min(checked_in_at, earliest.get(ruling, checked_in_at))
    timetables = {office_id: read_timetable(office_id, at) for office_id, at in earliest.items()}
    return {property_id: timetables[office_id] for property_id, office_id in offices.items()}


def ruling_office(property_id: UUID, office_id: UUID) -> UUID:
    """Whose deadlines count in a lodging: its office's; in a sandbox, the office's of its place."""
    if office_id != SANDBOX_OFFICE_ID:
        return office_id
    place = session().scalar(select(Property.region_code).where(Property.id == property_id))
    return (find_office_for_region(place) if place else None) or office_id


def _extended(
    checked_in_at: datetime, due: datetime, outages: list[tuple[datetime, datetime]]
) -> datetime:
    """The deadline moved by every part of an outage between check-in and deadline, each once."""
    counted_until = checked_in_at
    for starts_at, ends_at in outages:
        if starts_at >= due:
            break
        begin = max(starts_at, counted_until)
        if ends_at > begin:
            due += ends_at - begin
            counted_until = ends_at
    return due


def set_deadline(
    actor: Actor, office_id: UUID | None, hours: int, effective_from: datetime
) -> DeadlineView:
    """Adds a rule for one office, or for all with None. Rules in force are never edited.

    Raises InvalidInput, NotFound (no such office), StateConflict (one begins just then).
    """
    require(actor, Action.EDIT_DEADLINES)
    faults = _faults(hours, effective_from)
    if faults:
        raise InvalidInput(faults)
    with unit_of_work():
        office = session().get(Office, office_id) if office_id else None
        if office_id and office is None:
            raise NotFound("office")
        rule = DeadlineRule(
            id=new_id(),
            office_id=office_id,
            hours=hours,
            effective_from=effective_from,
            created_by=actor.user_id,
            created_at=now(),
        )
        add_unless_taken(rule, StateConflict.because("deadline-already-set", "/effective_from"))
        record(
            "set_deadline",
            subject_type="deadline_rule",
            subject_id=rule.id,
            office_id=office_id,
            hours=hours,
            effective_from=effective_from.isoformat(),
        )
        return _view(rule, office.name if office else None, _in_force([rule]))


def list_deadlines(actor: Actor) -> list[DeadlineView]:
    """Every rule: those for all first, then by office, the newest first."""
    require(actor, Action.EDIT_DEADLINES)
    rows = (
        session()
        .execute(
            select(DeadlineRule, Office.name)
            .outerjoin(Office, Office.id == DeadlineRule.office_id)
            .order_by(Office.name.nulls_first(), DeadlineRule.effective_from.desc())
        )
        .all()
    )
    in_force = _in_force([rule for rule, _ in rows])
    return [_view(rule, name, in_force) for rule, name in rows]


def _faults(hours: int, effective_from: datetime) -> list[Problem]:
    found = []
    if not SHORTEST_HOURS <= hours <= LONGEST_HOURS:
        bounds = {"min": str(SHORTEST_HOURS), "max": str(LONGEST_HOURS)}
        found.append(Problem("/hours", "out-of-range", bounds))
    if effective_from.utcoffset() is None:
        found.append(Problem("/effective_from", "invalid-instant"))
    elif effective_from.astimezone(_CAPITAL).date() < now().astimezone(_CAPITAL).date():
        found.append(Problem("/effective_from", "deadline-in-past"))
    return found


def _in_force(rules: list[DeadlineRule]) -> set[UUID]:
    """Of each office, and of all together, the rule that counts for a check-in now."""
    latest: dict[UUID | None, DeadlineRule] = {}
    for rule in sorted(rules, key=lambda one: one.effective_from):
        if rule.effective_from <= now():
            latest[rule.office_id] = rule
    return {rule.id for rule in latest.values()}


def _view(rule: DeadlineRule, office_name: str | None, in_force: set[UUID]) -> DeadlineView:
    return DeadlineView(
        id=rule.id,
        office_id=rule.office_id,
        office_name=office_name,
        hours=rule.hours,
        effective_from=rule.effective_from,
        created_at=rule.created_at,
        is_in_force=rule.id in in_force,
    )
