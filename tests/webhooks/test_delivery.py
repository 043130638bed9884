"""Deliveries reach a real receiver: signed, repeated until they arrive, at last given up."""

import base64
import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask

from apoa.access.api_keys import end_key
from apoa.access.models import Mail
from apoa.base.clock import now, pretend
from apoa.db.base import db
from apoa.db.scope import NOTHING, set_scope
from apoa.delivery.webhooks import deliver_webhook
from apoa.stays.models import Source
from apoa.stays.report import report_stay
from apoa.webhooks.attempt import begin_attempt
from apoa.webhooks.change_endpoint import amend_endpoint, replace_secret
from apoa.webhooks.deliveries import list_deliveries, replay_delivery, send_test
from apoa.webhooks.forget import forget_old_events
from apoa.webhooks.tell import tell_of_events
from tests.cast import Cast
from tests.factories import make_report
from tests.webhooks.conftest import Listen, Register, everything, retry_all, waiting
from tests.webhooks.receiver import Received, Receiver, slowly, status

Work = Callable[[], None]
STATE = "SELECT state, tries, attempts, next_try_at, give_up_at FROM webhook_deliveries ORDER BY id"


def report(cast: Cast, **changes: Any) -> Any:
    clerk = cast.act_as("clerk_a")
    return report_stay(clerk, cast.property_a, make_report(**changes), source=Source.WEB)


def is_signed(request: Received, secret: str) -> bool:
    """Verifies as the standard says."""
    headers = request.headers
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + request.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()
    return wanted in headers["webhook-signature"].split(" ")


def test_an_event_arrives_signed(
    cast: Cast, receiver: Receiver, register: Register, work: Work
) -> None:
    made = register()
    stay = report(cast, client_ref="R-1")
    work()
    [request] = receiver.received
    assert request.path == "/hook"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert is_signed(request, made.secret)
    assert abs(int(request.headers["webhook-timestamp"]) - now().timestamp()) < 60
    sent = json.loads(request.body)
    assert list(sent) == ["type", "timestamp", "data"]
    assert sent["type"] == "stay.accepted"
    assert sent["data"]["stay_id"] == str(stay.stay_id)
    assert b"ERIKSSON" not in request.body
    [row] = everything(STATE)
    assert row.state == "delivered"
    [attempt] = row.attempts
    assert (attempt["status_code"], attempt["error"], attempt["response"]) == (204, None, "")


def test_a_failure_is_repeated_under_the_same_id(
    cast: Cast, receiver: Receiver, register: Register, work: Work
) -> None:
    made = register()
    receiver.answer = lambda handler, number: status(500 if number < 3 else 200)(handler, number)
    report(cast)
    work()
    for hours in (1, 2, 3):
        with pretend(now() + timedelta(hours=hours)):
            retry_all()
    assert len(receiver.received) == 3
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 1
    assert len({one.body for one in receiver.received}) == 1
    assert len({one.headers["webhook-timestamp"] for one in receiver.received}) == 3
    assert all(is_signed(one, made.secret) for one in receiver.received)
    [row] = everything(STATE)
    assert (row.state, row.tries) == ("delivered", 3)
    assert [one["status_code"] for one in row.attempts] == [500, 500, 200]
    [endpoint] = everything("SELECT failures, failing_since, hold_until FROM webhook_endpoints")
    assert tuple(endpoint) == (0, None, None)


@pytest.mark.parametrize("code", [100, 301, 302, 307, 308, 400, 401, 404, 418, 429, 500, 503])
def test_only_2xx_is_success_and_no_redirect_is_followed(
    cast: Cast, receiver: Receiver, register: Register, work: Work, code: int
) -> None:
    register()
    receiver.answer = status(code, b"elsewhere", Location=f"{receiver.url}/elsewhere")
    report(cast)
    work()
    assert len(receiver.received) == 1
    [row] = everything(STATE)
    assert row.state == "pending"
    assert len(row.attempts) == 1


def test_of_an_answer_only_its_beginning_is_kept(
    cast: Cast, receiver: Receiver, register: Register, work: Work
) -> None:
    register()
    receiver.answer = status(500, "x\n\x00\x1b[31mjalan é".encode() + b"y" * 100_000)
    report(cast)
    work()
    [row] = everything(STATE)
    [attempt] = row.attempts
    assert len(attempt["response"]) == 200
    assert attempt["response"].startswith("x [31mjalan éyyy")


