"""Tells the cross-check, in the transaction of the change, what it has to look at again."""

from collections.abc import Iterable
from uuid import UUID

from apoa.db.jobs import defer

PERMITS_IN_A_JOB = 500


def permits_changed(permit_ids: Iterable[UUID]) -> None:
    """Leaves the jobs that hold stays against these permits again; none for none."""
    ids = list(dict.fromkeys(permit_ids))
    for start in range(0, len(ids), PERMITS_IN_A_JOB):
        part = [str(one) for one in ids[start : start + PERMITS_IN_A_JOB]]
        defer("cross_check_permits", queue="crosscheck", permit_ids=part)


def lists_changed() -> None:
    """Leaves the job that judges again by the lists of nationalities."""
    defer("recheck_rule", queue="crosscheck", rule="nationality-not-eligible")
