"""How often something may be tried: token buckets that all workers share."""

import math
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, text

from apoa.access.models import Throttle
from apoa.base.clock import now
from apoa.base.errors import Throttled
from apoa.db.base import db, session
from apoa.db.secrets import secrets
from apoa.db.unit_of_work import unit_of_work

_FORGET_AFTER = timedelta(days=2)
_REFILLED = (
    "LEAST(:capacity, throttles.tokens + :per_second"
    " * GREATEST(0, EXTRACT(EPOCH FROM CAST(:now AS timestamptz) - throttles.refilled_at)))"
)
_TAKE = text(
    "INSERT INTO throttles (key, tokens, refilled_at) VALUES (:key, :capacity - 1, :now)"  # noqa: S608 - constants
    f" ON CONFLICT (key) DO UPDATE SET tokens = {_REFILLED} - 1,"
    " refilled_at = GREATEST(throttles.refilled_at, :now)"
    f" WHERE {_REFILLED} >= 1 RETURNING tokens"
)
_LEFT = text(f"SELECT {_REFILLED} FROM throttles WHERE key = :key")  # noqa: S608 - constants


def take(key_parts: tuple[str, ...], *, capacity: int, per_seconds: int) -> None:
    """One try of this kind: at most `capacity` at once, refilled evenly over `per_seconds`.

    The parts are stored only as a keyed hash. Committed on a connection of its own, so that a
    try which ends in a rollback is still a try. Raises Throttled.
    """
    values: dict[str, Any] = {
        "key": secrets().blind_keys.blind("throttle", "\x1f".join(key_parts)),
        "capacity": float(capacity),
        "per_second": capacity / per_seconds,
        "now": now(),
    }
    with db.engine.begin() as connection:
        if connection.execute(_TAKE, values).first() is not None:
            return
        left = connection.execute(_LEFT, values).scalar() or 0.0
    raise Throttled(max(1, math.ceil((1 - left) / values["per_second"])))


def forget_full_buckets() -> int:
    """Deletes buckets that have long been full again; says how many. For a daily job."""
    with unit_of_work():
        done: Any = session().execute(
            delete(Throttle).where(Throttle.refilled_at < now() - _FORGET_AFTER)
        )
        return int(done.rowcount)
