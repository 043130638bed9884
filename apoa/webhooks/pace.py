"""How long after a failure the next try comes, and when an endpoint is given up."""

import random
from datetime import datetime, timedelta

# api.md: retried for three days.
KEEP_TRYING = timedelta(days=3)
# Nothing has arrived since the first of the tries that are now over; an hour is left for jitter.
FAILING_TOO_LONG = KEEP_TRYING - timedelta(hours=1)
# A try that has not ended by then was made by a dead worker. Shorter than the minute after which
# such a worker's jobs are taken up again.
LEASE = timedelta(seconds=45)
_FIRST_WAIT, _LONGEST_WAIT, _GROWTH = 5.0, 8 * 3600.0, 4
_LONGEST_HOLD = 600.0


def wait_after(tries: int) -> timedelta:
    """How long to wait after this many tries: 5 s, 20 s ... 8 h, each a fifth more or less."""
    seconds = min(_FIRST_WAIT * _GROWTH ** min(tries - 1, 10), _LONGEST_WAIT)
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 - not a secret


def next_try(tries: int, moment: datetime, give_up_at: datetime) -> datetime | None:
    """When to try again; the last try is at `give_up_at`, and then None."""
    if moment >= give_up_at:
        return None
    return min(moment + wait_after(tries), give_up_at)


def hold_after(failures: int) -> timedelta:
    """How long an endpoint is left alone after so many failures in a row: at most ten minutes.

    So that one that is down does not take the time of those that answer.
    """
    return timedelta(seconds=min(_FIRST_WAIT * 2 ** min(failures - 1, 10), _LONGEST_HOLD))
