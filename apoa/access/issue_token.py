"""Exchanges a key's id and secret for a token of one hour (OAuth 2.0 client credentials)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import and_, delete, or_, select

import apoa.access.api_problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.api_models import ApiKey, ApiToken, KeyMode
from apoa.access.key_text import TOKEN_PREFIX, parse_credentials
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotSignedIn
from apoa.base.ids import SANDBOX_OFFICE_ID, hash_token, new_token
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work

LIFE = timedelta(hours=1)


@dataclass(frozen=True)
class IssuedToken:
    """The token, shown once; `expires_in` in seconds."""

    token: str = field(repr=False)
    expires_in: int
    scopes: tuple[str, ...]


def issue_token(
    client_id: str, client_secret: str, scopes: Collection[str] | None = None
) -> IssuedToken:
    """A token with the key's scopes, or some of them.

    Raises NotSignedIn (named "credentials-invalid") for a wrong, ended or expired key, and
    InvalidInput for a scope that the key does not have.
    """
    shown = parse_credentials(client_id, client_secret)
    if shown is None:
        raise NotSignedIn("credentials-invalid")
    with unit_of_work():
        secret_hash = hash_token(shown.secret)
        key = session().scalar(
            select(ApiKey).where(
                ApiKey.id == shown.key_id,
                ApiKey.mode == shown.mode,
                ApiKey.ended_at.is_(None),
                ApiKey.expires_at > now(),
                or_(
                    ApiKey.secret_hash == secret_hash,
                    and_(
                        ApiKey.previous_secret_hash == secret_hash,
                        ApiKey.previous_valid_until > now(),
                    ),
                ),
            )
        )
        if key is None:
            raise NotSignedIn("credentials-invalid")
        return _issue(key, scopes)


def forget_expired_tokens() -> int:
    """Deletes tokens that are over for a day; says how many. For a daily job."""
    with unit_of_work():
        gone = session().scalars(
            delete(ApiToken)
            .where(ApiToken.expires_at < now() - timedelta(days=1))
            .returning(ApiToken.token_hash)
        )
        return len(gone.all())


def _issue(key: ApiKey, scopes: Collection[str] | None) -> IssuedToken:
    wanted = sorted(set(scopes)) if scopes else list(key.scopes)
    for scope in wanted:
        if scope not in key.scopes:
            raise InvalidInput.because("scope-not-granted", "/scope", scope=scope)
    token = TOKEN_PREFIX + new_token()
    moment = now()
    until = min(moment + LIFE, key.expires_at)
    session().add(
        ApiToken(
            token_hash=hash_token(token),
            key_id=key.id,
            scopes=wanted,
            created_at=moment,
            expires_at=until,
        )
    )
    office_id = SANDBOX_OFFICE_ID if key.mode == KeyMode.TEST else None
    record(
        "token_issued",
        subject_type="api_key",
        subject_id=key.id,
        office_id=office_id,
        scopes=wanted,
    )
    return IssuedToken(token, int((until - moment).total_seconds()), tuple(wanted))
