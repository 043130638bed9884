"""What the rules know: plain values, gathered before, so that every verdict can be repeated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from apoa.base.clock import local_date

DAY = timedelta(days=1)
Span = tuple[date, date | None]


def _holds(span: Span, on: date) -> bool:
    first, last = span
    return first <= on and (last is None or on <= last)


@dataclass(frozen=True)
class StayFacts:
    """A stay as the rules see it; days are local days of the lodging's own time zone.

    `document_last` are the last three signs of the document's number, enough to recognise it.
    `region_code` is the lodging's, `permit_kind` what the guest claimed.
    """

    property_id: UUID
    stay_id: UUID
    office_id: UUID
    region_code: str
    time_zone: str
    state: str
    checked_in_at: datetime
    checked_in_on: date
    checked_out_on: date | None
    expected_departure_on: date
    nationality: str
    first_received_at: datetime
    due_at: datetime
    deadline_state: str
    permit_kind: str | None = None
    entered_on: date | None = None
    document_expires_on: date | None = None
    document_last: str | None = None

    @property
    def key(self) -> tuple[UUID, UUID]:
        """What names the stay."""
        return self.property_id, self.stay_id

    @property
    def is_cancelled(self) -> bool:
        """Whether the lodging took the report back."""
        return self.state == "cancelled"

    @property
    def is_in_house(self) -> bool:
        """Whether no check-out is reported."""
        return self.state == "in_house"

    def day_at(self, at: datetime) -> date:
        """The lodging's local day of an instant."""
        return local_date(at, self.time_zone)

    def last_present_on(self, at: datetime) -> date:
        """The last local day on which the guest was seen in the lodging, as known at an instant."""
        if self.checked_out_on is not None:
            return max(self.checked_out_on, self.checked_in_on)
        return max(self.day_at(at), self.checked_in_on)

    def last_night_on(self, at: datetime) -> date | None:
        """The evening of the last night that is over; None while (or if) there was none."""
        last = self.last_present_on(at) - DAY
        return last if last >= self.checked_in_on else None


@dataclass(frozen=True)
class PermitFacts:
    """A permit of the register; `valid_until` is its last day, inclusive."""

    permit_id: UUID
    kind: str
    nationality: str
    valid_until: date
    status: str = "active"
    status_on: date | None = None
    valid_from: date | None = None
    index_code: str | None = None
    entered_on: date | None = None
    region_code: str | None = None
    issuing_office_id: UUID | None = None


@dataclass(frozen=True)
class MatchFacts:
    """Whom the guest was matched to: `band` linked, review or none; `permit` None for none.

    `more_permits` are others of the same holder. `document_agrees` is None where the guest's or
    the holder's document is unknown. `agreeing` and `differing` name fields, not what is in them.
    """

    band: str
    score: float
    permit: PermitFacts | None
    more_permits: tuple[PermitFacts, ...] = ()
    is_confirmed: bool = False
    document_agrees: bool | None = None
    agreeing: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConflictFacts:
    """A permit that stands on the guest's document number, but whose holder is somebody else."""

    permit: PermitFacts
    score: float
    differing: tuple[str, ...] = ()


@dataclass(frozen=True)
class WatchFacts:
    """A watchlist entry that the guest is (`linked`) or may be (`review`)."""

    entry_id: UUID
    kind: str
    band: str
    score: float
    valid_from: date
    valid_until: date | None = None
    agreeing: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()


@dataclass(frozen=True)
class NationalityLists:
    """Which nationalities a list ("bvk", "voa") held from when until when (inclusive)."""

    spans: Mapping[tuple[str, str], tuple[Span, ...]] = field(default_factory=dict)

    def is_known(self, name: str, on: date) -> bool:
        """Whether the list held anybody on that day; an empty list says nothing."""
        return any(
            _holds(span, on)
            for (listed, _), spans in self.spans.items()
            if listed == name
            for span in spans
        )

    def holds(self, name: str, nationality: str, on: date) -> bool:
        """Whether the nationality was on the list on that day."""
        return any(_holds(span, on) for span in self.spans.get((name, nationality), ()))


@dataclass(frozen=True)
class FineRate:
    """What a day over costs, in rupiah, from when; after `most_days` no fine but deportation."""

    effective_from: date
    per_day: int
    most_days: int


@dataclass(frozen=True)
class Facts:
    """Everything that the rules about a stay know, as of the instant `at`.

    `others` are other stays of the same person, in any lodging: linked to the same holder, or
    under the same document. `feed_as_of` is when the register last stood as it is here.
    """

    at: datetime
    stay: StayFacts
    match: MatchFacts | None = None
    others: tuple[StayFacts, ...] = ()
    conflict: ConflictFacts | None = None
    watch: tuple[WatchFacts, ...] = ()
    lists: NationalityLists = field(default_factory=NationalityLists)
    fine_rates: tuple[FineRate, ...] = ()
    feed_as_of: datetime | None = None

    @property
    def today(self) -> date:
        """The lodging's local day."""
        return self.stay.day_at(self.at)

    @property
    def linked(self) -> MatchFacts | None:
        """The match where it is sure, else None."""
        sure = self.match is not None and self.match.band == "linked"
        return self.match if sure and self.match and self.match.permit else None

    @property
    def own_stays(self) -> tuple[StayFacts, ...]:
        """All stays of the person that were not cancelled, in the order of their arrival."""
        standing = [one for one in (self.stay, *self.others) if not one.is_cancelled]
        return tuple(sorted(standing, key=lambda one: (one.checked_in_at, one.stay_id)))


@dataclass(frozen=True)
class HolderFacts:
    """A permit whose holder came into the country, and when a lodging last reported them.

    `office_id` is the office that would look for them.
    """

    at: datetime
    today: date
    permit: PermitFacts
    office_id: UUID
    last_reported_on: date | None = None
    feed_as_of: datetime | None = None


@dataclass(frozen=True)
class LodgingFacts:
    """A lodging and its reports: the last one ever, and how many in the 90 days before it."""

    at: datetime
    today: date
    property_id: UUID
    office_id: UUID
    is_approved: bool
    approved_on: date | None
    last_received_on: date | None
    reports_before: int
