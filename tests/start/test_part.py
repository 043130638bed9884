"""A process that ended by itself is started again, after ever longer waits."""

import os
import signal
import time

import pytest

from apoa.start.part import Part


class Clock:
    """A clock that stands still until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def ended(part: Part) -> Part:
    part.process.wait(10)
    return part


def test_what_ended_by_itself_is_started_again(capfd: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    part = ended(Part(dict(os.environ), "-c", "", clock=clock))
    first = part.process.pid
    part.keep()
    assert part.process.pid == first
    clock.now += 1
    part.keep()
    assert part.process.pid != first
    ended(part)
    assert "ended by itself (0); starting it again" in capfd.readouterr().err


def test_the_wait_grows_while_it_keeps_ending_and_not_for_ever() -> None:
    clock = Clock()
    part = Part(dict(os.environ), "-c", "", clock=clock)
    waits = []
    for _ in range(7):
        ended(part).keep()
        began, pid = clock.now, part.process.pid
        while part.process.pid == pid:
            clock.now += 0.5
            part.keep()
        waits.append(clock.now - began)
    ended(part)
    assert waits == [1, 2, 4, 8, 16, 30, 30]


def test_who_ran_for_long_is_started_again_at_once() -> None:
    clock = Clock()
    part = ended(Part(dict(os.environ), "-c", "", clock=clock))
    for _ in range(3):
        ended(part).keep()
        clock.now += 30
        part.keep()
    clock.now += 100
    ended(part).keep()
    clock.now += 1
    pid = part.process.pid
    part.keep()
    assert part.process.pid != pid
    ended(part)


def test_what_runs_is_left_alone_and_killed_when_it_does_not_end_in_time() -> None:
    sleeper = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    part = Part(dict(os.environ), "-c", sleeper)
    pid = part.process.pid
    part.keep()
    assert part.process.pid == pid
    assert not part.has_ended()
    part.end(time.monotonic())
    assert part.process.returncode == -signal.SIGKILL
