"""The permits of the demo's guests: most fit their stays, a few ended too early or never were."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from apoa.demo.course import SPONSOR, Course, held_by, numbered
from apoa.demo.holders import as_registered
from apoa.demo.living import Lived
from apoa.demo.permit_book import VISITS, PermitBook
from apoa.permits.content import PermitContent

# Shares of guests, not statistics: as many as give each rule a handful to look at.
WITHOUT, OVER, REVOKED, ELSEWHERE, NOT_LISTED = 0.035, 0.012, 0.008, 0.06, 0.004
SOON_OVER, CONVERTED, DEPARTED = 0.3, 0.02, 0.7
MOST_EXTENSIONS = 3
_REGENCY = len("17.71")
_FAR = ("51.71", "31.74", "34.71", "73.71")


class GuestPermits:
    """Makes permits for those who stayed; `region_of` says in which village a lodging is."""

    def __init__(
        self, rng: Random, book: PermitBook, today: date, region_of: Mapping[UUID, str]
    ) -> None:
        self.rng, self.book, self.today, self.region_of = rng, book, today, region_of
        self.count = 0

    def all(self, stays: Iterable[Lived]) -> Iterator[Course]:
        """The permits, person by person; a few people have none."""
        by_person: dict[tuple[str, str], list[Lived]] = defaultdict(list)
        for one in stays:
            by_person[one.plan.person.document_number, one.plan.person.issuing_state].append(one)
        for own in by_person.values():
            if self.rng.random() >= WITHOUT:
                yield from self._of_person(own)

    def _of_person(self, own: Sequence[Lived]) -> list[Course]:
        rng, first = self.rng, own[0]
        kind = self._kind(first)
        begins_on = first.plan.entered_on
        if kind not in VISITS:
            begins_on = first.arrived_on - timedelta(days=rng.randint(20, 300))
        course = self._given(first, kind, begins_on)
        leaves_on = max(one.plan.leaves_on for one in own)
        seen_on = max(one.last_known_on for one in own)
        if rng.random() < OVER and seen_on > first.arrived_on + timedelta(days=2):
            return [self._over(course, first.arrived_on, seen_on)]
        if rng.random() < REVOKED and seen_on > first.arrived_on + timedelta(days=1):
            return [course.ended(self._between(first.arrived_on, seen_on), "revoked")]
        course = self._long_enough(course, leaves_on)
        if course.last.valid_until < leaves_on and not self._may_be_short(leaves_on):
            return self._resident_instead(course, first, leaves_on)
        gone_on = leaves_on + timedelta(days=rng.randint(0, 5))
        if kind in VISITS and gone_on < self.today and rng.random() < DEPARTED:
            course = course.ended(min(gone_on, course.last.valid_until), "departed")
        return [course]

    def _kind(self, first: Lived) -> str:
        wanted = first.plan.claim or self.rng.choice(("voa", "voa", "bvk", "itk", "itas"))
        if self.rng.random() < NOT_LISTED:
            return "bvk"
        return self.book.fitting(wanted, first.plan.person.nationality, first.plan.entered_on)

    def _given(self, first: Lived, kind: str, begins_on: date) -> Course:
        code = self.book.code(self.rng, kind)
        holder = as_registered(self.rng, first.plan.person, self.today)
        self.count += 1
        resident = kind not in VISITS
        permit = PermitContent(
            number=numbered(self.count),
            kind=kind,
            index_code=code,
            valid_from=begins_on,
            entered_on=begins_on,
            valid_until=self.book.first_until(code, begins_on),
            sponsor=SPONSOR if resident else None,
            region_code=self._region(first) if resident else None,
            issuing_office_id=first.lodging.office_id if kind not in ("bvk", "voa") else None,
            **held_by(holder.person, holder.documents),
        )
        return Course(begins_on, permit)

    def _region(self, first: Lived) -> str:
        if self.rng.random() < ELSEWHERE:
            return self.rng.choice(_FAR)
        return self.region_of[first.lodging.id][:_REGENCY]

    def _over(self, course: Course, arrived_on: date, seen_on: date) -> Course:
        """It ended some days before the guest was last seen."""
        last_on = self._between(arrived_on, seen_on) - timedelta(days=1)
        begins_on = course.permit.valid_from or last_on
        if begins_on > last_on:
            begins_on = last_on - timedelta(days=29)
        moved = replace(
            course.permit, valid_from=begins_on, entered_on=begins_on, valid_until=last_on
        )
        return Course(begins_on, moved)

    def _long_enough(self, course: Course, leaves_on: date) -> Course:
        """Extended as often as the stay needs and the table allows."""
        code, begins_on = course.permit.index_code or "", course.known_on
        for number in range(1, MOST_EXTENSIONS + 1):
            before = course.last.valid_until
            until = self.book.longest_until(code, begins_on, number)
            if before >= leaves_on or until <= before or self._is_late(before):
                break
            granted_on = before - timedelta(days=self.rng.randint(2, 7))
            granted_on = min(granted_on, self.today - timedelta(days=1))
            course = course.extended(max(granted_on, begins_on), until)
        return course

    def _is_late(self, until: date) -> bool:
        """Whether the holder has not yet asked for the extension that they will need."""
        return until > self.today and self.rng.random() < SOON_OVER

    def _may_be_short(self, leaves_on: date) -> bool:
        return leaves_on > self.today and self.rng.random() < SOON_OVER

    def _resident_instead(self, course: Course, first: Lived, leaves_on: date) -> list[Course]:
        """A visit that is too short: the holder has, or got, a limited stay permit."""
        earlier = course.permit
        self.count += 1
        begins_on = earlier.valid_from or first.arrived_on
        is_converted = self.rng.random() < CONVERTED * 10 and course.last.valid_until < self.today
        if is_converted:
            begins_on = course.last.valid_until - timedelta(days=3)
        code = self.book.code(self.rng, "itas")
        permit = replace(
            earlier,
            number=numbered(self.count),
            kind="itas",
            index_code=code,
            valid_from=begins_on,
            valid_until=self.book.first_until(code, begins_on),
            sponsor=SPONSOR,
            region_code=self._region(first),
            issuing_office_id=first.lodging.office_id,
        )
        resident = Course(begins_on, permit)
        return [course.ended(begins_on, "converted"), resident] if is_converted else [resident]

    def _between(self, first_on: date, last_on: date) -> date:
        days = (last_on - first_on).days
        return first_on + timedelta(days=self.rng.randint(1, max(1, days - 1)))
