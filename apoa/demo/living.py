"""Reports invented stays by the acts that a clerk uses, each at the time it would have happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from apoa.access.actors import Actor
from apoa.access.roles import Role
from apoa.base.clock import local_date, now, pretend
from apoa.demo.lodgings import Lodging
from apoa.demo.people import Person
from apoa.stays.amend import amend_stay
from apoa.stays.cancel import cancel_stay
from apoa.stays.check_out import check_out_stay
from apoa.stays.models import Source
from apoa.stays.report import report_stay
from apoa.stays.schemas import StayReportSchema

NO_DOCUMENT = "Paspor di kantor imigrasi untuk perpanjangan izin."


@dataclass(frozen=True)
class Plan:
    """What a clerk writes of a guest, and when: `left_at` None where nobody reports a check-out.

    `claim` is the kind of permit that the guest names.
    """

    person: Person
    arrived_at: datetime
    leaves_on: date
    received_at: datetime
    entered_on: date
    port: str
    claim: str | None
    left_at: datetime | None = None
    has_document: bool = True
    details: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Lived:
    """A stay as it was reported, and whose it is."""

    plan: Plan
    lodging: Lodging
    stay_id: UUID
    version: int
    is_cancelled: bool = False

    @property
    def arrived_on(self) -> date:
        """The lodging's local day of arrival."""
        return local_date(self.plan.arrived_at, self.lodging.time_zone)

    @property
    def last_known_on(self) -> date:
        """The last day on which the guest is known to be there: of the check-out, else today."""
        return local_date(self.plan.left_at or now(), self.lodging.time_zone)


def at(lodging: Lodging, day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of the lodging's local day."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(lodging.time_zone))


def live(lodging: Lodging, plan: Plan) -> Lived:
    """Reports the stay, and its check-out if there is one. The scope shows the lodging."""
    lived = report(lodging, plan)
    if plan.left_at is not None:
        check_out(lived, plan.left_at)
    return lived


def report(lodging: Lodging, plan: Plan) -> Lived:
    """Reports the arrival."""
    with pretend(plan.received_at):
        read = StayReportSchema().read(mapping_of(plan))
        done = report_stay(_clerk(lodging), lodging.id, read, source=Source.DEMO)
    return Lived(plan, lodging, done.stay_id, done.version)


def check_out(lived: Lived, left_at: datetime) -> None:
    """Reports the departure, three minutes after it."""
    with pretend(left_at + timedelta(minutes=3)):
        lodging = lived.lodging
        check_out_stay(_clerk(lodging), lodging.id, lived.stay_id, left_at, source=Source.DEMO)


def move_room(lived: Lived, room: str, when: datetime) -> None:
    """Corrects the number of the room."""
    lodging = lived.lodging
    with pretend(when):
        amend_stay(
            _clerk(lodging),
            lodging.id,
            lived.stay_id,
            StayReportSchema().read(mapping_of(lived.plan) | {"room": room}),
            expected_version=lived.version,
            source=Source.DEMO,
            reason="Salah ketik kamar",
        )


def cancel(lived: Lived, when: datetime) -> None:
    """Takes the report back."""
    lodging = lived.lodging
    with pretend(when):
        cancel_stay(
            _clerk(lodging),
            lodging.id,
            lived.stay_id,
            reason="Tamu batal menginap",
            source=Source.DEMO,
        )


def mapping_of(plan: Plan) -> dict[str, Any]:
    """The report as it comes from outside."""
    document: dict[str, Any] = dict(plan.person.as_document())
    return {
        **(plan.details or {}),
        "guest": plan.person.as_guest(),
        "document": document if plan.has_document else {"unavailable_reason": NO_DOCUMENT},
        "permit": {"kind": plan.claim, "number": None} if plan.claim else None,
        "entry": {"entered_on": plan.entered_on.isoformat(), "port": plan.port},
        "checked_in_at": plan.arrived_at.isoformat(),
        "expected_departure_on": plan.leaves_on.isoformat(),
    }


def _clerk(lodging: Lodging) -> Actor:
    return Actor(user_id=lodging.clerk_id, name="demo", property_roles={lodging.id: Role.CLERK})
