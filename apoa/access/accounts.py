"""Finds accounts by what a person typed, without a word about what was not found."""

from uuid import UUID

from sqlalchemy import select

from apoa.access.models import User
from apoa.base.errors import NotFound
from apoa.db.base import session
from apoa.db.secrets import secrets


def normalize_email(text: str) -> str:
    """An address as it is stored and compared: lower-case, nothing around it."""
    return text.strip().lower()


def find_user_by_email(email: str) -> User | None:
    """The account of an address, also a disabled one."""
    if "\0" in email:
        return None  # PostgreSQL's text knows no such character, so no account has it.
    return session().scalar(select(User).where(User.email == normalize_email(email)))


def get_user(user_id: UUID) -> User:
    """The account. Raises NotFound."""
    user = session().get(User, user_id)
    if user is None:
        raise NotFound("user")
    return user


def email_trace(email: str) -> str:
    """What the audit keeps of an address: enough to see the same one again, not to read it."""
    return secrets().blind_keys.blind("audit-email", normalize_email(email)).hex()[:32]
