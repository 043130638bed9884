"""Leaves the cross-check's jobs: which stays are to be checked, in pieces of a bearable size."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from apoa.db.jobs import Jobs, defer_many

QUEUE = "crosscheck"
STAYS_AT_ONCE = 100
PERMITS_AT_ONCE = 500


def defer_checks(
    by_lodging: Mapping[UUID, Sequence[UUID]], *, rematch: bool = True, priority: int = 0
) -> None:
    """A job for each hundred stays of a lodging, in the transaction that is open.

    Without `rematch` the match stays as it is and the rules alone are asked again.
    """
    jobs = [
        {"property_id": property_id, "stay_ids": piece} | ({} if rematch else {"rematch": False})
        for property_id, stay_ids in by_lodging.items()
        for piece in _pieces(stay_ids, STAYS_AT_ONCE)
    ]
    defer_many(Jobs("cross_check_stays", jobs, queue=QUEUE, priority=priority))


def defer_permit_checks(permit_ids: Iterable[UUID]) -> None:
    """A job for each five hundred permits, in the transaction that changes them."""
    jobs = [{"permit_ids": piece} for piece in _pieces(list(permit_ids), PERMITS_AT_ONCE)]
    defer_many(Jobs("cross_check_permits", jobs, queue=QUEUE))


def _pieces(ids: Sequence[UUID], size: int) -> Iterable[list[UUID]]:
    for start in range(0, len(ids), size):
        yield list(ids[start : start + size])
