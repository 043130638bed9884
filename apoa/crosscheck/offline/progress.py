"""When a long run says how far it is: at most every two seconds."""

import time
from collections.abc import Callable

Say = Callable[[str], None]
_SECONDS = 2.0


class Progress:
    """Says "<what>: <done> of <total>" now and then, and once at the end."""

    def __init__(self, say: Say, what: str, total: int | None = None) -> None:
        self._say, self._what, self._total = say, what, total
        self._started = self._last = time.monotonic()

    def at(self, done: int) -> None:
        """Tells how many are done, if it is time."""
        now = time.monotonic()
        if now - self._last >= _SECONDS:
            self._last = now
            self._tell(done, now)

    def end(self, done: int) -> None:
        """Tells the end."""
        self._tell(done, time.monotonic())

    def _tell(self, done: int, now: float) -> None:
        whole = f" of {self._total:,}" if self._total is not None else ""
        self._say(f"{self._what}: {done:,}{whole} ({now - self._started:.1f} s)")
