"""What access must know of lodgings and offices: the name, and which office a lodging is under.

Their slices stand on a higher floor; a name and a key are read here without knowing more of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, column, select, table

from apoa.base.errors import NotFound
from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.db.base import session

_PROPERTIES = table("properties", column("id", Uuid), column("office_id", Uuid), column("name"))
OFFICES = table("offices", column("id", Uuid), column("name"))
NATIONAL = "Direktorat Jenderal Imigrasi"


@dataclass(frozen=True)
class Place:
    """Where a role is held: a lodging, an office, or (both None) the directorate."""

    name: str
    property_id: UUID | None = None
    office_id: UUID | None = None


def find_lodging(property_id: UUID, *, hold: bool = False) -> Place | None:
    """The lodging with its office, where the scope in force shows it.

    With `hold` it keeps that office until this transaction ends: who stores rows that carry it
    must not do so while the lodging moves to another one.
    """
    statement = select(_PROPERTIES.c.name, _PROPERTIES.c.office_id).where(
        _PROPERTIES.c.id == property_id
    )
    if hold:
        statement = statement.with_for_update(read=True, key_share=True)
    row = session().execute(statement).one_or_none()
    return Place(row.name, property_id, row.office_id) if row else None


def get_place(property_id: UUID | None, office_id: UUID | None, *, hold: bool = False) -> Place:
    """The lodging (see `find_lodging` for `hold`), else the office, else the directorate.

    Raises NotFound.
    """
    if property_id is not None:
        place = find_lodging(property_id, hold=hold)
    elif office_id is not None and office_id != SANDBOX_OFFICE_ID:
        name = session().scalar(select(OFFICES.c.name).where(OFFICES.c.id == office_id))
        place = Place(name, None, office_id) if name else None
    else:
        place = Place(NATIONAL) if office_id is None else None
    if place is None:
        raise NotFound("place")
    return place


def list_place_names(property_ids: Iterable[UUID], office_ids: Iterable[UUID]) -> list[str]:
    """The names of these lodgings and offices, as far as the scope in force shows them."""
    lodgings = select(_PROPERTIES.c.name).where(_PROPERTIES.c.id.in_(list(property_ids)))
    offices = select(OFFICES.c.name).where(OFFICES.c.id.in_(list(office_ids)))
    return [*session().scalars(lodgings), *session().scalars(offices)]


def office_names(office_ids: Iterable[UUID] | None = None) -> dict[UUID, str]:
    """The names of these offices, or of all, in the order of their names; never the sandbox."""
    statement = select(OFFICES.c.id, OFFICES.c.name).where(OFFICES.c.id != SANDBOX_OFFICE_ID)
    statement = statement.order_by(OFFICES.c.name)
    if office_ids is not None:
        statement = statement.where(OFFICES.c.id.in_(list(office_ids)))
    return {row.id: row.name for row in session().execute(statement)}
