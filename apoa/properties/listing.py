"""Decides how officers list lodgings and registrations: filters, a stable order, pages, counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal, or_, select, tuple_

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.base.names import fold
from apoa.db.base import session
from apoa.offices.models import Office
from apoa.offices.queries import find_region_paths
from apoa.properties.models import Property, PropertyState

PAGE_SIZE = 50
REGISTRATION_STATES = (
    PropertyState.SUBMITTED,
    PropertyState.ASKED_BACK,
    PropertyState.UNVERIFIED,
    PropertyState.REFUSED,
)
PROPERTY_STATES = (PropertyState.APPROVED, PropertyState.SUSPENDED, PropertyState.CLOSED)


@dataclass(frozen=True)
class PropertyFilter:
    """What is asked for; None asks for everything. `name`: words that begin a word of the name."""

    type: str | None = None
    state: str | None = None
    region_code: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class PropertyLine:
    """A lodging in a list. `region` has the names from the narrowest region to the widest."""

    id: UUID
    name: str
    type: str
    state: str
    region: str
    office_name: str
    rooms: int
    created_at: datetime
    submitted_at: datetime | None


@dataclass(frozen=True)
class PropertyPage:
    """Some lines of a list; `total` counts the whole of it. `before`, `after`: ids to page by."""

    lines: tuple[PropertyLine, ...]
    total: int
    before: UUID | None
    after: UUID | None


@dataclass(frozen=True)
class Paging:
    """Where in a list: after this lodging, or before that one, or (neither) at its beginning."""

    after: UUID | None = None
    before: UUID | None = None
    size: int = PAGE_SIZE


def list_registrations(actor: Actor, state: str, paging: Paging) -> PropertyPage:
    """The registrations in one state that the actor may see, the oldest first."""
    require(actor, Action.VIEW_PROPERTIES)
    asked_at = func.coalesce(Property.submitted_at, Property.created_at)
    return _page([Property.state == state], [asked_at, Property.id], paging)


def count_registrations(actor: Actor) -> Mapping[str, int]:
    """How many registrations there are in each state, 0 included."""
    require(actor, Action.VIEW_PROPERTIES)
    rows = session().execute(
        select(Property.state, func.count().label("number"))
        .where(Property.state.in_(REGISTRATION_STATES))
        .group_by(Property.state)
    )
    counts: dict[str, int] = {row.state: row.number for row in rows}
    return {state.value: counts.get(state.value, 0) for state in REGISTRATION_STATES}


def count_by_office(actor: Actor) -> Mapping[UUID, int]:
    """How many lodgings past registration each office has; one without any is left out."""
    require(actor, Action.VIEW_PROPERTIES)
    rows = session().execute(
        select(Property.office_id, func.count().label("number"))
        .where(Property.state.in_(PROPERTY_STATES))
        .group_by(Property.office_id)
    )
    return {row.office_id: row.number for row in rows}


def list_properties(actor: Actor, asked: PropertyFilter, paging: Paging) -> PropertyPage:
    """The lodgings past registration that the actor may see, by name."""
    require(actor, Action.VIEW_PROPERTIES)
    conditions: list[ColumnElement[bool]] = [
        Property.state.in_([asked.state] if asked.state else PROPERTY_STATES)
    ]
    if asked.type:
        conditions.append(Property.type == asked.type)
    if asked.region_code:
        within = Property.region_code.startswith(f"{asked.region_code}.", autoescape=True)
        conditions.append(or_(Property.region_code == asked.region_code, within))
    for word in fold(asked.name or "").split():
        conditions.append(
            func.concat(" ", Property.name_folded).contains(f" {word}", autoescape=True)
        )
    return _page(conditions, [Property.name_folded, Property.id], paging)


def _page(
    conditions: Sequence[ColumnElement[bool]], order: Sequence[Any], paging: Paging
) -> PropertyPage:
    """One page by the key of its neighbour: rows that come and go meanwhile shift nothing."""
    total = session().scalar(select(func.count()).select_from(Property).where(*conditions)) or 0
    backwards = paging.before is not None and paging.after is None
    anchor = paging.before if backwards else paging.after
    statement = (
        select(Property, Office.name)
        .join(Office, Office.id == Property.office_id)
        .where(*conditions)
        .order_by(*(key.desc() if backwards else key for key in order))
        .limit(paging.size + 1)
    )
    at = _key_of(anchor, order)
    if at is not None:
        key = tuple_(*order)
        statement = statement.where(key < at if backwards else key > at)
    rows = session().execute(statement).all()
    has_more = len(rows) > paging.size
    rows = rows[: paging.size]
    if backwards:
        rows = rows[::-1]
    first = rows[0][0].id if rows and (has_more if backwards else at is not None) else None
    last = rows[-1][0].id if rows and (backwards or has_more) else None
    return PropertyPage(_lines(rows), total, before=first, after=last)


def _key_of(anchor: UUID | None, order: Sequence[Any]) -> Any:
    """What the neighbour is sorted by; None for the beginning, or when it is not there any more."""
    if anchor is None:
        return None
    row = session().execute(select(*order).where(Property.id == anchor)).one_or_none()
    return None if row is None else tuple_(*(literal(value) for value in row))


def _lines(rows: Sequence[Any]) -> tuple[PropertyLine, ...]:
    paths = find_region_paths({lodging.region_code for lodging, _ in rows})
    return tuple(
        PropertyLine(
            lodging.id,
            lodging.name,
            lodging.type,
            lodging.state,
            ", ".join(reversed(paths.get(lodging.region_code, ()))),
            office_name,
            lodging.rooms,
            lodging.created_at,
            lodging.submitted_at,
        )
        for lodging, office_name in rows
    )
