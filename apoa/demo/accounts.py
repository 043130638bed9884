"""The people of the demo who can sign in: each role, officers in all three offices."""

import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apoa.access.models import OfficerPost, PropertyMembership, User
from apoa.access.passwords import PasswordHashing
from apoa.access.roles import NATIONAL_ROLES, OFFICE_ROLES, Role
from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.base.settings import Settings
from apoa.db.base import session
from apoa.demo.lodgings import Lodging
from apoa.properties.models import PropertyState

_WORDS = (
    "rimba teluk pasir kelapa bambu cendana melati merpati rajawali telaga kabut cahaya payung"
    " perahu jendela gerobak lentera seruling tembaga kenari durian manggis rotan"
).split()
_NAMES = {
    ("bengkulu", Role.INSARKOM): "Ratna Lestari",
    ("bengkulu", Role.SUPERVISION): "Hendra Wijaya",
    ("bengkulu", Role.HEAD_OF_OFFICE): "Ahmad Fauzi",
    ("blitar", Role.INSARKOM): "Dwi Handayani",
    ("blitar", Role.SUPERVISION): "Bambang Setiawan",
    ("blitar", Role.HEAD_OF_OFFICE): "Sri Wahyuni",
    ("tanjung-uban", Role.INSARKOM): "Zulfikar",
    ("tanjung-uban", Role.SUPERVISION): "Fitri Nasution",
    ("tanjung-uban", Role.HEAD_OF_OFFICE): "Petrus Siregar",
}


@dataclass(frozen=True)
class _Maker:
    hashing: PasswordHashing

    def account(self, role: Role, email: str, name: str) -> tuple[UUID, dict[str, Any]]:
        """Stores a person; returns their id and the account as `demo credentials` prints it."""
        password = _password()
        user = User(
            id=new_id(),
            email=email,
            name=name,
            password_hash=self.hashing.hash(password),
            email_verified_at=now(),
            locale="id",
            created_at=now(),
        )
        session().add(user)
        session().flush()
        account = {
            "role": role.value,
            "email": email,
            "password": password,
            "office": None,
            "properties": [],
        }
        return user.id, account


def make_accounts(
    settings: Settings, offices: dict[str, UUID], lodgings: list[Lodging]
) -> list[dict[str, Any]]:
    """Stores the accounts; the first of each role is of Bengkulu."""
    maker = _Maker(PasswordHashing.of(settings))
    accounts = []
    for office_code, office_id in offices.items():
        accounts += _lodging_people(maker, office_code, lodgings)
        for role in OFFICE_ROLES:
            email = f"{role.value.replace('_', '-')}.{office_code}@apoa.example"
            user_id, account = maker.account(role, email, _NAMES[office_code, role])
            _post(user_id, office_id, role)
            accounts.append(account | {"office": office_code})
    for role in NATIONAL_ROLES:
        user_id, account = maker.account(role, f"{role.value}@apoa.example", _national_name(role))
        _post(user_id, None, role)
        accounts.append(account)
    order = list(Role)
    return sorted(accounts, key=lambda one: order.index(Role(one["role"])))


def _lodging_people(
    maker: _Maker, office_code: str, lodgings: list[Lodging]
) -> list[dict[str, Any]]:
    reporting = [
        one
        for one in lodgings
        if one.office_code == office_code and one.state == PropertyState.APPROVED
    ]
    accounts = []
    for role, count in ((Role.MANAGER, 3), (Role.CLERK, 1)):
        email = f"{role.value}.{office_code}@penginapan.example"
        name = "Maria Puspita" if role == Role.MANAGER else "Joko Susanto"
        user_id, account = maker.account(role, email, name)
        for one in reporting[:count]:
            membership = PropertyMembership(
                property_id=one.id,
                user_id=user_id,
                office_id=one.office_id,
                role=role,
                created_at=now(),
            )
            session().add(membership)
            account["properties"].append({"id": str(one.id), "name": one.name})
        accounts.append(account)
    return accounts


def _post(user_id: UUID, office_id: UUID | None, role: Role) -> None:
    post = OfficerPost(
        id=new_id(), user_id=user_id, office_id=office_id, role=role, created_at=now()
    )
    session().add(post)


def _national_name(role: Role) -> str:
    return "Indah Kurniawan" if role == Role.DIRECTORATE else "Yusuf Hartono"


def _password() -> str:
    words = "-".join(secrets.choice(_WORDS) for _ in range(3))
    return f"{words}-{secrets.randbelow(90) + 10}"
