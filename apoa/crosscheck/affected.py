"""A permit changed: its keys are made anew, and just the stays that it can affect are checked."""

from collections.abc import Sequence
from uuid import UUID

import structlog

from apoa.base.crypto import CannotDecrypt
from apoa.crosscheck.candidates import find_affected_stays
from apoa.crosscheck.defer import defer_checks
from apoa.crosscheck.keys import key_numbers, write_permit_keys
from apoa.crosscheck.persons import holder_of, list_holders
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work

log = structlog.get_logger()
REASON = "cross-check"


def check_permits(permit_ids: Sequence[UUID]) -> int:
    """Leaves jobs for the stays that these permits can affect; says how many. For the worker.

    The stays are those that share a telling key with a permit, now or before the change, and
    those matched to it. The keys are committed before anybody looks for stays (check.py says why).
    """
    ids = list(permit_ids)
    with unit_of_work(), scope_everywhere(REASON):
        before = find_affected_stays(ids)
        write_permit_keys(_keys_of(ids))
        defer_checks(before)
    with unit_of_work(), scope_everywhere(REASON):
        after = {
            lodging: [one for one in stays if one not in before.get(lodging, ())]
            for lodging, stays in find_affected_stays(ids).items()
        }
        defer_checks(after)
    return sum(len(stays) for found in (before, after) for stays in found.values())


def _keys_of(permit_ids: Sequence[UUID]) -> dict[UUID, frozenset[int]]:
    keys_of = {}
    for permit_id, row in list_holders(permit_ids).items():
        try:
            keys_of[permit_id] = key_numbers(holder_of(row))
        except CannotDecrypt:
            # Its old keys stay; the others are not held up by it.
            log.error("permit_keys_not_made", permit_id=str(permit_id))
    return keys_of
