"""Whether a call of the API is let in: one statement finds the caller and takes from its bucket.

It is committed on a connection of its own, so that a call which fails is still a call.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, text

import apoa.access.api_problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.api_caller import ApiCaller, caller_of
from apoa.access.key_text import TOKEN_PREFIX, parse_key
from apoa.base.clock import now
from apoa.base.ids import hash_token
from apoa.db.base import db
from apoa.db.core import run
from apoa.db.secrets import secrets

WINDOW_SECONDS = 60
_SEEN_EVERY = timedelta(minutes=1)
_COLUMNS = "k.id, k.mode, k.name, k.property_ids, k.office_id, k.ended_at, k.last_used_at"
_BY_KEY = (
    f"SELECT {_COLUMNS}, k.scopes, k.expires_at, false AS by_token FROM api_keys k"  # noqa: S608 - constants
    " WHERE k.id = :key_id AND k.mode = :mode AND (k.secret_hash = :secret_hash"
    " OR (k.previous_secret_hash = :secret_hash AND k.previous_valid_until > :now))"
)
_BY_TOKEN = (
    f"SELECT {_COLUMNS}, t.scopes, LEAST(t.expires_at, k.expires_at) AS expires_at,"  # noqa: S608 - constants
    " k.expires_at > :now AS by_token FROM api_tokens t JOIN api_keys k ON k.id = t.key_id"
    " WHERE t.token_hash = :secret_hash"
)
_NOBODY = (
    f"SELECT {_COLUMNS}, k.scopes, k.expires_at, false AS by_token FROM api_keys k WHERE false"  # noqa: S608 - constants
)
_SINCE = "GREATEST(0, EXTRACT(EPOCH FROM CAST(:now AS timestamptz) - b.refilled_at))"
# What is in an existing bucket by now; a new row would hold one less than the bucket does.
_REFILLED = f"LEAST(excluded.tokens + 1, b.tokens + (excluded.tokens + 1) / :window * {_SINCE})"
_ADMIT = """
WITH caller AS ({caller}),
asked AS (
  SELECT COALESCE((SELECT sha256(convert_to('api|' || id, 'UTF8')) FROM caller),
                  CAST(:open_bucket AS bytea)) AS key,
         CAST(CASE WHEN EXISTS (SELECT FROM caller) THEN :per_key ELSE :per_address END
              AS float8) AS capacity),
taken AS (
  INSERT INTO throttles AS b (key, tokens, refilled_at) SELECT key, capacity - 1, :now FROM asked
  ON CONFLICT (key) DO UPDATE SET tokens = {refilled} - 1,
    refilled_at = GREATEST(b.refilled_at, :now)
  WHERE {refilled} >= 1 RETURNING b.tokens)
SELECT asked.capacity, (SELECT tokens FROM taken) AS tokens_left,
       (SELECT b.tokens + asked.capacity / :window * {since} FROM throttles b
        WHERE b.key = asked.key) AS tokens_before, caller.*
FROM asked LEFT JOIN caller ON true
"""
_STATEMENTS = {
    name: text(_ADMIT.format(caller=caller, refilled=_REFILLED, since=_SINCE))
    for name, caller in (("key", _BY_KEY), ("token", _BY_TOKEN), ("nobody", _NOBODY))
}
_SEEN = text(
    "UPDATE api_keys SET last_used_at = :now WHERE id = :id"
    " AND (last_used_at IS NULL OR last_used_at < :before)"
)


class _Row(NamedTuple):
    """What the statement tells; of nobody's call all but the first three is empty."""

    capacity: float
    tokens_left: float | None
    tokens_before: float | None
    id: UUID | None
    mode: str
    name: str
    property_ids: list[UUID]
    office_id: UUID | None
    ended_at: datetime | None
    last_used_at: datetime | None
    scopes: list[str]
    expires_at: datetime
    by_token: bool


@dataclass(frozen=True)
class Limits:
    """Calls a minute: of one key, and of one address that shows no good key."""

    per_key: int
    per_address: int


@dataclass(frozen=True)
class Allowance:
    """How much of the quota is left. `retry_after` in seconds when this call was one too many."""

    quota: int
    remaining: int
    reset_seconds: int
    retry_after: int | None


@dataclass(frozen=True)
class Admission:
    """Who calls, or the code of the reason why nobody is known."""

    caller: ApiCaller | None
    refusal: str | None
    allowance: Allowance


def admit(bearer: str | None, address: str | None, limits: Limits) -> Admission:
    """Finds the caller behind what was sent as the bearer, and counts the call.

    The caller is given also when the quota is used up; `allowance.retry_after` says so.
    """
    moment = now()
    kind, values = _what_was_shown(bearer)
    values |= {
        "now": moment,
        "open_bucket": secrets().blind_keys.blind("throttle", f"api-address\x1f{address}"),
        "per_key": limits.per_key,
        "per_address": limits.per_address,
        "window": WINDOW_SECONDS,
    }
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        row = _Row(*run(connection, _STATEMENTS[kind], values)[0])
        refusal = _refusal(bearer, row, moment)
        if refusal is None:
            _note_use(connection, row, moment)
    caller = caller_of(row) if refusal is None else None
    return Admission(caller, refusal, _allowance(row))


def _what_was_shown(bearer: str | None) -> tuple[str, dict[str, Any]]:
    if bearer is not None and bearer.startswith(TOKEN_PREFIX):
        return "token", {"secret_hash": hash_token(bearer)}
    key = parse_key(bearer) if bearer is not None else None
    if key is None:
        return "nobody", {}
    # The mode that is written on a key must be its own: who reads "test" relies on it.
    shown = {"key_id": key.key_id, "mode": str(key.mode), "secret_hash": hash_token(key.secret)}
    return "key", shown


def _refusal(bearer: str | None, row: _Row, moment: datetime) -> str | None:
    if bearer is None:
        return "credentials-missing"
    if row.id is None:
        return "credentials-invalid"
    if row.ended_at is not None:
        return "key-ended"
    if row.expires_at <= moment:
        return "token-expired" if row.by_token else "key-expired"
    return None


def _note_use(connection: Connection, row: _Row, moment: datetime) -> None:
    before = moment - _SEEN_EVERY
    if row.last_used_at is None or row.last_used_at < before:
        connection.execute(_SEEN, {"id": row.id, "now": moment, "before": before})


def _allowance(row: _Row) -> Allowance:
    quota = int(row.capacity)
    per_second = row.capacity / WINDOW_SECONDS
    if row.tokens_left is not None:
        reset = math.ceil((row.capacity - row.tokens_left) / per_second)
        return Allowance(quota, math.floor(row.tokens_left), reset, None)
    left = min(row.tokens_before or 0.0, row.capacity)
    wait = max(1, math.ceil((1 - left) / per_second))
    return Allowance(quota, 0, wait, wait)
