"""Five thousand invented stays around today, with every awkward case, made by the real acts."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from random import Random
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from apoa.base.clock import local_date, now
from apoa.db.base import session
from apoa.db.scope import scope_of_property
from apoa.demo.living import Lived, Plan, at, cancel, check_out, move_room, report
from apoa.demo.lodgings import Lodging
from apoa.demo.people import Person, family, person, random_nationality
from apoa.demo.permit_book import PermitBook
from apoa.properties.models import PropertyState, PropertyType

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
PERMITS: tuple[str | None, ...] = ("voa",) * 5 + ("bvk",) * 3 + ("itk", "itas", "itap", None, None)
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
    MOVED_ON = 4.0
    PLAIN = 65.1


# Of so many guests who came last, some are reported by the next lodging of their journey.
REMEMBERED = 300


class DemoStays:
    """Makes the stays; remembers who travels on."""

    def __init__(self, rng: Random, lodgings: Iterable[Lodging], book: PermitBook) -> None:
        self.rng, self.book = rng, book
        self.lodgings = [one for one in lodgings if one.state == PropertyState.APPROVED]
        self.weights = [WEIGHTS[one.type] * one.rooms**0.5 for one in self.lodgings]
        self.travellers: deque[Lived] = deque(maxlen=REMEMBERED)
        self.made: list[Lived] = []

    def make(self, case: Case, most: int) -> None:
        """Reports a guest or a family, at most so many people, in some lodging."""
        earlier = self._traveller() if case is Case.MOVED_ON else None
        elsewhere = earlier.lodging.id if earlier else None
        lodging = self._lodging(other_than=elsewhere)
        if earlier is not None:
            group = [earlier.plan.person]
        else:
            group = _group(self.rng, case, most)
        with scope_of_property(lodging.id):
            self._arrive(lodging, group, case, earlier)

    def _lodging(self, other_than: UUID | None) -> Lodging:
        while True:
            [lodging] = self.rng.choices(self.lodgings, self.weights)
            if lodging.id != other_than:
                return lodging

    def _traveller(self) -> Lived | None:
        """Somebody who should have left by yesterday, and who is met once more only."""
        gone = [one for one in self.travellers if at_least_yesterday(one.plan.leaves_on)]
        if not gone:
            return None
        earlier = self.rng.choice(gone)
        self.travellers.remove(earlier)
        return earlier

    def _arrive(
        self, lodging: Lodging, group: list[Person], case: Case, earlier: Lived | None
    ) -> None:
        rng = self.rng
        if earlier is not None:
            arrival = at(lodging, earlier.plan.leaves_on, rng.randint(14, 20), rng.randint(0, 59))
        else:
            arrival = _arrival(rng, lodging, at_least_days=7 if case in _NEEDS_A_PAST else 0)
        is_long = lodging.type in _LONG and rng.random() < 0.6
        departure = arrival + timedelta(days=rng.randint(20, 110) if is_long else _nights(rng))
        received = min(arrival + _delay(rng, case), now() - timedelta(seconds=30))
        late = received > arrival + timedelta(hours=24)
        details = {
            "party_ref": f"RMB-{uuid4().hex[:8].upper()}" if len(group) > 1 else None,
            "room": str(rng.randint(1, max(1, lodging.rooms // 20 + 1)) * 100 + rng.randint(1, 20)),
            "purpose": rng.choice(PURPOSES),
            "late_reason": "Jaringan internet putus." if late and rng.random() < 0.7 else None,
        }
        claim = rng.choice(PERMITS)
        entered_on = arrival.date() - timedelta(days=rng.choice((0, 0, 1, 2, 5, 14)))
        for one in group:
            plan = Plan(
                person=one,
                arrived_at=arrival,
                leaves_on=departure.date(),
                received_at=received,
                entered_on=earlier.plan.entered_on if earlier else entered_on,
                port=rng.choice(PORTS),
                claim=earlier.plan.claim if earlier else self._claim(claim, one, entered_on),
                has_document=case is not Case.NO_DOCUMENT,
                details=details,
            )
            lived = self._live(lodging, plan, case, departure)
            self.made.append(lived)
            if len(group) == 1 and not lived.is_cancelled and plan.has_document:
                self.travellers.append(lived)

    def _claim(self, wanted: str | None, one: Person, on: date) -> str | None:
        return self.book.fitting(wanted, one.nationality, on) if wanted else None

    def _live(self, lodging: Lodging, plan: Plan, case: Case, departure: datetime) -> Lived:
        """Report, and what comes after it: a correction, a cancellation, a check-out."""
        rng, received = self.rng, plan.received_at
        lived = report(lodging, plan)
        if case is Case.AMENDED:
            room = str(rng.randint(1, 9) * 100 + rng.randint(1, 20))
            move_room(lived, room, min(received + timedelta(minutes=rng.randint(5, 90)), now()))
        elif case is Case.CANCELLED:
            cancel(lived, min(received + timedelta(minutes=40), now()))
            return replace(lived, is_cancelled=True)
        left = departure.replace(hour=rng.randint(7, 12), minute=rng.randint(0, 59))
        is_over = received < left < now() - timedelta(minutes=5)
        if not is_over or case is Case.FORGOTTEN:
            return lived
        check_out(lived, left)
        return replace(lived, plan=replace(plan, left_at=left))


def make_stays(
    rng: Random,
    lodgings: Iterable[Lodging],
    count: int,
    book: PermitBook,
    say: Callable[[int], None],
) -> list[Lived]:
    """Reports `count` stays by the acts that a clerk uses; every case comes at least once.

    `say` hears how many there are so far.
    """
    stays = DemoStays(rng, lodgings, book)
    first = list(Case)
    while (before := len(stays.made)) < count:
        case = first.pop(0) if first else rng.choices(list(Case), [one.value for one in Case])[0]
        stays.make(case, count - before)
        if len(stays.made) // 500 > before // 500:
            session().expunge_all()
            say(len(stays.made))
    return stays.made


def at_least_yesterday(day: date) -> bool:
    """Whether the day is over wherever the country reaches."""
    return day < local_date(now(), "Asia/Jakarta")


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
