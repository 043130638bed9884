"""The people and lodgings that the tests speak of, always the same."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from apoa.access.actors import Actor
from apoa.access.models import OfficerPost, PropertyMembership, User
from apoa.access.roles import Role
from apoa.access.sessions import load_actor
from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.db.base import db
from apoa.db.scope import NOTHING, Scope, scope, set_scope
from apoa.offices.models import Office, WorkingArea
from apoa.properties.models import Property, PropertyState
from apoa.properties.rules import fold_property_name
from apoa.stays.models import DeadlineRule

OFFICES = {
    "bengkulu": ("Kantor Imigrasi Kelas I TPI Bengkulu", "Kelas I TPI", ["17.71", "17.02"]),
    "blitar": ("Kantor Imigrasi Kelas II Non TPI Blitar", "Kelas II Non TPI", ["35.72", "35.05"]),
}
LODGINGS = {
    "property_a": ("Hotel Pantai Panjang", "bengkulu", "17.71.01.1001", "Asia/Jakarta"),
    "property_b": ("Wisma Rafflesia", "bengkulu", "17.71.01.1002", "Asia/Jakarta"),
    "property_c": ("Penginapan Kelud", "blitar", "35.72.01.1001", "Asia/Jakarta"),
}
PROPERTY_PEOPLE = {
    "clerk_a": {"property_a": Role.CLERK},
    "clerk_b": {"property_b": Role.CLERK},
    "clerk_c": {"property_c": Role.CLERK},
    "manager_ab": {"property_a": Role.MANAGER, "property_b": Role.MANAGER},
}
OFFICERS = {
    "insarkom_bengkulu": ("bengkulu", Role.INSARKOM),
    "supervisor_bengkulu": ("bengkulu", Role.SUPERVISION),
    "head_bengkulu": ("bengkulu", Role.HEAD_OF_OFFICE),
    "insarkom_blitar": ("blitar", Role.INSARKOM),
    "supervisor_blitar": ("blitar", Role.SUPERVISION),
    "directorate": (None, Role.DIRECTORATE),
    "auditor": (None, Role.AUDITOR),
}
EVERYWHERE = Scope(everywhere=True)
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Cast:
    """Ids by name; `actor("clerk_a")` gives the person with their roles as they are now."""

    users: dict[str, UUID]
    offices: dict[str, UUID]
    properties: dict[str, UUID]

    def actor(self, name: str) -> Actor:
        """The person, ready to act."""
        user = db.session.get(User, self.users[name])
        assert user is not None
        return load_actor(user)

    def act_as(self, name: str) -> Actor:
        """The person, with their scope in force as in a request of theirs."""
        actor = self.actor(name)
        db.session.rollback()
        set_scope(actor.scope)
        return actor

    def __getattr__(self, name: str) -> UUID:
        """`cast.clerk_a`, `cast.property_a`, `cast.office_bengkulu` are ids."""
        if name.startswith("office_"):
            return self.offices[name.removeprefix("office_")]
        found = self.properties.get(name) or self.users.get(name)
        if found is None:
            raise AttributeError(name)
        return found


def make_cast() -> Cast:
    """Stores the cast; every call makes new ids."""
    cast = Cast(users={}, offices={}, properties={})
    set_scope(NOTHING)
    with scope(EVERYWHERE):
        _offices(cast)
        _lodgings(cast)
        for name in (*PROPERTY_PEOPLE, *OFFICERS, "stranger"):
            _person(cast, name)
        db.session.commit()
    return cast


def _offices(cast: Cast) -> None:
    for code, (name, office_class, areas) in OFFICES.items():
        office = Office(
            id=new_id(), code=code, name=name, office_class=office_class, created_at=now()
        )
        db.session.add(office)
        db.session.flush()
        cast.offices[code] = office.id
        for area in areas:
            db.session.add(WorkingArea(region_code=area, office_id=office.id, created_at=now()))
    rule = DeadlineRule(
        id=new_id(), office_id=None, hours=24, effective_from=EPOCH, created_at=now()
    )
    db.session.add(rule)


def _lodgings(cast: Cast) -> None:
    for key, (name, office, region, time_zone) in LODGINGS.items():
        lodging = Property(
            id=new_id(),
            office_id=cast.offices[office],
            state=PropertyState.APPROVED,
            type="hotel",
            name=name,
            name_folded=fold_property_name(name),
            nib="1234567890123",
            address="Jalan Contoh 1",
            region_code=region,
            time_zone=time_zone,
            rooms=20,
            phone="+62736000000",
            responsible_name="Penanggung Jawab",
            responsible_email=f"{key}@example.com",
            created_at=now(),
            submitted_at=now(),
            approved_at=now(),
        )
        db.session.add(lodging)
        cast.properties[key] = lodging.id
    db.session.flush()


def _person(cast: Cast, name: str) -> None:
    user = User(
        id=new_id(),
        email=f"{name}@example.com",
        name=name.replace("_", " ").title(),
        email_verified_at=now(),
        created_at=now(),
    )
    db.session.add(user)
    db.session.flush()
    cast.users[name] = user.id
    for lodging, role in PROPERTY_PEOPLE.get(name, {}).items():
        office = LODGINGS[lodging][1]
        db.session.add(
            PropertyMembership(
                property_id=cast.properties[lodging],
                user_id=user.id,
                office_id=cast.offices[office],
                role=role,
                created_at=now(),
            )
        )
    if name in OFFICERS:
        office_code, role = OFFICERS[name]
        office_id = cast.offices[office_code] if office_code else None
        db.session.add(
            OfficerPost(
                id=new_id(), user_id=user.id, office_id=office_id, role=role, created_at=now()
            )
        )
