"""What each term of a search means in the database.

Every condition is one that PostgreSQL may use on an index below row-level security: comparisons
only. LIKE is not (it may leak a row through an error), and so needs no escaping here either.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from apoa.base.names import query_tokens
from apoa.properties.models import Property
from apoa.properties.rules import fold_property_name
from apoa.stays.document_number import document_blind
from apoa.stays.models import Stay, StayNameToken, StayState
from apoa.supervision.terms import SearchTerms

# Sorts behind every character that a name or a code may hold.
_BEHIND_ALL = "\U0010ffff"


def conditions_of(terms: SearchTerms, stay: type[Stay]) -> list[ColumnElement[bool]]:
    """All that a stay must fulfil; `stay` is the table or an alias of it."""
    found: list[ColumnElement[bool]] = []
    if terms.document_number:
        found.append(stay.document_blind == document_blind(terms.document_number))
    if terms.name:
        found += [_has_word(stay, beginnings) for beginnings in query_tokens(terms.name)]
    if terms.nationality:
        found.append(stay.nationality == terms.nationality)
    if terms.birth_date:
        found.append(_born(stay, terms.birth_date))
    if terms.property_id:
        found.append(stay.property_id == terms.property_id)
    if terms.property_name or terms.region_code:
        found.append(stay.property_id.in_(_places(terms)))
    if terms.state:
        found.append(stay.state == terms.state)
    return found + _present(stay, terms)


def _has_word(stay: type[Stay], beginnings: frozenset[str]) -> ColumnElement[bool]:
    """One of the guest's spellings begins like one of these."""
    return exists().where(
        StayNameToken.property_id == stay.property_id,
        StayNameToken.stay_id == stay.id,
        or_(*(_begins(StayNameToken.token, one) for one in sorted(beginnings))),
    )


def _born(stay: type[Stay], birth_date: str) -> ColumnElement[bool]:
    """Everybody who may have this birthday: a part unknown to either side rules nobody out."""
    year, month, day = birth_date.split("-")
    whole_year = f"{year}-00-00"
    if month == "00":
        return stay.birth_date.between(whole_year, f"{year}-99-99")
    whole_month = f"{year}-{month}-00"
    if day == "00":
        in_month = stay.birth_date.between(whole_month, f"{year}-{month}-99")
        return or_(in_month, stay.birth_date == whole_year)
    return stay.birth_date.in_((birth_date, whole_month, whole_year))


def _places(terms: SearchTerms) -> Select[UUID]:
    statement = select(Property.id)
    if terms.region_code:
        # The dot keeps 17.7 from finding 17.71; the region itself has no dot behind it.
        inside = _begins(Property.region_code, f"{terms.region_code}.")
        statement = statement.where(or_(Property.region_code == terms.region_code, inside))
    for word in fold_property_name(terms.property_name or "").split():
        statement = statement.where(func.strpos(func.upper(Property.name_folded), word) > 0)
    return statement


def _present(stay: type[Stay], terms: SearchTerms) -> list[ColumnElement[bool]]:
    """In house on a day of the range: arrived by its end, not gone before its beginning."""
    first = terms.in_house_on or terms.in_house_from
    last = terms.in_house_on or terms.in_house_to
    if first is None and last is None:
        return []
    found: list[ColumnElement[bool]] = []
    if last is not None:
        found.append(stay.checked_in_on <= last)
    if first is not None:
        found.append(_gone_not_before(stay, first))
    if terms.state != StayState.CANCELLED:
        found.append(stay.state != StayState.CANCELLED)
    return found


def _gone_not_before(stay: type[Stay], day: date) -> ColumnElement[bool]:
    return or_(stay.checked_out_on.is_(None), stay.checked_out_on >= day)


def _begins(column: InstrumentedAttribute[str], text: str) -> ColumnElement[bool]:
    """The column begins with the text, byte by byte, as the index of text_pattern_ops knows it."""
    return and_(column.op("~>=~")(text), column.op("~<~")(text + _BEHIND_ALL))
