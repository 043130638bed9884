"""Sixty invented lodgings of all types, in every state a lodging can be in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from sqlalchemy import select

from apoa.access.models import PropertyMembership, User
from apoa.access.roles import Role
from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.demo.property_names import nib, property_name, responsible_person, street_address
from apoa.offices.models import Region
from apoa.offices.regions import time_zone_of
from apoa.properties.models import Property, PropertyEvent, PropertyState, PropertyType
from apoa.properties.rules import fold_property_name

# Where lodgings stand: office, town, district or regency, rough centre, how many of the sixty.
PLACES = (
    ("bengkulu", "Bengkulu", "17.71", (-3.795, 102.265), 24),
    ("bengkulu", "Curup", "17.02", (-3.470, 102.520), 6),
    ("blitar", "Blitar", "35.72", (-8.098, 112.165), 9),
    ("blitar", "Tulungagung", "35.04", (-8.065, 111.902), 6),
    ("tanjung-uban", "Lagoi", "21.01.10", (1.150, 104.400), 9),
    ("tanjung-uban", "Tanjung Uban", "21.01.07", (1.060, 104.220), 6),
)
TYPES = (
    *[PropertyType.HOTEL] * 4,
    *[PropertyType.GUESTHOUSE] * 3,
    *[PropertyType.HOMESTAY] * 3,
    *[PropertyType.VILLA] * 2,
    PropertyType.KOS,
    PropertyType.APARTMENT,
    PropertyType.PRIVATE_HOUSE,
    PropertyType.COMPANY_MESS,
)
# Counted from the end of each place's list: those that are not (or no longer) reporting.
STATES = {
    ("bengkulu", "Bengkulu"): (
        PropertyState.SUBMITTED,
        PropertyState.SUBMITTED,
        PropertyState.SUBMITTED,
        PropertyState.ASKED_BACK,
        PropertyState.REFUSED,
        PropertyState.SUSPENDED,
        PropertyState.CLOSED,
    ),
    ("blitar", "Blitar"): (PropertyState.SUBMITTED,),
    ("tanjung-uban", "Lagoi"): (PropertyState.SUBMITTED,),
}
ROOMS = {
    PropertyType.HOTEL: (20, 140),
    PropertyType.GUESTHOUSE: (5, 20),
    PropertyType.HOMESTAY: (1, 6),
    PropertyType.VILLA: (2, 12),
    PropertyType.KOS: (8, 40),
    PropertyType.APARTMENT: (10, 60),
    PropertyType.PRIVATE_HOUSE: (1, 3),
    PropertyType.COMPANY_MESS: (10, 50),
}


@dataclass(frozen=True)
class Lodging:
    """What the rest of the demo needs to know of a lodging."""

    id: UUID
    office_code: str
    office_id: UUID
    name: str
    type: PropertyType
    time_zone: str
    rooms: int
    state: PropertyState
    clerk_id: UUID


def make_lodgings(rng: Random, offices: dict[str, UUID]) -> list[Lodging]:
    """Stores the lodgings; those that report come first within their place."""
    made: list[Lodging] = []
    names: set[str] = set()
    for place in PLACES:
        made += _make_place(rng, offices, place, names, len(made))
    session().flush()
    return made


def _make_place(
    rng: Random,
    offices: dict[str, UUID],
    place: tuple[str, str, str, tuple[float, float], int],
    names: set[str],
    offset: int,
) -> list[Lodging]:
    office_code, town, region, centre, count = place
    villages = list(
        session().scalars(
            select(Region.code)
            .where(Region.code.like(f"{region}.%"), Region.level == 4)
            .order_by(Region.code)
        )
    )
    other_states = STATES.get((office_code, town), ())
    made = []
    for number in range(count):
        back = count - 1 - number
        state = other_states[back] if back < len(other_states) else PropertyState.APPROVED
        kind = TYPES[(offset + number) % len(TYPES)]
        name = _new_name(rng, kind, town, names)
        row = _row(rng, kind, name, rng.choice(villages), centre)
        row.office_id, row.state = offices[office_code], state
        _date(rng, row, state)
        session().add(row)
        session().flush()
        made.append(
            Lodging(
                id=row.id,
                office_code=office_code,
                office_id=row.office_id,
                name=name,
                type=kind,
                time_zone=row.time_zone,
                rooms=row.rooms,
                state=state,
                clerk_id=_clerk(rng, row, len(names)),
            )
        )
    return made


def _clerk(rng: Random, row: Property, number: int) -> UUID:
    """Who made the lodging's reports; the account has no password, nobody can sign in with it."""
    user = User(
        id=new_id(),
        email=f"resepsionis{number}@penginapan.example",
        name=responsible_person(rng),
        created_at=now(),
    )
    session().add(user)
    session().flush()
    membership = PropertyMembership(
        property_id=row.id,
        user_id=user.id,
        office_id=row.office_id,
        role=Role.CLERK,
        created_at=now(),
    )
    session().add(membership)
    return user.id


def _new_name(rng: Random, kind: PropertyType, town: str, taken: set[str]) -> str:
    for _ in range(50):
        name = property_name(rng, kind.value, town)
        if name not in taken:
            taken.add(name)
            return name
    raise RuntimeError("no free name left")


def _row(
    rng: Random, kind: PropertyType, name: str, village: str, centre: tuple[float, float]
) -> Property:
    private = kind == PropertyType.PRIVATE_HOUSE
    responsible = responsible_person(rng)
    slug = "".join(c for c in name.lower() if c.isalnum())[:40]
    return Property(
        id=new_id(),
        type=kind,
        name=name,
        name_folded=fold_property_name(name),
        nib=None if private else nib(rng),
        no_nib_reason="Rumah pribadi, bukan usaha" if private else None,
        address=street_address(rng),
        region_code=village,
        time_zone=time_zone_of(village),
        latitude=_near(rng, centre[0]),
        longitude=_near(rng, centre[1]),
        rooms=rng.randint(*ROOMS[kind]),
        phone=f"+62 812 0000 {rng.randint(1000, 9999)}",
        responsible_name=responsible,
        responsible_email=f"{slug}@penginapan.example",
    )


def _near(rng: Random, middle: float) -> Decimal:
    return Decimal(f"{middle + rng.uniform(-0.03, 0.03):.6f}")


def _date(rng: Random, row: Property, state: PropertyState) -> None:
    waiting = state in (PropertyState.SUBMITTED, PropertyState.ASKED_BACK)
    submitted = now() - timedelta(days=rng.randint(1, 9) if waiting else rng.randint(200, 900))
    row.created_at, row.submitted_at = submitted - timedelta(minutes=20), submitted
    _event(row, "submitted", submitted)
    if state == PropertyState.ASKED_BACK:
        _event(row, "asked_back", submitted + timedelta(days=1), "Alamat belum lengkap.")
    elif state == PropertyState.REFUSED:
        _event(row, "refused", submitted + timedelta(days=2), "Pendaftaran ganda.")
    elif not waiting:
        row.approved_at = submitted + timedelta(days=2)
        _event(row, "approved", row.approved_at)
    if state == PropertyState.SUSPENDED:
        _event(row, "suspended", now() - timedelta(days=12), "Tidak melapor selama dua bulan.")
    if state == PropertyState.CLOSED:
        _event(row, "closed", now() - timedelta(days=30), "Usaha berhenti.")


def _event(row: Property, kind: str, at: datetime, reason: str | None = None) -> None:
    session().add(
        PropertyEvent(
            property_id=row.id,
            id=new_id(),
            office_id=row.office_id,
            kind=kind,
            reason=reason,
            at=at,
        )
    )
