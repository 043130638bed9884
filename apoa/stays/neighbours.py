"""Which other stays of a lodging may have to do with a report: asked once for many reports."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Date,
    Integer,
    LargeBinary,
    String,
    bindparam,
    literal_column,
    or_,
    select,
    true,
    union,
)

from apoa.base.clock import local_date, today
from apoa.db.core import any_of, rows_of
from apoa.stays.content import StayReport
from apoa.stays.models import Stay, StayState
from apoa.stays.queries import Lodging
from apoa.stays.sealing import find_document_blind
from apoa.stays.warnings import Neighbour, Nights, folded_name, is_minor

# Three look-ups by index, then each stay by its key. A planner that is free to choose reads all
# stays of the lodging instead, since it takes every lodging for a small one: OFFSET 0 binds it.
_ALIKE = union(
    # The index of birth dates goes on with the office.
    select(Stay.id).where(
        Stay.birth_date == any_of("birth_dates", String),
        Stay.office_id == bindparam("office_id"),
    ),
    select(Stay.id).where(Stay.document_blind == any_of("blinds", LargeBinary)),
    select(Stay.id).where(
        Stay.property_id == bindparam("property_id"),
        Stay.party_ref == any_of("parties", String),
    ),
).subquery("alike")
_NEAR = (
    select(
        Stay.id,
        Stay.surname,
        Stay.given_names,
        Stay.birth_date,
        Stay.party_ref,
        Stay.document_blind,
        Stay.checked_in_on,
        Stay.expected_departure_on,
        Stay.checked_out_on,
    )
    .where(
        Stay.property_id == bindparam("property_id"),
        Stay.id == _ALIKE.c.id,
        Stay.state != StayState.CANCELLED,
        Stay.checked_in_on <= bindparam("last_day", type_=Date),
        or_(
            Stay.checked_out_on.is_(None), Stay.checked_out_on >= bindparam("first_day", type_=Date)
        ),
    )
    .offset(literal_column("0"))
    .lateral("near")
)
_NEIGHBOURS = (
    select(_NEAR).select_from(_ALIKE).join(_NEAR, true()).limit(bindparam("most", type_=Integer))
)
# Many more than any lodging has at one time: a guard against made-up lists.
_MOST, _MOST_EACH = 200, 10


@dataclass(frozen=True)
class Near:
    """A stay as far as another one may have to do with it; a report to come has an id already."""

    stay_id: UUID
    surname: str | None = field(repr=False)
    given_names: str | None = field(repr=False)
    birth_date: str = field(repr=False)
    party_ref: str | None
    document_blind: bytes | None = field(repr=False)
    checked_in_on: date
    expected_departure_on: date
    checked_out_on: date | None

    @cached_property
    def folded_name(self) -> str:
        """The guest's name in one plain spelling."""
        return folded_name(self.surname, self.given_names)

    def nights(self, day: date) -> Nights:
        """The nights of the stay. A guest who should have left and did not is here tonight too."""
        until_on = self.expected_departure_on
        if until_on < day:
            until_on = day + timedelta(days=1)
        return Nights(self.checked_in_on, self.checked_out_on or until_on)


class Neighbourhood:
    """Stays of one lodging, found by document, by name with birth date, and by party."""

    def __init__(self, lodging: Lodging, stays: Iterable[Near] = ()) -> None:
        self._day = today(lodging.time_zone)
        self._time_zone = lodging.time_zone
        self._by_person: dict[tuple[str, str], list[Near]] = defaultdict(list)
        self._by_blind: dict[bytes, list[Near]] = defaultdict(list)
        self._by_party: dict[str, list[Near]] = defaultdict(list)
        for stay in stays:
            self.add(stay)

    def add(self, stay: Near) -> None:
        """Another stay, such as one that is stored together with others."""
        self._by_person[stay.birth_date, stay.folded_name].append(stay)
        if stay.document_blind is not None:
            self._by_blind[stay.document_blind].append(stay)
        if stay.party_ref is not None:
            self._by_party[stay.party_ref].append(stay)

    def alike(self, report: StayReport, *, besides: UUID | None = None) -> Iterator[Neighbour]:
        """The stays with the same document, or the same name and birth date, at about that time.

        None that was over before this one began.
        """
        guest = report.guest
        blind = find_document_blind(report.document.number)
        with_document = self._by_blind.get(blind, []) if blind is not None else []
        yield from self._near(report, with_document, besides)
        person = guest.birth_date, folded_name(guest.surname, guest.given_names)
        others = (
            one
            for one in self._by_person.get(person, [])
            if blind is None or one.document_blind != blind
        )
        if person[1]:
            yield from self._near(report, others, besides)

    def party(self, report: StayReport, *, besides: UUID | None = None) -> Iterator[Neighbour]:
        """The stays of the same party at about that time."""
        members = self._by_party.get(report.party_ref or "", [])
        return self._near(report, members, besides)

    def _near(
        self, report: StayReport, stays: Iterable[Near], besides: UUID | None
    ) -> Iterator[Neighbour]:
        begins_on = local_date(report.checked_in_at, self._time_zone)
        for one in stays:
            if (
                one.stay_id != besides
                and one.checked_in_on <= report.expected_departure_on
                and (one.checked_out_on is None or one.checked_out_on >= begins_on)
            ):
                yield self._neighbour(one)

    def _neighbour(self, stay: Near) -> Neighbour:
        return Neighbour(stay.stay_id, stay.nights(self._day), stay.birth_date)


def read_neighbourhood(lodging: Lodging, reports: Sequence[StayReport]) -> Neighbourhood:
    """Every stay, not cancelled, that may have to do with one of these reports."""
    begins = [local_date(one.checked_in_at, lodging.time_zone) for one in reports]
    blinds = {find_document_blind(one.document.number) for one in reports}
    values: dict[str, Any] = {
        "property_id": lodging.property_id,
        "office_id": lodging.office_id,
        "first_day": min(begins),
        "last_day": max(one.expected_departure_on for one in reports),
        "most": _MOST + _MOST_EACH * len(reports),
        "birth_dates": list({one.guest.birth_date for one in reports}),
        "blinds": [one for one in blinds if one is not None],
        "parties": list(
            {
                one.party_ref
                for one, day in zip(reports, begins, strict=True)
                if one.party_ref is not None and is_minor(one.guest.birth_date, day)
            }
        ),
    }
    rows = rows_of(_NEIGHBOURS, **values)
    return Neighbourhood(lodging, (Near(*row) for row in rows))


def near_of(report: StayReport, stay_id: UUID, time_zone: str) -> Near:
    """A report that is about to be stored, as a neighbour of others."""
    left_at = report.checked_out_at
    return Near(
        stay_id=stay_id,
        surname=report.guest.surname,
        given_names=report.guest.given_names,
        birth_date=report.guest.birth_date,
        party_ref=report.party_ref,
        document_blind=find_document_blind(report.document.number),
        checked_in_on=local_date(report.checked_in_at, time_zone),
        expected_departure_on=report.expected_departure_on,
        checked_out_on=local_date(left_at, time_zone) if left_at else None,
    )
