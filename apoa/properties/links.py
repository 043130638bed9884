"""Links in mails that prove who registered a lodging: made, looked at, used once."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, select

from apoa.access.models import OneTimeToken
from apoa.access.one_time_tokens import issue_token
from apoa.base.clock import now
from apoa.base.errors import NotFound, StateConflict
from apoa.base.ids import hash_token
from apoa.db.base import session


class LinkKind(StrEnum):
    """What a link is for."""

    VERIFY = "verify_registration"
    CORRECT = "correct_registration"


class LinkState(StrEnum):
    """Whether a link still works."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"


LIFETIMES = {LinkKind.VERIFY: timedelta(days=3), LinkKind.CORRECT: timedelta(days=30)}


@dataclass(frozen=True)
class RegistrationLink:
    """A link that exists, and the lodging that it speaks for."""

    property_id: UUID
    state: LinkState


@dataclass(frozen=True)
class PropertyLinks:
    """The addresses that mails about lodgings name; the tests hold them to the pages' routes."""

    base_url: str

    def verify(self, token: str) -> str:
        """Where an address of a new registration is verified."""
        return f"{self.base_url}/register/verify/{token}"

    def correct(self, token: str) -> str:
        """Where a registration that was asked back is corrected."""
        return f"{self.base_url}/register/correct/{token}"

    def review(self, property_id: UUID) -> str:
        """Where the office decides about a registration."""
        return f"{self.base_url}/insarkom/registrations/{property_id}"

    def accept_invitation(self, token: str) -> str:
        """Where the first manager sets a password."""
        return f"{self.base_url}/invitations/{token}"

    def sign_in(self) -> str:
        """Where people with an account sign in."""
        return f"{self.base_url}/sign-in"


def make_link_token(kind: LinkKind, property_id: UUID) -> str:
    """A new token for a link about this lodging; only its hash is stored."""
    return issue_token(kind, lifetime=LIFETIMES[kind], property_id=str(property_id))


def find_link(kind: LinkKind, token: str) -> RegistrationLink | None:
    """The link of a token; None when there was never such a link."""
    row = session().scalar(_of_token(kind, token))
    if row is None:
        return None
    return RegistrationLink(UUID(row.payload["property_id"]), _state(row))


def use_link(kind: LinkKind, token: str) -> UUID:
    """Spends a link; says of which lodging. Of two who try at once, one is refused.

    Raises NotFound for an unknown token, StateConflict for a used or expired one.
    """
    row = session().scalar(_of_token(kind, token).with_for_update())
    if row is None:
        raise NotFound("link")
    state = _state(row)
    if state is not LinkState.OPEN:
        raise StateConflict.because(f"link-{state}")
    row.used_at = now()
    return UUID(row.payload["property_id"])


def _of_token(kind: LinkKind, token: str) -> Select[OneTimeToken]:
    return select(OneTimeToken).where(
        OneTimeToken.token_hash == hash_token(token), OneTimeToken.kind == kind
    )


def _state(row: OneTimeToken) -> LinkState:
    if row.used_at is not None:
        return LinkState.USED
    return LinkState.EXPIRED if row.expires_at <= now() else LinkState.OPEN
