"""Links that work once, for a while: what a mail carries is stored only as a hash."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from apoa.access.models import OneTimeToken
from apoa.access.problems import LINK_NOT_VALID
from apoa.base.clock import now
from apoa.base.errors import StateConflict
from apoa.base.ids import hash_token, new_id, new_token
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work


@dataclass(frozen=True)
class TokenFacts:
    """What a token was made for."""

    user_id: UUID | None
    payload: dict[str, Any]


def issue_token(
    kind: str, *, lifetime: timedelta, user_id: UUID | None = None, **payload: Any
) -> str:
    """A new token of this kind ("reset-password"), for a link in a mail."""
    token = new_token()
    with unit_of_work():
        session().add(
            OneTimeToken(
                id=new_id(),
                token_hash=hash_token(token),
                kind=kind,
                user_id=user_id,
                payload=payload,
                created_at=now(),
                expires_at=now() + lifetime,
            )
        )
        session().flush()
    return token


def find_token(kind: str, token: str) -> TokenFacts | None:
    """What a token that still works was made for."""
    row = (
        session()
        .execute(select(OneTimeToken.user_id, OneTimeToken.payload).where(*_works(kind, token)))
        .one_or_none()
    )
    return TokenFacts(row.user_id, row.payload) if row else None


def use_token(kind: str, token: str) -> TokenFacts:
    """Uses the token up; of two callers at once one wins. Raises StateConflict.

    Call it inside the act's unit of work: if the act fails, the token works on.
    """
    with unit_of_work():
        row = (
            session()
            .execute(
                update(OneTimeToken)
                .where(*_works(kind, token))
                .values(used_at=now())
                .returning(OneTimeToken.user_id, OneTimeToken.payload)
            )
            .one_or_none()
        )
        if row is None:
            raise StateConflict.because(LINK_NOT_VALID)
        return TokenFacts(row.user_id, row.payload)


def void_tokens(kind: str, user_id: UUID) -> None:
    """Every other link of this kind stops working for this person."""
    with unit_of_work():
        session().execute(
            update(OneTimeToken)
            .where(OneTimeToken.kind == kind, OneTimeToken.user_id == user_id)
            .where(OneTimeToken.used_at.is_(None))
            .values(used_at=now())
        )


def _works(kind: str, token: str) -> tuple[Any, ...]:
    # Looked up by hash: how long the search takes says nothing about the token.
    return (
        OneTimeToken.token_hash == hash_token(token),
        OneTimeToken.kind == kind,
        OneTimeToken.used_at.is_(None),
        OneTimeToken.expires_at > now(),
    )
