"""Decides which lodgings a registration is likely to repeat: same NIB, or a like name nearby."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.sql.elements import ColumnElement

from apoa.base.names import fold
from apoa.db.base import session
from apoa.db.scope import scope_everywhere
from apoa.offices.models import Office
from apoa.properties.models import Property

NEARBY_METRES = 500
_EARTH_METRES = 6_371_000
_METRES_IN_A_DEGREE = 111_320
_LIKE_ENOUGH = 0.85
_SHARED_WORDS = 0.6
_DISTRICT_CODE_LENGTH = 8
Point = tuple[Decimal, Decimal]
# Words that say what kind of house it is, and not which.
_GENERIC = frozenset(
    "HOTEL HOSTEL LOSMEN PENGINAPAN WISMA PONDOK RUMAH KOST KOS VILLA VILA GUEST HOUSE GUESTHOUSE"
    " HOMESTAY HOME STAY INN RESORT RESIDENCE APARTEMEN APARTMENT MESS MES SYARIAH THE DAN AND"
    " PT CV UD".split()
)


class DuplicateReason(StrEnum):
    """Why two lodgings may be one."""

    SAME_NIB = "same_nib"
    LIKE_NAME_IN_DISTRICT = "like_name_in_district"
    LIKE_NAME_NEARBY = "like_name_nearby"


@dataclass(frozen=True)
class Duplicate:
    """A lodging that may be the same; the strongest reasons first, `metres` where both are known.

    `is_elsewhere`: it is with another office; then only its office is told.
    """

    property_id: UUID | None
    name: str
    state: str
    office_name: str
    region_code: str
    reasons: tuple[DuplicateReason, ...]
    metres: int | None = None
    is_elsewhere: bool = False


def find_duplicates(lodging: Property) -> list[Duplicate]:
    """What an officer should compare before deciding about this lodging.

    Of another office's lodgings only the same NIB is looked at, and only the office is told.
    """
    visible = session().execute(
        select(Property, Office.name)
        .join(Office, Office.id == Property.office_id)
        .where(Property.id != lodging.id, or_(*_worth_comparing(lodging)))
        .order_by(Property.created_at, Property.id)
    )
    found = []
    seen = set()
    for other, office_name in visible:
        seen.add(other.id)
        reasons, metres = _compare(lodging, other)
        if reasons:
            found.append(
                Duplicate(
                    other.id,
                    other.name,
                    other.state,
                    office_name,
                    other.region_code,
                    tuple(reasons),
                    metres,
                )
            )
    found.sort(key=lambda one: (DuplicateReason.SAME_NIB not in one.reasons, -len(one.reasons)))
    return found + _same_nib_elsewhere(lodging.id, lodging.nib, seen)


def is_like_name(name: str, other: str) -> bool:
    """Whether two names may be of one house: nearly the same spelling, or most words shared."""
    first, second = _telling_words(name), _telling_words(other)
    if not first or not second:
        return fold(name) == fold(other)
    shared = len(first & second) / len(first | second)
    spelling = SequenceMatcher(None, " ".join(sorted(first)), " ".join(sorted(second)))
    return shared >= _SHARED_WORDS or spelling.ratio() >= _LIKE_ENOUGH


def metres_between(first: Point, second: Point) -> float:
    """The distance of two points (latitude, longitude in degrees) along the ground, in metres."""
    lat1, lon1, lat2, lon2 = (math.radians(float(part)) for part in (*first, *second))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * _EARTH_METRES * math.asin(math.sqrt(half))


def _compare(lodging: Property, other: Property) -> tuple[list[DuplicateReason], int | None]:
    reasons = []
    metres = _metres(lodging, other)
    if lodging.nib is not None and lodging.nib == other.nib:
        reasons.append(DuplicateReason.SAME_NIB)
    if is_like_name(lodging.name, other.name):
        if metres is not None and metres <= NEARBY_METRES:
            reasons.append(DuplicateReason.LIKE_NAME_NEARBY)
        elif _district(lodging.region_code) == _district(other.region_code):
            reasons.append(DuplicateReason.LIKE_NAME_IN_DISTRICT)
    return reasons, metres


def _worth_comparing(lodging: Property) -> Iterable[ColumnElement[bool]]:
    yield Property.region_code.startswith(_district(lodging.region_code), autoescape=True)
    if lodging.nib is not None:
        yield Property.nib == lodging.nib
    if lodging.latitude is not None and lodging.longitude is not None:
        # A square around the place, a little wider than the circle; the country is near the
        # equator, where a degree of longitude is hardly shorter.
        side = Decimal(str(round(1.1 * NEARBY_METRES / _METRES_IN_A_DEGREE, 6)))
        yield and_(
            Property.latitude.between(lodging.latitude - side, lodging.latitude + side),
            Property.longitude.between(lodging.longitude - side, lodging.longitude + side),
        )


def _same_nib_elsewhere(property_id: UUID, nib: str | None, seen: set[UUID]) -> list[Duplicate]:
    if nib is None:
        return []
    with scope_everywhere("same NIB at another office"):
        rows = (
            session()
            .execute(
                select(Property.id, Property.state, Office.name)
                .join(Office, Office.id == Property.office_id)
                .where(Property.nib == nib, Property.id != property_id)
                .where(Property.sandbox_of.is_(None))
                .order_by(Office.name, Property.id)
            )
            .all()
        )
    reasons = (DuplicateReason.SAME_NIB,)
    return [
        Duplicate(None, "", row.state, row.name, "", reasons, is_elsewhere=True)
        for row in rows
        if row.id not in seen
    ]


def _metres(lodging: Property, other: Property) -> int | None:
    here, there = _point(lodging), _point(other)
    return None if here is None or there is None else round(metres_between(here, there))


def _point(lodging: Property) -> Point | None:
    if lodging.latitude is None or lodging.longitude is None:
        return None
    return lodging.latitude, lodging.longitude


def _district(region_code: str) -> str:
    return region_code[:_DISTRICT_CODE_LENGTH]


def _telling_words(name: str) -> frozenset[str]:
    return frozenset(fold(name).split()) - _GENERIC
