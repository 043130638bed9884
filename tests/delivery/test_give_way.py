"""The worker rests after work that met a busy machine, and only then."""

import os
import signal
import sys
from subprocess import DEVNULL, Popen

import pytest

from apoa.delivery.give_way import LONGEST_REST_SECONDS, Use, giving_way, rest_after, use

BEGUN = Use(ran=5.0, waited=3.0, at=100.0)


def after(*, ran: float, waited: float, elapsed: float) -> Use:
    return Use(BEGUN.ran + ran, BEGUN.waited + waited, BEGUN.at + elapsed)


@pytest.mark.parametrize("elapsed", [0.01, 60.0])
def test_work_that_had_its_processor_is_followed_by_no_rest(elapsed: float) -> None:
    assert rest_after(BEGUN, after(ran=0.01, waited=0.0, elapsed=elapsed)) == 0
    assert rest_after(BEGUN, after(ran=0.01, waited=0.01, elapsed=elapsed)) == 0


def test_work_that_waited_for_a_processor_is_followed_by_a_longer_rest() -> None:
    assert rest_after(BEGUN, after(ran=0.02, waited=0.05, elapsed=0.1)) == pytest.approx(0.4)


def test_no_rest_is_so_long_that_checks_come_to_a_stand() -> None:
    busy = after(ran=1.0, waited=50.0, elapsed=60.0)
    assert rest_after(BEGUN, busy) == LONGEST_REST_SECONDS


def test_what_the_system_tells_of_this_thread_grows_with_its_work() -> None:
    before = use()
    assert sum(range(3_000_000)) > 0
    later = use()
    assert later.at > before.at
    if sys.platform == "linux":
        assert later.ran > before.ran


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who waits")
def test_a_wait_behind_others_is_told() -> None:
    # All on one processor, ours behind: it must wait, however many processors there are.
    mine = os.sched_getaffinity(0)
    one = min(mine)
    hog = f"import os; os.sched_setaffinity(0, {{{one}}})\nwhile True: pass"
    others = [Popen([sys.executable, "-c", hog], stdout=DEVNULL) for _ in range(2)]
    try:
        os.sched_setaffinity(0, {one})
        before = use()
        while use().ran - before.ran < 0.05:
            pass
        assert use().waited > before.waited
    finally:
        os.sched_setaffinity(0, mine)
        for other in others:
            other.send_signal(signal.SIGKILL)
            other.wait()


def test_a_fault_comes_through() -> None:
    with pytest.raises(RuntimeError), giving_way():
        raise RuntimeError
