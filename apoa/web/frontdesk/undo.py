"""Which check-outs the person may still take back with one click: the last ones, for ten minutes.

Only ids are kept, in the signed cookie of the forms. Reopening itself has no such limit.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from uuid import UUID

from flask import session

from apoa.base.clock import now

UNDO_FOR = timedelta(minutes=10)
# A cookie holds 4,000 characters and each id takes 22 of them.
_MOST_IDS = 100
_KEY = "undo_check_out"


def offer_undo(property_id: UUID, stay_ids: list[UUID]) -> None:
    """Remembers what was checked out just now, in place of what was remembered before."""
    if not 1 <= len(stay_ids) <= _MOST_IDS:
        forget_undo()
        return
    packed = urlsafe_b64encode(b"".join(one.bytes for one in stay_ids)).decode()
    session[_KEY] = [str(property_id), int((now() + UNDO_FOR).timestamp()), packed]


def find_undo(property_id: UUID) -> list[UUID]:
    """The stays whose check-out can be taken back in this lodging, none when it is too late."""
    kept = session.get(_KEY)
    if not kept or kept[0] != str(property_id) or kept[1] < now().timestamp():
        return []
    packed = urlsafe_b64decode(kept[2])
    return [UUID(bytes=packed[start : start + 16]) for start in range(0, len(packed), 16)]


def forget_undo() -> None:
    """Nothing can be taken back any more."""
    session.pop(_KEY, None)
