"""Background work gives way to whoever waits for an answer: by niceness, and by rests.

Niceness alone is not enough: what a job asks of PostgreSQL is done there at full weight, and it
takes the processors' caches from the others. So after a job that had to wait for a processor the
worker rests; on a machine with processors to spare it never does.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

NICENESS = 19
# A job that waited this many times as long for a processor as it had one met a busy machine.
BUSY_WAIT_TIMES = 1.0
REST_TIMES = 4.0
LONGEST_REST_SECONDS = 2.0
_USE = Path("/proc/thread-self/schedstat")


@dataclass(frozen=True)
class Use:
    """What this thread has had of the processors, and the clock. All in seconds."""

    ran: float
    waited: float
    at: float


def lower_priority() -> None:
    """Puts this process behind the others."""
    os.nice(NICENESS)
    if os.getsid(0) == os.getpid():
        # Linux shares the processors among sessions first: there the niceness of each counts.
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(NICENESS), encoding="ascii")


@contextmanager
def giving_way() -> Iterator[None]:
    """Rests after the block if the machine was busy."""
    before = use()
    try:
        yield
    finally:
        time.sleep(rest_after(before, use()))


def rest_after(before: Use, after: Use) -> float:
    """How many seconds to rest after work that began and ended so."""
    ran, waited = after.ran - before.ran, after.waited - before.waited
    if waited <= ran * BUSY_WAIT_TIMES:
        return 0.0
    return min((after.at - before.at) * REST_TIMES, LONGEST_REST_SECONDS)


def use() -> Use:
    """What this thread has had until now; where the system does not tell, it waited for nothing."""
    ran = waited = 0
    with suppress(OSError, ValueError):
        ran, waited = (int(one) for one in _USE.read_text("ascii").split()[:2])
    return Use(ran / 1e9, waited / 1e9, time.monotonic())
