"""Permits of people who never stayed in a lodging of the demo: the country is larger than it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from apoa.demo.course import SPONSOR, Course, held_by, numbered
from apoa.demo.holders import namesake
from apoa.demo.people import Person, person, random_nationality
from apoa.demo.permit_book import VISITS, PermitBook
from apoa.permits.content import DocumentContent, PermitContent

KINDS = ("voa",) * 10 + ("bvk",) * 5 + ("itk",) * 5 + ("itas",) * 4 + ("itap",)
# Bali, Jakarta, Surabaya, Medan, Makassar: no office of the demo looks after them.
REGIONS = ("51.71", "51.03", "31.74", "31.71", "35.78", "12.71", "73.71")
DAYS_BACK = 500
NAMESAKES, SAME_DOCUMENT, SOUGHT = 0.01, 0.0005, 0.003
EXTENDED, ENDED_EARLY, LEFT = 0.15, 0.03, 0.9
# Born before the demo's past begins, as its guests are.
_MADE_ON_DAYS_AGO = DAYS_BACK + 1


class StrangerPermits:
    """Makes the permits; `guests` are those whose names or documents some of them share."""

    def __init__(
        self,
        rng: Random,
        book: PermitBook,
        today: date,
        guests: Sequence[Person],
        office_ids: Sequence[UUID],
    ) -> None:
        self.rng, self.book, self.today = rng, book, today
        self.guests, self.office_ids = guests, office_ids

    def some(self, count: int, first_number: int) -> Iterator[Course]:
        """So many permits, numbered from `first_number` on."""
        for number in range(first_number, first_number + count):
            yield self._one(number)

    def _one(self, number: int) -> Course:
        rng = self.rng
        holder = self._holder()
        wanted = rng.choice(KINDS)
        begins_on = self.today - timedelta(days=rng.randint(1, DAYS_BACK))
        kind = self.book.fitting(wanted, holder.nationality, begins_on)
        code = self.book.code(rng, kind)
        resident = kind not in VISITS
        permit = PermitContent(
            number=numbered(number),
            kind=kind,
            index_code=code,
            valid_from=begins_on,
            entered_on=begins_on,
            valid_until=self.book.first_until(code, begins_on),
            sponsor=SPONSOR if resident else None,
            region_code=rng.choice(REGIONS) if resident or rng.random() < 0.3 else None,
            **self._held(holder),
        )
        if rng.random() < SOUGHT and kind in VISITS:
            return self._sought(permit)
        return self._lived(Course(begins_on, permit), code)

    def _holder(self) -> Person:
        if self.rng.random() < NAMESAKES and self.guests:
            guest = self.rng.choice(self.guests)
            if "00" not in guest.birth_date[5:].split("-"):
                return namesake(self.rng, guest, date.fromisoformat(guest.birth_date))
        made_on = self.today - timedelta(days=_MADE_ON_DAYS_AGO)
        return person(self.rng, random_nationality(self.rng), today=made_on)

    def _held(self, holder: Person) -> dict[str, Any]:
        if self.rng.random() < SAME_DOCUMENT and self.guests:
            guest = self.rng.choice(self.guests)
            theirs = DocumentContent(guest.document_number, guest.issuing_state)
            return held_by(holder, (theirs,)) | {"issuing_state": guest.issuing_state}
        return held_by(holder)

    def _sought(self, permit: PermitContent) -> Course:
        """A visitor of one of the demo's offices, here for days, whom nobody has reported."""
        rng = self.rng
        code = permit.index_code or ""
        begins_on = self.today - timedelta(days=rng.randint(9, 27))
        found = replace(
            permit,
            valid_from=begins_on,
            entered_on=begins_on,
            valid_until=self.book.first_until(code, begins_on),
            issuing_office_id=rng.choice(self.office_ids),
        )
        return Course(begins_on, found)

    def _lived(self, course: Course, code: str) -> Course:
        rng, begins_on = self.rng, course.known_on
        until = self.book.longest_until(code, begins_on, 1)
        granted_on = course.permit.valid_until - timedelta(days=rng.randint(2, 7))
        if rng.random() < EXTENDED and granted_on < self.today and until > granted_on:
            if until > course.permit.valid_until:
                course = course.extended(granted_on, until)
        over_on = min(course.last.valid_until, self.today - timedelta(days=1))
        ended_on = course.changes[-1].on if course.changes else begins_on
        ended_on += timedelta(days=rng.randint(1, 20))
        if ended_on <= over_on and rng.random() < ENDED_EARLY:
            return course.ended(ended_on, rng.choice(("revoked", "cancelled", "cancelled")))
        if course.permit.kind in VISITS and course.last.valid_until < self.today:
            left_on = course.last.valid_until - timedelta(days=rng.randint(0, 12))
            if rng.random() < LEFT:
                return course.ended(max(left_on, ended_on), "departed")
        return course
