"""Fifty requests at once over real connections: one key or one reference is exactly one stay."""

import http.client
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from apoa.stays.models import Receipt, Stay, StayVersion
from tests.api.client import ApiClient
from tests.api.reporting import count, path_of, report
from tests.factories import make_mapping

AT_ONCE = 50


@dataclass(frozen=True)
class Answer:
    """What one of the fifty was told."""

    status: int
    body: dict[str, Any]
    replayed: bool


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    """A server of threads on a port of the loopback."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def all_at_once(
    port: int, api: ApiClient, path: str, bodies: list[Any], **headers: str
) -> list[Answer]:
    """Each body over a connection of its own, all sent at the same time."""
    start = Barrier(len(bodies))
    sent = api.headers | {"Content-Type": "application/json"} | headers

    def send(body: Any) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.connect()
        start.wait()
        connection.request("POST", f"/api/v1{path}", json.dumps(body), sent)
        answer = connection.getresponse()
        read = json.loads(answer.read())
        connection.close()
        return Answer(answer.status, read, "Idempotency-Replayed" in answer.headers)

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(send, bodies))


def test_one_key_is_one_stay(api: ApiClient, port: int) -> None:
    bodies = [make_mapping()] * AT_ONCE
    answers = all_at_once(port, api, f"{api.lodging}/stays", bodies, **{"Idempotency-Key": "k"})
    told = Counter(one.status for one in answers)
    assert set(told) <= {201, 409}
    assert told[201] >= 1
    assert sum(one.status == 201 and not one.replayed for one in answers) == 1
    assert {one.body["id"] for one in answers if one.status == 201} == {
        next(one.body["id"] for one in answers if one.status == 201 and not one.replayed)
    }
    assert {one.body["code"] for one in answers if one.status == 409} <= {"idempotency-in-progress"}
    assert (count(Stay), count(StayVersion), count(Receipt)) == (1, 1, 1)


def test_one_reference_is_one_stay(api: ApiClient, port: int) -> None:
    bodies = [make_mapping(client_ref="RES-1")] * AT_ONCE
    answers = all_at_once(port, api, f"{api.lodging}/stays", bodies)
    assert Counter(one.status for one in answers) == {201: 1, 200: AT_ONCE - 1}
    assert len({one.body["id"] for one in answers}) == 1
    assert len({one.body["receipt"]["number"] for one in answers}) == 1
    assert (count(Stay), count(StayVersion), count(Receipt)) == (1, 1, 1)


def test_one_reference_with_other_contents_is_one_stay(api: ApiClient, port: int) -> None:
    bodies = [make_mapping(client_ref="RES-1", room=str(n)) for n in range(AT_ONCE)]
    answers = all_at_once(port, api, f"{api.lodging}/stays", bodies)
    assert Counter(one.status for one in answers) == {201: 1, 409: AT_ONCE - 1}
    [made] = [one.body["id"] for one in answers if one.status == 201]
    assert {one.body["stay_id"] for one in answers if one.status == 409} == {made}
    assert count(Stay) == 1


def test_batches_that_share_references_wait_for_each_other_and_never_for_ever(
    api: ApiClient, port: int
) -> None:
    items = [make_mapping(client_ref=f"R{n}", document_number=f"N{n}") for n in range(20)]
    bodies = [{"items": items[n:] + items[:n]} for n in range(12)]
    answers = all_at_once(port, api, f"{api.lodging}/stays/batch", bodies)
    assert {one.status for one in answers} == {200}
    total: Counter[str] = Counter()
    for one in answers:
        total.update(one.body["counts"])
    assert total == {"created": 20, "duplicate": 11 * 20, "rejected": 0}
    assert (count(Stay), count(StayVersion), count(Receipt)) == (20, 20, 20)


def test_one_check_out_is_one_version(api: ApiClient, port: int) -> None:
    stay = report(api)
    left = {"checked_out_at": stay["first_received_at"]}
    path = path_of(api, stay, "/check-out")
    answers = all_at_once(port, api, path, [left] * AT_ONCE)
    assert {one.status for one in answers} == {200}
    assert {one.body["version"] for one in answers} == {2}
    assert count(StayVersion) == 2


def test_no_more_webhook_endpoints_than_there_may_be(api: ApiClient, port: int) -> None:
    asked = [{"url": f"https://pms.example/{n}", "events": ["stay.accepted"]} for n in range(20)]
    answers = all_at_once(port, api, "/webhook-endpoints", asked)
    assert Counter(one.status for one in answers) == {201: 10, 409: 10}
