"""The permits of the documented examples: each named by the label of its rule."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from apoa.demo.course import SPONSOR, Course, held_by
from apoa.demo.example_guests import example_guest
from apoa.demo.examples import label_of
from apoa.demo.people import Person
from apoa.demo.permit_book import PermitBook
from apoa.permits.content import DocumentContent, PermitContent

HOME, FAR = "17.71", "35.72"
# Label, kind, index code, how many days ago the holder entered.
_PLAIN = (
    ("WATCHLIST-HIT", "voa", "B1", 5),
    ("WATCHLIST-MAYBE", "itk", "C1", 6),
    ("PERMIT-EXPIRED", "voa", "B1", 36),
    ("PERMIT-EXPIRES-DURING-STAY", "voa", "B1", 26),
    ("DOCUMENT-EXPIRED", "voa", "B1", 6),
    ("TWO-PLACES", "voa", "B1", 8),
    ("CHECK-OUT-MISSING", "voa", "B1", 11),
    ("FREQUENT-MOVER", "itk", "C1", 24),
    ("NATIONALITY-NOT-ELIGIBLE", "bvk", "A1", 5),
    ("LATE-REPORT", "voa", "B1", 7),
    ("DEPARTURE-NOT-REPORTED", "bvk", "A1", 9),
    ("NO-STAY-REPORTED", "itk", "C1", 12),
)


class ExamplePermits:
    """Makes the examples' permits, their days counted back from today."""

    def __init__(self, book: PermitBook, today: date, office_id: UUID) -> None:
        self.book, self.today, self.office_id = book, today, office_id

    def all(self) -> list[Course]:
        """Every permit of the examples; NO-PERMIT has none."""
        return [
            *(self._given(*row) for row in _PLAIN),
            self._resident("PERMIT-CANCELLED", "E23", 200, HOME).ended(self._day(5), "revoked"),
            self._with_older_document(self._resident("AWAY-FROM-ADDRESS", "E28A", 300, FAR)),
            self._resident("SILENT-PROPERTY", "E33G", 150, HOME),
            self._extended_later(),
            *self._converted(),
            self._renewed(),
            self._twin(),
            self._other_holder(),
        ]

    def _given(
        self,
        label: str,
        kind: str,
        code: str,
        days_ago: int,
        holder: Person | None = None,
        **values: Any,
    ) -> Course:
        begins_on = self._day(days_ago)
        given = values | held_by(holder or example_guest(label, self.today))
        permit = PermitContent(
            number=label_of(label),
            kind=kind,
            index_code=code,
            valid_from=begins_on,
            entered_on=begins_on,
            valid_until=self.book.first_until(code, begins_on),
            issuing_office_id=self.office_id,
            **given,
        )
        return Course(begins_on, permit)

    def _resident(self, label: str, code: str, days_ago: int, region_code: str) -> Course:
        return self._given(label, "itas", code, days_ago, sponsor=SPONSOR, region_code=region_code)

    def _with_older_document(self, course: Course) -> Course:
        """The register knows the passport of before and the new one."""
        own = course.permit.documents[0]
        older = DocumentContent("CONTOH80517", own.issuing_state, self._day(120))
        return replace(course, permit=replace(course.permit, documents=(own, older)))

    def _extended_later(self) -> Course:
        """Over by the first feed, extended by a later one: nothing is found."""
        first = self._given("EXTENDED-LATER", "voa", "B1", 40)
        until = self.book.longest_until("B1", self._day(40), 1)
        return first.extended(self._day(14), until)

    def _converted(self) -> list[Course]:
        """A visa on arrival that became a limited stay permit: the two are one holder's."""
        before = self._given("CONVERTED", "voa", "B1", 50).ended(self._day(25), "converted")
        after = self._resident("CONVERTED", "E33G", 25, HOME)
        number = label_of("CONVERTED", 2)
        return [before, replace(after, permit=replace(after.permit, number=number))]

    def _renewed(self) -> Course:
        """The register still has the passport of before."""
        course = self._given("DOCUMENT-MISMATCH", "voa", "B1", 6)
        old = DocumentContent("29604117", "SWE", self._day(20))
        return replace(course, permit=replace(course.permit, documents=(old,)))

    def _twin(self) -> Course:
        """A sister of the same birthday, her passport's number but two signs away."""
        guest = example_guest("REVIEW", self.today)
        holder = replace(guest, given_names="AGNIESZKA", document_number="EH8203491")
        return self._given("REVIEW", "voa", "B1", 7, holder)

    def _other_holder(self) -> Course:
        """Somebody else's permit stands on the guest's document."""
        guest = example_guest("IDENTITY-CONFLICT", self.today)
        holder = replace(guest, surname="ROUX", given_names="PIETER", birth_date="1962-08-19")
        return self._given("IDENTITY-CONFLICT", "voa", "B1", 6, holder)

    def _day(self, days_ago: int) -> date:
        return self.today - timedelta(days=days_ago)
