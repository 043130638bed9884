"""A permit's life: as it was given, and what became of it, so that a feed of any day can say it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from apoa.demo.people import Person
from apoa.permits.content import DocumentContent, PermitContent

# Before each number, so that nobody takes one of these permits for a real one.
LABEL = "CONTOH"
SPONSOR = "Penjamin contoh (data rekaan)"


@dataclass(frozen=True)
class Change:
    """What is different from a day on: values of the permit's fields."""

    on: date
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Course:
    """A permit and its changes in the order of their days; `known_on` is when it was given."""

    known_on: date
    permit: PermitContent
    changes: tuple[Change, ...] = ()

    def on(self, day: date) -> PermitContent | None:
        """The permit as the register stood on a day; None before it was given."""
        if day < self.known_on:
            return None
        permit = self.permit
        for change in self.changes:
            if change.on <= day:
                permit = replace(permit, **change.values)
        return permit

    @property
    def last(self) -> PermitContent:
        """The permit after all changes."""
        return self.on(date.max) or self.permit

    def then(self, on: date, **values: Any) -> "Course":
        """The same life with one more change."""
        return replace(self, changes=(*self.changes, Change(on, values)))

    def extended(self, on: date, until: date) -> "Course":
        """Granted a later last day."""
        return self.then(on, status="extended", status_on=on, valid_until=until)

    def ended(self, on: date, status: str) -> "Course":
        """Ended from a day on: converted, cancelled, revoked, departed."""
        return self.then(on, status=status, status_on=on)


def held_by(holder: Person, documents: Iterable[DocumentContent] = ()) -> dict[str, Any]:
    """The fields of a permit that say whose it is; their own document unless others are given."""
    own = DocumentContent(holder.document_number, holder.issuing_state, holder.expires_on)
    return {
        "issuing_state": holder.issuing_state,
        "surname": holder.surname,
        "given_names": holder.given_names,
        "sex": holder.sex,
        "birth_date": holder.birth_date,
        "nationality": holder.nationality,
        "documents": tuple(documents) or (own,),
    }


def numbered(number: int) -> str:
    """The number of an invented permit."""
    return f"{LABEL}-{number:06d}"