def test_waits_grow_and_end_after_three_days(
    cast: Cast, receiver: Receiver, register: Register
) -> None:
    register()
    receiver.answer = status(503)
    start = now()
    report(cast)
    set_scope(NOTHING)
    tell_of_events(cast.property_a)
    waits, moment = [], now()
    while pending := waiting():
        with pretend(moment):
            deliver_webhook(*pending[0])
        [row] = everything(STATE)
        [endpoint] = everything("SELECT hold_until FROM webhook_endpoints")
        if row.next_try_at is not None:
            waits.append((row.next_try_at - moment).total_seconds())
            moment = max(row.next_try_at, endpoint.hold_until)
    [row] = everything(STATE)
    assert row.state == "failed"
    assert waits[:-1] == sorted(waits[:-1]) or max(waits) <= 8 * 3600 * 1.2
    assert 4 <= waits[0] <= 6
    assert max(waits) <= 8 * 3600 * 1.2
    assert timedelta(days=3) <= moment - start <= timedelta(days=3, hours=1)
    assert 12 <= len(receiver.received) <= 20


def test_three_days_of_failures_disable_the_endpoint_and_its_owner_is_told(
    cast: Cast, receiver: Receiver, register: Register
) -> None:
    register()
    receiver.answer = status(503)
    report(cast)
    set_scope(NOTHING)
    tell_of_events(cast.property_a)
    with pretend(now() + timedelta(seconds=1)):
        retry_all()
    with pretend(now() + timedelta(days=3, hours=1)):
        retry_all()
    [row] = everything("SELECT state, disabled_reason, disabled_at FROM webhook_endpoints")
    assert (row.state, row.disabled_reason) == ("disabled", "failing")
    mail = db.session.query(Mail).filter(Mail.to_address == "manager_ab@example.com").one()
    assert "Hotel Pantai Panjang" in mail.subject
    assert "127.0.0.1" in (mail.body or "")
    assert "ERIKSSON" not in (mail.body or "")
    [act] = everything("SELECT detail FROM audit_rows WHERE action = 'webhook_endpoint_disabled'")
    assert act.detail == {"reason": "failing"}
    manager = cast.act_as("manager_ab")
    [view] = everything("SELECT id FROM webhook_endpoints")
    cast.act_as("manager_ab")
    lodging = {"property_id": cast.property_a}
    again = amend_endpoint(manager, view.id, {"state": "active"}, allow_local=True, **lodging)
    assert (again.state, again.failing_since) == ("active", None)


def test_one_success_keeps_the_endpoint(cast: Cast, receiver: Receiver, register: Register) -> None:
    register()
    receiver.answer = status(503)
    report(cast, document_number="A1")
    set_scope(NOTHING)
    tell_of_events(cast.property_a)
    retry_all()
    receiver.answer = status(204)
    with pretend(now() + timedelta(days=2)):
        report(cast, document_number="A2")
        set_scope(NOTHING)
        tell_of_events(cast.property_a)
        [late] = [one for one in waiting() if one not in waiting()[:1]]
        deliver_webhook(*late)
    receiver.answer = status(503)
    with pretend(now() + timedelta(days=3, hours=1)):
        retry_all()
    [row] = everything("SELECT state FROM webhook_endpoints")
    assert row.state == "active"
    assert sorted(one.state for one in everything(STATE)) == ["delivered", "failed"]


def test_gone_ends_it_at_once(
    cast: Cast, receiver: Receiver, register: Register, work: Work
) -> None:
    register()
    receiver.answer = status(410)
    report(cast)
    work()
    [row] = everything("SELECT state, disabled_reason FROM webhook_endpoints")
    assert tuple(row) == ("disabled", "gone")
    assert [one.state for one in everything(STATE)] == ["failed"]


def test_one_that_is_down_is_left_alone_for_a_while(
    cast: Cast, receiver: Receiver, register: Register
) -> None:
    register()
    receiver.answer = status(503)
    for number in range(5):
        report(cast, document_number=f"A{number}")
    set_scope(NOTHING)
    tell_of_events(cast.property_a)
    retry_all()
    assert len(receiver.received) == 1
    assert [one.tries for one in everything(STATE)] == [1, 0, 0, 0, 0]
    receiver.answer = status(204)
    with pretend(now() + timedelta(minutes=1)):
        retry_all()
    assert [one.state for one in everything(STATE)] == ["delivered"] * 5


