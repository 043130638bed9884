"""What the tests of the account pages share."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from apoa.access.models import Mail, User
from apoa.access.passwords import PasswordHashing
from apoa.db.base import db

GOOD_PASSWORD = "teras-kopi-hujan-42"


@pytest.fixture
def give_password() -> Callable[..., None]:
    """Gives a person a password."""

    def give(user_id: UUID, password: str = GOOD_PASSWORD) -> None:
        user = db.session.get_one(User, user_id)
        user.password_hash = PasswordHashing(time_cost=1, memory_kib=8).hash(password)
        db.session.commit()

    return give


@pytest.fixture
def mailed_path() -> Callable[[str], str]:
    """The path in the link of the newest mail to an address."""

    def read(address: str) -> str:
        statement = select(Mail.body).where(Mail.to_address == address).order_by(Mail.id.desc())
        found = re.search(r"https?://[^/]+(/\S+)", db.session.scalars(statement).first() or "")
        assert found is not None
        return found.group(1)

    return read
