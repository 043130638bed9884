"""Which stays answer a search, and in which order they are looked at."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import aliased

from apoa.properties.models import Property
from apoa.stays.models import Stay
from apoa.supervision.conditions import conditions_of
from apoa.supervision.cursor import Cursor
from apoa.supervision.terms import SearchTerms

Rows = Select[*tuple[Any, ...]]
STAY_COLUMNS = (
    Stay.property_id,
    Stay.id,
    Stay.surname,
    Stay.given_names,
    Stay.native_name,
    Stay.nationality,
    Stay.sex,
    Stay.birth_date,
    Stay.room,
    Stay.state,
    Stay.checked_in_on,
    Stay.expected_departure_on,
    Stay.checked_out_on,
)


@dataclass(frozen=True)
class Reach:
    """Where to look: these offices' stays (None: all), from a place in the order onwards."""

    offices: frozenset[UUID] | None
    cursor: Cursor | None = None

    @property
    def is_one_office(self) -> bool:
        """Whether all the stays are of a single office."""
        return self.offices is not None and len(self.offices) == 1

    @property
    def backwards(self) -> bool:
        """Whether the page lies before the cursor; its rows then come in reverse order."""
        return self.cursor is not None and self.cursor.backwards

    def narrow(self, statement: Rows) -> Rows:
        """The statement for these offices and from this place only."""
        if self.offices is not None:
            statement = statement.where(Stay.office_id.in_(self.offices))
        if self.cursor is not None:
            place = tuple_(Stay.checked_in_on, Stay.id)
            here = tuple_(self.cursor.checked_in_on, self.cursor.stay_id)
            statement = statement.where(place > here if self.backwards else place < here)
        return statement

    def order(self, statement: Rows, stay: type[Stay] = Stay) -> Rows:
        """The statement with the latest arrival first."""
        if self.backwards:
            return statement.order_by(stay.checked_in_on, stay.id)
        return statement.order_by(stay.checked_in_on.desc(), stay.id.desc())


def hits_anywhere(terms: SearchTerms, reach: Reach, limit: int) -> Rows:
    """The first stays that fit. Right where few fit: an index finds those few."""
    statement = select(*STAY_COLUMNS).where(*conditions_of(terms, Stay)).limit(limit)
    return reach.order(reach.narrow(statement))


def hits_among_next(terms: SearchTerms, reach: Reach, limit: int, window: int) -> Rows:
    """The stays that fit among the next `window` ones. Right where many fit.

    The planner can't tell how many stays fit a name below row-level security, and would collect
    and sort them all; this walks along the order and stops.
    """
    last = terms.in_house_on or terms.in_house_to
    inner = reach.narrow(select(*STAY_COLUMNS, Stay.office_id, Stay.document_blind))
    if last is not None:
        inner = inner.where(Stay.checked_in_on <= last)
    if terms.nationality and reach.is_one_office:
        # An index of its own keeps this order (ix_stays_office_nationality).
        inner = inner.where(Stay.nationality == terms.nationality)
    following = aliased(Stay, reach.order(inner).limit(window).subquery())
    columns = [getattr(following, column.key) for column in STAY_COLUMNS]
    statement = select(*columns).where(*conditions_of(terms, following)).limit(limit)
    return reach.order(statement, following)


def other_stays_of(stay: Stay, offices: frozenset[UUID] | None, limit: int) -> Rows:
    """Stays under the same document number as this one, latest arrival first."""
    statement = (
        select(*STAY_COLUMNS)
        .where(Stay.document_blind == stay.document_blind, Stay.id != stay.id)
        .order_by(Stay.checked_in_on.desc(), Stay.id.desc())
        .limit(limit)
    )
    return statement if offices is None else statement.where(Stay.office_id.in_(offices))


def stay_of(property_id: UUID, stay_id: UUID, offices: frozenset[UUID] | None) -> Select[Stay]:
    """One stay, if it is within reach."""
    statement = select(Stay).where(Stay.property_id == property_id, Stay.id == stay_id)
    return statement if offices is None else statement.where(Stay.office_id.in_(offices))


def properties_of(property_ids: set[UUID]) -> Rows:
    """Name and region of the lodgings on a page."""
    return select(Property.id, Property.name, Property.region_code).where(
        Property.id.in_(property_ids)
    )
