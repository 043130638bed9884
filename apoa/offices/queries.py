"""Decides how regions, offices and working areas are read, and which office answers for a place."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select, text

from apoa.base.errors import NotFound
from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.db.base import session
from apoa.offices.models import Office, Region, WorkingArea
from apoa.offices.regions import ancestor_codes, is_region_code

# Any number that nothing else in this database locks.
_AREAS_LOCK = 7101945


def find_region(code: str) -> Region | None:
    """The region of a code, None when there is none or the code is malformed."""
    return session().get(Region, code) if is_region_code(code) else None


def get_region(code: str) -> Region:
    """The region of a code; raises NotFound."""
    region = find_region(code)
    if region is None:
        raise NotFound("region")
    return region


def region_path(code: str) -> tuple[str, ...]:
    """The names from the province down to the region itself; raises NotFound."""
    return find_region_paths([get_region(code).code])[code]


def find_region_paths(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The names from the province down, for each code that exists; one statement for them all."""
    chains = {code: (*ancestor_codes(code), code) for code in codes if is_region_code(code)}
    every = {one for chain in chains.values() for one in chain}
    rows = session().execute(select(Region.code, Region.name).where(Region.code.in_(every)))
    names = {row.code: row.name for row in rows}
    return {
        code: tuple(names[one] for one in chain if one in names)
        for code, chain in chains.items()
        if code in names
    }


def list_offices() -> list[Office]:
    """Every office by name, without the sandbox."""
    real = select(Office).where(Office.id != SANDBOX_OFFICE_ID)
    return list(session().scalars(real.order_by(Office.name)))


def get_office(office_id: UUID) -> Office:
    """The office; raises NotFound."""
    office = session().get(Office, office_id) if office_id != SANDBOX_OFFICE_ID else None
    if office is None:
        raise NotFound("office")
    return office


def list_areas(office_id: UUID | None = None) -> list[WorkingArea]:
    """The working areas of an office, or of all, by code: a regency before its districts."""
    statement = select(WorkingArea).order_by(WorkingArea.region_code)
    if office_id is not None:
        statement = statement.where(WorkingArea.office_id == office_id)
    return list(session().scalars(statement))


def find_office_for_region(region_code: str) -> UUID | None:
    """The office answerable for a region: of the areas around it the narrowest decides."""
    return session().scalar(
        select(WorkingArea.office_id)
        .where(WorkingArea.region_code.in_((*ancestor_codes(region_code), region_code)))
        .order_by(func.length(WorkingArea.region_code).desc())
        .limit(1)
    )


def list_area_names() -> list[str]:
    """The names of all regions that have an office, for telling where registration is possible."""
    return list(
        session().scalars(
            select(Region.name)
            .join(WorkingArea, WorkingArea.region_code == Region.code)
            .order_by(Region.code)
        )
    )


def hold_areas(*, to_change: bool = False) -> None:
    """Keeps the working areas as they are until this transaction ends.

    Who takes an office from a region holds them, and who changes them waits: else a lodging
    registered at that moment would be left with an office that no longer answers for it.
    """
    lock = "pg_advisory_xact_lock" if to_change else "pg_advisory_xact_lock_shared"
    session().execute(text(f"SELECT {lock}(:number)"), {"number": _AREAS_LOCK})
