"""Which stays answer a search: the only SQL of searching.

Every condition is one that PostgreSQL may use on an index below row-level security: comparisons
only. LIKE is not (it may leak a row through an error), and so needs no escaping here either.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from apoa.base.names import query_tokens
from apoa.properties.models import Property
from apoa.properties.rules import fold_property_name
from apoa.stays.document_number import document_blind
from apoa.stays.models import Stay, StayNameToken, StayState
from apoa.supervision.cursor import Cursor
from apoa.supervision.terms import SearchTerms

# Sorts behind every character that a name or a code may hold.
_BEHIND_ALL = "\U0010ffff"
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


def hits_of(
    terms: SearchTerms, offices: frozenset[UUID] | None, cursor: Cursor | None, limit: int
) -> Select[*tuple[Any, ...]]:
    """One page of the stays that fit, latest arrival first; `offices` None means all of them.

    A backwards cursor gives the page in reverse order. Nothing is counted: the price of a page
    does not grow with the number of hits.
    """
    statement = select(*STAY_COLUMNS).where(*_conditions(terms)).limit(limit)
    if offices is not None:
        statement = statement.where(Stay.office_id.in_(offices))
    place = tuple_(Stay.checked_in_on, Stay.id)
    if cursor is not None:
        here = tuple_(cursor.checked_in_on, cursor.stay_id)
        statement = statement.where(place > here if cursor.backwards else place < here)
    if cursor is not None and cursor.backwards:
        return statement.order_by(Stay.checked_in_on, Stay.id)
    return statement.order_by(Stay.checked_in_on.desc(), Stay.id.desc())


def other_stays_of(
    stay: Stay, offices: frozenset[UUID] | None, limit: int
) -> Select[*tuple[Any, ...]]:
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


def properties_of(property_ids: set[UUID]) -> Select[*tuple[Any, ...]]:
    """Name and region of the lodgings on a page."""
    return select(Property.id, Property.name, Property.region_code).where(
        Property.id.in_(property_ids)
    )


def _conditions(terms: SearchTerms) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if terms.document_number:
        found.append(Stay.document_blind == document_blind(terms.document_number))
    if terms.name:
        found += [_has_word(beginnings) for beginnings in query_tokens(terms.name)]
    if terms.nationality:
        found.append(Stay.nationality == terms.nationality)
    if terms.birth_date:
        found.append(_born(terms.birth_date))
    if terms.property_id:
        found.append(Stay.property_id == terms.property_id)
    if terms.property_name or terms.region_code:
        found.append(Stay.property_id.in_(_places(terms)))
    if terms.state:
        found.append(Stay.state == terms.state)
    return found + _present(terms)


def _has_word(beginnings: frozenset[str]) -> ColumnElement[bool]:
    """One of the guest's spellings begins like one of these."""
    return exists().where(
        StayNameToken.property_id == Stay.property_id,
        StayNameToken.stay_id == Stay.id,
        or_(*(_begins(StayNameToken.token, one) for one in sorted(beginnings))),
    )


def _born(birth_date: str) -> ColumnElement[bool]:
    """Everybody who may have this birthday: a part unknown to either side rules nobody out."""
    year, month, day = birth_date.split("-")
    whole_year = f"{year}-00-00"
    if month == "00":
        return Stay.birth_date.between(whole_year, f"{year}-99-99")
    whole_month = f"{year}-{month}-00"
    if day == "00":
        in_month = Stay.birth_date.between(whole_month, f"{year}-{month}-99")
        return or_(in_month, Stay.birth_date == whole_year)
    return Stay.birth_date.in_((birth_date, whole_month, whole_year))


def _places(terms: SearchTerms) -> Select[UUID]:
    statement = select(Property.id)
    if terms.region_code:
        # The dot keeps 17.7 from finding 17.71; the region itself has no dot behind it.
        inside = _begins(Property.region_code, f"{terms.region_code}.")
        statement = statement.where(or_(Property.region_code == terms.region_code, inside))
    for word in fold_property_name(terms.property_name or "").split():
        statement = statement.where(func.strpos(func.upper(Property.name_folded), word) > 0)
    return statement


def _present(terms: SearchTerms) -> list[ColumnElement[bool]]:
    """In house on a day of the range: arrived by its end, not gone before its beginning."""
    first = terms.in_house_on or terms.in_house_from
    last = terms.in_house_on or terms.in_house_to
    if first is None and last is None:
        return []
    found: list[ColumnElement[bool]] = []
    if last is not None:
        found.append(Stay.checked_in_on <= last)
    if first is not None:
        found.append(_gone_not_before(first))
    if terms.state != StayState.CANCELLED:
        found.append(Stay.state != StayState.CANCELLED)
    return found


def _gone_not_before(day: date) -> ColumnElement[bool]:
    return or_(Stay.checked_out_on.is_(None), Stay.checked_out_on >= day)


def _begins(column: InstrumentedAttribute[str], text: str) -> ColumnElement[bool]:
    """The column begins with the text, byte by byte, as the index of text_pattern_ops knows it."""
    return and_(column.op("~>=~")(text), column.op("~<~")(text + _BEHIND_ALL))
