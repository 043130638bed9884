"""Decides when a process of a running system that ended by itself is started again."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_LONGEST_WAIT = 30.0
# Who ran for as long as this was in order; the next start need not wait.
_IN_ORDER_SECONDS = 60.0


class Part:
    """One of our programs, in a session of its own: Ctrl-C reaches us alone, who end it in order.

    It is told to end when we are killed ourselves (on Linux).
    """

    def __init__(
        self, environ: dict[str, str], *words: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._environ, self._words, self._clock = environ, words, clock
        self._wait = 1.0
        self._start()

    @property
    def name(self) -> str:
        """The program without its options."""
        return " ".join(word for word in self._words[:3] if not word.startswith("-"))

    def has_ended(self) -> bool:
        """Whether it runs no more."""
        return self.process.poll() is not None

    def keep(self) -> None:
        """Starts it again where it ended by itself: at once, then after ever longer waits.

        A database that is away for an hour ends the worker many times, and must end nothing else.
        """
        if not self.has_ended():
            return
        if self._again_at is None:
            if self._clock() - self._started_at > _IN_ORDER_SECONDS:
                self._wait = 1.0
            self._again_at = self._clock() + self._wait
            self._wait = min(self._wait * 2, _LONGEST_WAIT)
            code = self.process.returncode
            print(f"{self.name} ended by itself ({code}); starting it again", file=sys.stderr)
        elif self._clock() >= self._again_at:
            self._start()

    def end(self, deadline: float) -> None:
        """Waits until it has ended as it was told to; at the deadline (monotonic) it is killed."""
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _start(self) -> None:
        self._started_at = self._clock()
        self._again_at: float | None = None
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, *self._words],
            env=self._environ,
            cwd=Path(__file__).parents[2],
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
