"""What the tests of access share: a cheap hashing, the queued mails, the audit."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from apoa.access.models import Mail, User
from apoa.access.passwords import PasswordHashing
from apoa.audit.models import AuditRow
from apoa.db.base import db
from apoa.db.scope import scope
from tests.cast import EVERYWHERE

GOOD_PASSWORD = "teras-kopi-hujan-42"
CHEAP = PasswordHashing(time_cost=1, memory_kib=8)


@pytest.fixture
def hashing() -> PasswordHashing:
    """A hashing that costs next to nothing."""
    return CHEAP


@pytest.fixture
def give_password() -> Callable[[UUID], None]:
    """Gives a person of the cast the good password."""

    def give(user_id: UUID) -> None:
        db.session.get_one(User, user_id).password_hash = CHEAP.hash(GOOD_PASSWORD)
        db.session.commit()

    return give


class Mailbox:
    """The mails that wait to go out."""

    def to(self, address: str) -> list[Mail]:
        """Those to an address, oldest first."""
        statement = (
            select(Mail).where(Mail.to_address == address).order_by(Mail.created_at, Mail.id)
        )
        return list(db.session.scalars(statement))

    def token(self, address: str) -> str:
        """The token in the newest mail's link; the same link in each language."""
        tokens = set(re.findall(r"https://apoa\.test/(\S+)", self.to(address)[-1].body or ""))
        assert len(tokens) == 1
        return tokens.pop()


@pytest.fixture
def mailbox() -> Mailbox:
    """The mails that wait to go out."""
    return Mailbox()


@pytest.fixture
def audit() -> Callable[[str], list[AuditRow]]:
    """The audit rows of an action."""

    def read(action: str) -> list[AuditRow]:
        with scope(EVERYWHERE):
            statement = select(AuditRow).where(AuditRow.action == action).order_by(AuditRow.id)
            rows = list(db.session.scalars(statement))
            db.session.expunge_all()
        return rows

    return read


def link(token: str) -> str:
    """A link as the pages make it."""
    return f"https://apoa.test/{token}"
