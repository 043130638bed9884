"""What the register knows of a permit, opened and plain, for whoever holds stays against it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

ENDED = frozenset({"converted", "cancelled", "revoked", "departed"})


@dataclass(frozen=True, slots=True)
class HolderDocument:
    """A document of the holder: `normalised` is the number's A-Z0-9. `learnt`: by a match."""

    number_blind: bytes
    normalised: str = field(repr=False)
    issuing_state: str | None
    expires_on: date | None
    is_current: bool
    learnt: bool


@dataclass(frozen=True, slots=True)
class PastState:
    """What a permit became by one act: `effective_on` from which day that holds, `at` when known.

    `effective_on` of an extension is the day on which it was granted, None where nobody said.
    """

    seq: int
    act: str
    status: str
    valid_until: date
    effective_on: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PermitFacts:
    """A permit as last known, its holder with every document, and its history, oldest first."""

    permit_id: UUID
    issuing_state: str
    kind: str
    index_code: str | None
    surname: str | None = field(repr=False)
    given_names: str | None = field(repr=False)
    sex: str | None
    birth_date: str = field(repr=False)
    nationality: str
    valid_from: date | None
    valid_until: date
    entered_on: date | None
    status: str
    status_on: date | None
    region_code: str | None
    issuing_office_id: UUID | None
    version: int
    feed_id: UUID | None
    as_of: datetime
    documents: tuple[HolderDocument, ...] = field(default=(), repr=False)
    history: tuple[PastState, ...] = ()

    def last_day(self) -> date:
        """The last day, inclusive, on which this permit allows to stay: its own or its end's eve.

        A permit that was ended still holds on the day before `status_on`.
        """
        if self.status in ENDED and self.status_on is not None:
            return min(self.valid_until, _eve(self.status_on))
        return self.valid_until

    def covers(self, night: date) -> bool:
        """Whether the evening of that day lies within the permit, as it is known now."""
        begins = self.valid_from or self.entered_on
        return (begins is None or begins <= night) and night <= self.last_day()

    def known_until(self, instant: datetime) -> date | None:
        """The last day as the register knew it at an instant; None before it knew the permit."""
        known = [one.valid_until for one in self.history if one.at <= instant]
        return known[-1] if known else None


def _eve(day: date) -> date:
    return date.fromordinal(max(day.toordinal() - 1, 1))
