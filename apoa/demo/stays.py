"""Five thousand invented stays around today, with every awkward case, made by the real acts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import Enum
from random import Random
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from apoa.access.actors import Actor
from apoa.access.roles import Role
from apoa.base.clock import now, pretend
from apoa.db.base import session
from apoa.db.scope import scope_of_property
from apoa.demo.lodgings import Lodging
from apoa.demo.people import Person, family, person, random_nationality
from apoa.properties.models import PropertyState, PropertyType
from apoa.stays.amend import amend_stay
from apoa.stays.cancel import cancel_stay
from apoa.stays.check_out import check_out_stay
from apoa.stays.models import Source
from apoa.stays.outcome import ReportedStay
from apoa.stays.report import report_stay
from apoa.stays.schemas import StayReportSchema

DAYS_BACK = 120
WEIGHTS = {
    PropertyType.HOTEL: 10,
    PropertyType.GUESTHOUSE: 4,
    PropertyType.HOMESTAY: 2,
    PropertyType.VILLA: 3,
    PropertyType.KOS: 2,
    PropertyType.APARTMENT: 2,
    PropertyType.PRIVATE_HOUSE: 1,
    PropertyType.COMPANY_MESS: 3,
}
PURPOSES = ("tourism",) * 7 + ("business", "family", "study", "work")
PERMITS = ("voa",) * 5 + ("bvk",) * 3 + ("itk", "itas", "itap", None, None)
PORTS = ("DPS", "CGK", "BTH", "SUB", "KNO", "PDG")


class Case(Enum):
    """What is awkward about a stay, and how many of a hundred stays are so."""

    FAMILY = 14.0
    MINOR_ALONE = 1.0
    SINGLE_NAME = 2.5
    PARTIAL_DATE = 2.0
    EXPIRED = 1.0
    NO_DOCUMENT = 0.6
    LATE = 4.0
    AMENDED = 3.1
    CANCELLED = 1.5
    FORGOTTEN = 1.2
    PLAIN = 69.1


def make_stays(
    rng: Random, lodgings: list[Lodging], count: int, say: Callable[[int], None]
) -> None:
    """Reports `count` stays by the acts that a clerk uses; every case comes at least once.

    `say` hears how many there are so far.
    """
    reporting = [one for one in lodgings if one.state == PropertyState.APPROVED]
    weights = [WEIGHTS[one.type] * one.rooms**0.5 for one in reporting]
    first = list(Case)
    made = 0
    while made < count:
        lodging = rng.choices(reporting, weights)[0]
        case = first.pop(0) if first else rng.choices(list(Case), [one.value for one in Case])[0]
        group = _group(rng, case, count - made)
        with scope_of_property(lodging.id):
            _arrive(rng, lodging, group, case)
        before, made = made, made + len(group)
        if made // 500 > before // 500:
            session().expunge_all()
            say(made)


def _group(rng: Random, case: Case, most: int) -> list[Person]:
    nationality = random_nationality(rng)
    on = now().date() - timedelta(days=DAYS_BACK + 1)  # nobody arrives before being born
    if case is Case.FAMILY and most > 1:
        return family(rng, nationality, min(most, rng.randint(2, 5)), today=on)
    return [
        person(
            rng,
            rng.choice(("MMR", nationality)) if case is Case.SINGLE_NAME else nationality,
            today=on,
            minor=case is Case.MINOR_ALONE,
            mononym=case is Case.SINGLE_NAME,
            partial_birth_date=case is Case.PARTIAL_DATE,
            expired=case is Case.EXPIRED,
        )
    ]


def _arrive(rng: Random, lodging: Lodging, group: list[Person], case: Case) -> None:
    arrival = _arrival(rng, lodging, at_least_days=7 if case in _NEEDS_A_PAST else 0)
    nights = rng.randint(20, 110) if lodging.type in _LONG and rng.random() < 0.6 else _nights(rng)
    received = min(arrival + _delay(rng, case), now() - timedelta(seconds=30))
    party = f"RMB-{uuid4().hex[:8].upper()}" if len(group) > 1 else None
    room = str(rng.randint(1, max(1, lodging.rooms // 20 + 1)) * 100 + rng.randint(1, 20))
    late = received > arrival + timedelta(hours=24)
    stay = {
        "party_ref": party,
        "room": room,
        "checked_in_at": arrival.isoformat(),
        "expected_departure_on": (arrival + timedelta(days=nights)).date().isoformat(),
        "purpose": rng.choice(PURPOSES),
        "late_reason": "Jaringan internet putus." if late and rng.random() < 0.7 else None,
    }
    permit = rng.choice(PERMITS)
    entered = arrival.date() - timedelta(days=rng.choice((0, 0, 1, 2, 5, 14)))
    for one in group:
        mapping = stay | _guest(one, case)
        mapping["permit"] = {"kind": permit, "number": None} if permit else None
        mapping["entry"] = {"entered_on": entered.isoformat(), "port": rng.choice(PORTS)}
        _live(rng, lodging, mapping, case, received, arrival + timedelta(days=nights))


_NEEDS_A_PAST = (Case.LATE, Case.AMENDED, Case.CANCELLED, Case.FORGOTTEN)
_LONG = (PropertyType.KOS, PropertyType.APARTMENT, PropertyType.COMPANY_MESS)


def _nights(rng: Random) -> int:
    return min(1 + int(rng.expovariate(0.35)), 30)


def _arrival(rng: Random, lodging: Lodging, *, at_least_days: int) -> datetime:
    """More stays near today than long ago; between one and eleven at night, local time."""
    days = max(at_least_days, int(DAYS_BACK * rng.random() ** 1.6))
    zone = ZoneInfo(lodging.time_zone)
    day = now().astimezone(zone) - timedelta(days=days)
    moment = day.replace(hour=rng.randint(13, 22), minute=rng.randint(0, 59), second=0)
    while moment.astimezone(UTC) > now() - timedelta(minutes=2):
        moment -= timedelta(hours=rng.randint(1, 12))
    return moment.replace(microsecond=0)


def _delay(rng: Random, case: Case) -> timedelta:
    if case is Case.LATE:
        return timedelta(hours=rng.randint(25, 120))
    return timedelta(minutes=rng.randint(1, 600))


def _guest(one: Person, case: Case) -> dict[str, Any]:
    document: dict[str, Any] = dict(one.as_document())
    if case is Case.NO_DOCUMENT:
        document = {"unavailable_reason": "Paspor di kantor imigrasi untuk perpanjangan izin."}
    return {"guest": one.as_guest(), "document": document}


def _live(
    rng: Random,
    lodging: Lodging,
    mapping: dict[str, Any],
    case: Case,
    received: datetime,
    departure: datetime,
) -> None:
    """Report, and what comes after it: a correction, a cancellation, a check-out."""
    clerk = Actor(user_id=lodging.clerk_id, name="demo", property_roles={lodging.id: Role.CLERK})
    with pretend(received):
        report = StayReportSchema().read(mapping)
        done = report_stay(clerk, lodging.id, report, source=Source.DEMO)
    if case is Case.AMENDED:
        done = _amend(rng, clerk, lodging, mapping, done, received)
    elif case is Case.CANCELLED:
        _cancel(clerk, lodging, done, received)
        return
    left = departure.replace(hour=rng.randint(7, 12), minute=rng.randint(0, 59))
    is_over = received < left < now() - timedelta(minutes=5)
    if is_over and case is not Case.FORGOTTEN:
        with pretend(left + timedelta(minutes=3)):
            check_out_stay(clerk, lodging.id, done.stay_id, left, source=Source.DEMO)


def _amend(
    rng: Random,
    clerk: Actor,
    lodging: Lodging,
    mapping: dict[str, Any],
    done: ReportedStay,
    received: datetime,
) -> ReportedStay:
    changed = mapping | {"room": str(rng.randint(1, 9) * 100 + rng.randint(1, 20))}
    when = min(received + timedelta(minutes=rng.randint(5, 90)), now())
    with pretend(when):
        return amend_stay(
            clerk,
            lodging.id,
            done.stay_id,
            StayReportSchema().read(changed),
            expected_version=done.version,
            source=Source.DEMO,
            reason="Salah ketik kamar",
        )


def _cancel(clerk: Actor, lodging: Lodging, done: ReportedStay, received: datetime) -> None:
    with pretend(min(received + timedelta(minutes=40), now())):
        cancel_stay(
            clerk, lodging.id, done.stay_id, reason="Tamu batal menginap", source=Source.DEMO
        )
