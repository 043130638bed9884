"""Stays whose check failed: noted for the officers, tried again later and ever more rarely."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Uuid, bindparam, delete, select, text

from apoa.base.clock import now
from apoa.crosscheck.defer import defer_checks
from apoa.crosscheck.models import CheckFailure
from apoa.db.base import session
from apoa.db.core import any_of, rows_of
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work

MOST_TRIES = 12
_AT_ONCE = 500
_LONGEST_KIND = 80
_NOTE = text(
    """
INSERT INTO check_failures AS f
  (property_id, stay_id, office_id, attempts, kind, failed_at, next_try_at)
VALUES (:property_id, :stay_id, :office_id, 1, :kind, :at, :next_try_at)
ON CONFLICT (property_id, stay_id) DO UPDATE SET
  attempts = f.attempts + 1, kind = excluded.kind, failed_at = excluded.failed_at,
  next_try_at = CASE WHEN f.attempts + 1 < :most THEN
    excluded.failed_at + least(interval '1 minute' * power(2, f.attempts), interval '1 day') END
"""
)
_FORGET = delete(CheckFailure).where(
    CheckFailure.property_id == bindparam("property_id"),
    CheckFailure.stay_id == any_of("stay_ids", Uuid),
)


def note_failure(property_id: UUID, stay_id: UUID, office_id: UUID, error: Exception) -> None:
    """Keeps that this stay's check failed, by the kind of the error alone: its text may quote."""
    moment = now()
    parameters = {
        "property_id": property_id,
        "stay_id": stay_id,
        "office_id": office_id,
        "kind": type(error).__name__[:_LONGEST_KIND],
        "at": moment,
        "next_try_at": moment + timedelta(minutes=1),
        "most": MOST_TRIES,
    }
    session().execute(_NOTE, parameters)


def forget_failures(property_id: UUID, stay_ids: Collection[UUID]) -> None:
    """These went well now."""
    rows_of(_FORGET, property_id=property_id, stay_ids=list(stay_ids))


def retry_failed_checks() -> int:
    """Leaves jobs for what is due; says for how many stays. For the worker, every minute."""
    by_lodging: dict[UUID, list[UUID]] = defaultdict(list)
    with unit_of_work(), scope_everywhere("cross-check"):
        for failure in _due(now()):
            by_lodging[failure.property_id].append(failure.stay_id)
            # Till then it is on its way; a job that is lost leads back here.
            failure.next_try_at = now() + timedelta(hours=1)
        session().flush()
        defer_checks(by_lodging)
    return sum(len(stay_ids) for stay_ids in by_lodging.values())


def _due(moment: datetime) -> list[CheckFailure]:
    found = session().scalars(
        select(CheckFailure)
        .where(CheckFailure.next_try_at <= moment)
        .order_by(CheckFailure.next_try_at)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return list(found)