def test_who_waits_for_an_answer_gives_up_in_time(
    cast: Cast, receiver: Receiver, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apoa.delivery.https_out.TIMEOUT_SECONDS", 0.5)
    register()
    receiver.answer = slowly(5)
    report(cast)
    set_scope(NOTHING)
    tell_of_events(cast.property_a)
    begun = datetime.now()
    retry_all()
    assert (datetime.now() - begun).total_seconds() < 2
    [row] = everything(STATE)
    assert row.attempts[0]["error"] == "timeout"


def test_nobody_there_is_a_failure(cast: Cast, register: Register, work: Work) -> None:
    register(url="http://127.0.0.1:9/")
    report(cast)
    work()
    [row] = everything(STATE)
    assert (row.state, row.attempts[0]["error"]) == ("pending", "connection")


def test_a_second_worker_finds_nothing_to_do(
    app: Flask, cast: Cast, receiver: Receiver, register: Register
) -> None:
    register()
    report(cast)
    set_scope(NOTHING)
    tell_of_events(cast.property_a)
    [delivery] = waiting()
    taken: list[object] = []

    def answer(handler: Any, number: int) -> None:
        with app.app_context():
            taken.append(begin_attempt(*delivery))
            db.session.remove()
        status(204)(handler, number)

    receiver.answer = answer
    deliver_webhook(*delivery)
    deliver_webhook(*delivery)
    assert len(receiver.received) == 1
    assert taken == [None]


def test_a_replaced_secret_signs_along_for_a_while(
    cast: Cast, receiver: Receiver, register: Register, work: Work
) -> None:
    made = register()
    manager = cast.act_as("manager_ab")
    lodging = {"property_id": cast.property_a}
    new = replace_secret(manager, made.view.endpoint_id, **lodging)
    assert new.secret != made.secret
    assert new.view.previous_secret_valid_until is not None
    report(cast, document_number="A1")
    work()
    assert is_signed(receiver.received[0], made.secret)
    assert is_signed(receiver.received[0], new.secret)
    cast.act_as("manager_ab")
    newest = replace_secret(manager, made.view.endpoint_id, overlap=timedelta(0), **lodging)
    report(cast, document_number="A2")
    work()
    assert is_signed(receiver.received[1], newest.secret)
    assert not is_signed(receiver.received[1], new.secret)


def test_a_delivery_is_sent_again_on_demand(
    cast: Cast, receiver: Receiver, register: Register, work: Work
) -> None:
    made = register()
    report(cast)
    work()
    manager = cast.act_as("manager_ab")
    lodging = {"property_id": cast.property_a}
    [delivery] = list_deliveries(manager, made.view.endpoint_id, **lodging)
    assert delivery.state == "delivered"
    replayed = replay_delivery(manager, made.view.endpoint_id, delivery.delivery_id, **lodging)
    assert replayed.state == "pending"
    work()
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == str(delivery.event_id)
    cast.act_as("manager_ab")
    [delivery] = list_deliveries(manager, made.view.endpoint_id, **lodging)
    assert [one.status_code for one in delivery.attempts] == [204, 204]


def test_a_test_is_sent_once_and_counts_for_nothing(
    cast: Cast, receiver: Receiver, register: Register, work: Work
) -> None:
    made = register()
    receiver.answer = status(500)
    manager = cast.act_as("manager_ab")
    sent = send_test(manager, made.view.endpoint_id, property_id=cast.property_a)
    assert sent.type == "webhook.test"
    work()
    with pretend(now() + timedelta(days=1)):
        retry_all()
    [request] = receiver.received
    assert json.loads(request.body)["type"] == "webhook.test"
    assert is_signed(request, made.secret)
    [row] = everything(STATE)
    assert row.state == "failed"
    [endpoint] = everything("SELECT failing_since FROM webhook_endpoints")
    assert endpoint.failing_since is None


def test_what_waits_for_an_ended_key_is_not_sent(
    cast: Cast, receiver: Receiver, register: Register, api_caller: Listen, work: Work
) -> None:
    caller = api_caller()
    register(actor=caller)
    report(cast)
    set_scope(NOTHING)
    tell_of_events(cast.property_a)
    end_key(cast.act_as("manager_ab"), caller.user_id)
    work()
    assert receiver.received == []
    assert [one.state for one in everything(STATE)] == ["failed"]


def test_old_events_are_forgotten(
    cast: Cast, receiver: Receiver, register: Register, work: Work
) -> None:
    register()
    report(cast)
    work()
    set_scope(NOTHING)
    assert forget_old_events() == 0
    with pretend(now() + timedelta(days=31)):
        assert forget_old_events() == 1
    assert everything(STATE) == []
