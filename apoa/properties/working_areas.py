"""The directorate gives a region to an office, or takes it back; the lodgings there move along.

It stands here and not with the offices, since the lodgings and the areas change in one commit.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ScalarSelect, Uuid, func, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, StateConflict, VersionConflict
from apoa.db.base import session
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work
from apoa.offices.models import WorkingArea
from apoa.offices.queries import find_region, get_office, hold_areas, list_offices
from apoa.properties.models import Property
from apoa.properties.move import move_properties


@dataclass(frozen=True)
class MoveCount:
    """How many lodgings go from one office to another."""

    from_office: str
    to_office: str
    count: int


@dataclass(frozen=True)
class AreaPreview:
    """What a change of working areas would do; `without_office` must be 0 for it to be done."""

    moves: tuple[MoveCount, ...]
    without_office: int

    @property
    def moving(self) -> int:
        """How many lodgings change their office."""
        return sum(move.count for move in self.moves)


@dataclass(frozen=True)
class _Affected:
    property_id: UUID
    before: UUID
    after: UUID | None


def preview_area(actor: Actor, region_code: str, office_id: UUID | None) -> AreaPreview:
    """What would move if the region were given to the office, or (None) taken from its office.

    Raises NotAllowed, NotFound for the office, InvalidInput for the region.
    """
    require(actor, Action.EDIT_OFFICES)
    _require_change(region_code, office_id)
    return _preview(_affected(region_code, office_id))


def set_working_area(
    actor: Actor, region_code: str, office_id: UUID, *, expected_moves: int | None = None
) -> int:
    """Gives a region to an office, also one held by another; says how many lodgings moved.

    `expected_moves` is what the preview said. Raises NotAllowed, NotFound, InvalidInput, and
    VersionConflict when by now another number would move.
    """
    return _change(actor, region_code, office_id, expected_moves)


def remove_working_area(
    actor: Actor, region_code: str, *, expected_moves: int | None = None
) -> int:
    """Takes a region from its office: the area around it, if any, decides from now on.

    Raises as `set_working_area`, and StateConflict when lodgings would be left without an office.
    """
    return _change(actor, region_code, None, expected_moves)


def _change(
    actor: Actor, region_code: str, office_id: UUID | None, expected_moves: int | None
) -> int:
    require(actor, Action.EDIT_OFFICES)
    with unit_of_work(), scope_everywhere("working area changed"):
        hold_areas(to_change=True)
        _require_change(region_code, office_id)
        affected = _affected(region_code, office_id)
        preview = _preview(affected)
        if preview.without_office:
            count = str(preview.without_office)
            raise StateConflict.because("area-has-lodgings", "/region_code", count=count)
        if expected_moves is not None and expected_moves != preview.moving:
            raise VersionConflict.because("changed-meanwhile")
        before = _store(region_code, office_id)
        move_properties({one.property_id: one.after for one in affected if one.after})
        record(
            "set_working_area" if office_id else "remove_working_area",
            subject_type="office",
            subject_id=office_id or before,
            office_id=office_id or before,
            region_code=region_code,
            office_before=str(before) if before else None,
            moved={f"{one.from_office} > {one.to_office}": one.count for one in preview.moves},
        )
        _record_moves(affected)
        return preview.moving


def _require_change(region_code: str, office_id: UUID | None) -> None:
    if find_region(region_code) is None:
        raise InvalidInput.because("region-unknown", "/region_code")
    held_by = session().scalar(
        select(WorkingArea.office_id).where(WorkingArea.region_code == region_code)
    )
    if office_id is None and held_by is None:
        raise InvalidInput.because("area-not-held", "/region_code")
    if office_id is not None:
        get_office(office_id)
        if held_by == office_id:
            raise InvalidInput.because("area-held-already", "/region_code")


def _store(region_code: str, office_id: UUID | None) -> UUID | None:
    area = session().get(WorkingArea, region_code, populate_existing=True)
    before = area.office_id if area else None
    if office_id is None:
        session().delete(area)
    elif area is None:
        session().add(WorkingArea(region_code=region_code, office_id=office_id, created_at=now()))
    else:
        area.office_id = office_id
    session().flush()
    return before


def _affected(region_code: str, office_id: UUID | None) -> list[_Affected]:
    after = _office_after(Property.region_code, region_code, office_id)
    rows = session().execute(
        select(Property.id, Property.office_id, after.label("after"))
        .where(
            or_(
                Property.region_code == region_code,
                Property.region_code.startswith(f"{region_code}.", autoescape=True),
            )
        )
        .where(Property.office_id.is_distinct_from(after), Property.sandbox_of.is_(None))
        .order_by(Property.id)
    )
    return [_Affected(*row) for row in rows]


def _office_after(
    column: InstrumentedAttribute[str], region_code: str, office_id: UUID | None
) -> ScalarSelect[UUID | None]:
    """The office of a region as it would be: of the areas around it the narrowest decides."""
    areas = select(WorkingArea.region_code, WorkingArea.office_id).where(
        WorkingArea.region_code != region_code
    )
    if office_id is not None:
        given = select(literal(region_code), literal(office_id, Uuid))
        table = union_all(areas, given).subquery()
    else:
        table = areas.subquery()
    around = [func.left(column, length) for length in (2, 5, 8)]
    return (
        select(table.c.office_id)
        .where(table.c.region_code.in_([*around, column]))
        .order_by(func.length(table.c.region_code).desc())
        .limit(1)
        .correlate(Property)
        .scalar_subquery()
    )


def _preview(affected: list[_Affected]) -> AreaPreview:
    names: Mapping[UUID, str] = {office.id: office.name for office in list_offices()}
    counts = Counter((one.before, one.after) for one in affected if one.after)
    moves = tuple(
        MoveCount(names[before], names[after], count)
        for (before, after), count in counts.most_common()
        if after
    )
    return AreaPreview(moves, sum(1 for one in affected if one.after is None))


def _record_moves(affected: list[_Affected]) -> None:
    for one in affected:
        record(
            "move_property",
            subject_type="property",
            subject_id=one.property_id,
            property_id=one.property_id,
            office_id=one.after,
            office_before=str(one.before),
        )
