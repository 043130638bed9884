"""Workers of gunicorn killed with -9 under a PMS's hands: sent again, each guest is there once."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest

from tests.api.persistent import (
    Killer,
    Pms,
    Told,
    held_table,
    kept_of,
    kill,
    wait_until_waited_for,
    worker_pids,
)
from tests.api.running import Running
from tests.factories import make_mapping

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("api-system")]
AT_ONCE = 50
GUESTS = 120
PATIENT_CLIENTS = 12
BATCH = 40
ONCE = (1, 1, 1, 1)


@pytest.fixture(params=["live", "test"])
def pms(request: pytest.FixtureRequest, running: Running) -> Pms:
    """With a live key, and with one whose reports stand in a sandbox."""
    return pms_of(running, request.param)


def pms_of(running: Running, mode: str) -> Pms:
    keys = json.loads(running.system.command("demo", "credentials", "--json"))["keys"]
    return Pms(running, next(one for one in keys if one["mode"] == mode))


def new_report(by: str) -> tuple[dict[str, Any], str | None]:
    """A guest in a room of their own, made sure by a reference or by an idempotency key."""
    mark = uuid4().hex[:12]
    report = json.loads(json.dumps(make_mapping(room=mark, document_number=mark), default=str))
    if by == "client_ref":
        return report | {"client_ref": f"RES-{mark}"}, None
    return report, f"key-{mark}"


@pytest.mark.parametrize("by", ["client_ref", "Idempotency-Key"])
def test_killed_before_anything_is_stored(pms: Pms, by: str) -> None:
    first, told = killed_at(pms, "receipts", by)
    assert first is None
    assert (told.status, told.replayed) == (201, False)


@pytest.mark.parametrize("by", ["client_ref", "Idempotency-Key"])
def test_killed_between_the_commit_and_the_answer(running: Running, by: str) -> None:
    # A test key's calls are noted after the commit and before the answer.
    first, told = killed_at(pms_of(running, "test"), "api_calls", by)
    assert first is None
    assert (told.status, told.replayed) == ((200, False) if by == "client_ref" else (201, True))


def killed_at(pms: Pms, table: str, by: str) -> tuple[Told | None, Told]:
    """What a request was told that was killed while it waited for the table, and its retry."""
    report, key = new_report(by)
    with ThreadPoolExecutor(1) as pool:
        with held_table(pms.running, table):
            first = pool.submit(pms.try_once, report, key)
            wait_until_waited_for(pms.running, table)
            for pid in worker_pids(pms.running):
                kill(pid)
            answer = first.result()
        told = pms.insist(report, key)
    check_kept(pms, [(report, told)])
    return answer, told


@pytest.mark.parametrize(("table", "status"), [("receipts", "created"), ("api_calls", "duplicate")])
def test_a_batch_killed_and_sent_again(running: Running, table: str, status: str) -> None:
    pms = pms_of(running, "test")
    items = [new_report("client_ref")[0] for _ in range(BATCH)]
    with ThreadPoolExecutor(1) as pool:
        with held_table(running, table):
            path, body = f"{pms.path}/batch", json.dumps({"items": items})
            first = pool.submit(pms.send, "POST", path, body)
            wait_until_waited_for(running, table)
            for pid in worker_pids(running):
                kill(pid)
            assert first.result() is None
        told = pms.insist({"items": items}, path=path)
    assert [one["status"] for one in told.body["results"]] == [status] * BATCH
    stays = [one["stay"] for one in told.body["results"]]
    check_kept(
        pms, [(item, Told(200, stay, False)) for item, stay in zip(items, stays, strict=True)]
    )


def test_a_storm_of_killings(pms: Pms) -> None:
    reports = [new_report(by) for by in ("client_ref", "Idempotency-Key") * (GUESTS // 2)]
    with Killer(pms.running, every=10) as killer, ThreadPoolExecutor(PATIENT_CLIENTS) as pool:

        def insist(one: tuple[dict[str, Any], str | None]) -> Told:
            told = pms.insist(*one)
            killer.answered()
            return told

        told = list(pool.map(insist, reports))
    broken = [one for one in told if one.broken]
    # The figures are what this test is for: pytest -rP shows them.
    print(
        f"{len(told)} reports, {killer.killed} workers killed, {len(broken)} broken off at first;"
    )
    print("these were answered", Counter((one.status, one.replayed) for one in broken))
    assert killer.killed >= 5
    assert len(broken) >= 5, "hardly anybody was in flight: kill oftener"
    assert {one.status for one in told} <= {200, 201}
    check_kept(pms, [(report, one) for (report, _), one in zip(reports, told, strict=True)])


def check_kept(pms: Pms, told: list[tuple[dict[str, Any], Told]]) -> None:
    """What was acknowledged is there once, as it was sent, with one receipt and one audit row."""
    kept = kept_of(pms.running, [report["room"] for report, _ in told])
    assert kept == {report["room"]: ONCE for report, _ in told}
    assert len({answer.body["id"] for _, answer in told}) == len(told)
    assert len({answer.body["receipt"]["number"] for _, answer in told}) == len(told)
    for report, answer in told:
        stay = pms.read(answer.body["id"])
        assert stay["receipt"]["number"] == answer.body["receipt"]["number"]
        for name in ("client_ref", "room", "guest", "document", "expected_departure_on"):
            assert stay[name] == report[name]


def fifty_at_once(pms: Pms, report: dict[str, Any], key: str | None) -> list[Told]:
    start = Barrier(AT_ONCE)

    def send(_: int) -> Told | None:
        start.wait()
        return pms.try_once(report, key)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(send, range(AT_ONCE)))
    assert None not in answers
    return [one for one in answers if one is not None]


def test_fifty_at_once_with_one_key_over_two_workers(pms: Pms) -> None:
    report, key = new_report("Idempotency-Key")
    answers = fifty_at_once(pms, report, key)
    print(Counter((one.status, one.replayed) for one in answers))
    made = [one for one in answers if one.status == 201]
    assert sum(not one.replayed for one in made) == 1
    assert len({one.body["id"] for one in made}) == 1
    refused = {one.body["code"] for one in answers if one.status != 201}
    assert refused <= {"idempotency-in-progress"}
    again = pms.insist(report, key)
    assert (again.status, again.replayed) == (201, True)
    check_kept(pms, [(report, again)])


def test_fifty_at_once_with_one_reference_over_two_workers(pms: Pms) -> None:
    report, _ = new_report("client_ref")
    answers = fifty_at_once(pms, report, None)
    assert Counter(one.status for one in answers) == {201: 1, 200: AT_ONCE - 1}
    assert len({one.body["id"] for one in answers}) == 1
    check_kept(pms, [(report, answers[0])])
