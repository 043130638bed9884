"""A worker killed in the middle of a delivery: it arrives all the same, under the same id."""

import signal
import time
from datetime import timedelta
from typing import Any

import pytest

from apoa.base.clock import now, pretend
from apoa.db.scope import NOTHING, set_scope
from apoa.stays.models import Source
from apoa.stays.report import report_stay
from apoa.webhooks.tell import find_forgotten
from tests.cast import Cast
from tests.conftest import StartWorker
from tests.factories import make_report
from tests.webhooks.conftest import (  # noqa: F401 - fixtures
    Register,
    everything,
    receiver,
    register,
    retry_all,
)
from tests.webhooks.receiver import Receiver, status


@pytest.mark.slow
def test_it_is_sent_again_under_the_same_id(
    cast: Cast,
    receiver: Receiver,  # noqa: F811
    register: Register,  # noqa: F811
    start_worker: StartWorker,
) -> None:
    def hang_once(handler: Any, number: int) -> None:
        if number == 1:
            time.sleep(8)
        status(204)(handler, number)

    receiver.answer = hang_once
    register()
    clerk = cast.act_as("clerk_a")
    report_stay(clerk, cast.property_a, make_report(), source=Source.WEB)
    worker = start_worker()
    receiver.wait_for(1, 60)
    worker.send_signal(signal.SIGKILL)
    assert worker.wait(20) == -signal.SIGKILL
    [row] = everything("SELECT state, tries, attempts FROM webhook_deliveries")
    assert (row.state, row.tries, row.attempts) == ("pending", 1, [])
    set_scope(NOTHING)
    with pretend(now() + timedelta(minutes=3)):
        assert find_forgotten() == (0, 1)
        retry_all()
    receiver.wait_for(2)
    first, second = receiver.received[:2]
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    [row] = everything("SELECT state, tries FROM webhook_deliveries")
    assert tuple(row) == ("delivered", 2)


@pytest.mark.slow
def test_a_worker_told_to_end_finishes_what_it_began(
    cast: Cast,
    receiver: Receiver,  # noqa: F811
    register: Register,  # noqa: F811
    start_worker: StartWorker,
) -> None:
    def think(handler: Any, number: int) -> None:
        time.sleep(2)
        status(204)(handler, number)

    receiver.answer = think
    register()
    clerk = cast.act_as("clerk_a")
    report_stay(clerk, cast.property_a, make_report(), source=Source.WEB)
    worker = start_worker()
    receiver.wait_for(1, 60)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    [row] = everything("SELECT state, tries FROM webhook_deliveries")
    assert tuple(row) == ("delivered", 1)
    assert len(receiver.received) == 1
