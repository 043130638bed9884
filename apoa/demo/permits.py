"""Makes the register of the demo: four permits for each stay, all invented, all labelled."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from uuid import UUID

from sqlalchemy import select

from apoa.base.clock import today
from apoa.db.base import session
from apoa.demo.course import Course
from apoa.demo.example_permits import ExamplePermits
from apoa.demo.examples import OFFICE
from apoa.demo.guest_permits import GuestPermits
from apoa.demo.living import Lived
from apoa.demo.permit_book import PermitBook
from apoa.demo.permit_feeds import ZONE, send_feeds
from apoa.demo.stranger_permits import StrangerPermits
from apoa.properties.models import Property

PERMITS_A_STAY = 4


def make_permits(
    rng: Random,
    stays: Sequence[Lived],
    offices: Mapping[str, UUID],
    book: PermitBook,
    count: int,
    *,
    with_examples: bool,
    say: Callable[[int], None],
) -> int:
    """Stores `count` permits: of the examples, of guests, and of people who never stayed.

    `say` hears how many versions of permits were taken over so far. Gives how many permits.
    """
    courses = list_courses(rng, stays, offices, book, count, with_examples=with_examples)
    send_feeds(courses, say)
    return len(courses)


def list_courses(
    rng: Random,
    stays: Sequence[Lived],
    offices: Mapping[str, UUID],
    book: PermitBook,
    count: int,
    *,
    with_examples: bool,
) -> list[Course]:
    """The permits with their histories, in the order of their numbers."""
    here = today(ZONE)
    courses = ExamplePermits(book, here, offices[OFFICE]).all() if with_examples else []
    guests = GuestPermits(rng, book, here, _regions())
    courses += guests.all(stays)
    strangers = StrangerPermits(
        rng, book, here, [one.plan.person for one in stays], sorted(offices.values())
    )
    courses += strangers.some(max(0, count - len(courses)), guests.count + 1)
    return courses


def _regions() -> dict[UUID, str]:
    """In which village each lodging is."""
    return {row[0]: row[1] for row in session().execute(select(Property.id, Property.region_code))}
