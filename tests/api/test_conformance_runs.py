"""A conformance run: each step is seen in real calls of a test key; all of them give a proof."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from apoa.access.admit import Limits, admit
from apoa.access.api_models import KeyMode
from apoa.access.call_log import KEPT_FOR, forget_old_calls
from apoa.api.openapi.document import API_VERSION
from apoa.base.clock import now, pretend
from apoa.conformance.runs import CONTRACT_VERSION, OPEN_FOR, forget_old_runs
from apoa.conformance.steps import Step
from apoa.db.base import db
from apoa.db.scope import NOTHING, set_scope
from apoa.delivery.worker import make_worker
from apoa.webhooks.register_endpoint import register_endpoint
from apoa.webhooks.schemas import read_endpoint
from tests.api.client import ApiClient, assert_problem
from tests.api.conftest import MakeKey
from tests.cast import Cast
from tests.factories import make_mapping
from tests.webhooks.receiver import run_receiver, status

RUNS = "/conformance-runs"
Show = Callable[[ApiClient], Any]


def start(api: ApiClient, **headers: str) -> str:
    answer = api.post(RUNS, {"integration": "Contoh PMS 4.2"}, headers=headers)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    path: str = answer.headers["Location"].removeprefix("/api/v1")
    return path


def seen(api: ApiClient, run: str) -> set[str]:
    body = api.get(run).get_json()
    return {one["name"] for one in body["steps"] if one["seen"]}


def report(api: ApiClient, **changes: Any) -> Any:
    answer = api.post(f"{api.lodging}/stays", make_mapping(**changes))
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return answer


def reported(api: ApiClient) -> str:
    return f"{api.lodging}/stays/{report(api).get_json()['id']}"


def show_accepted(api: ApiClient) -> Any:
    return report(api)


def show_mended(api: ApiClient) -> Any:
    faulty = make_mapping(client_ref="RES-9") | {"room": 3}
    assert api.post(f"{api.lodging}/stays", faulty).status_code == 422
    return report(api, client_ref=" RES-9 ")


def show_duplicate(api: ApiClient) -> Any:
    body = make_mapping(client_ref="RES-1")
    for _ in range(2):
        answer = api.post(f"{api.lodging}/stays", body)
    return answer


def show_amended(api: ApiClient) -> Any:
    stay = reported(api)
    version = api.get(stay).headers["ETag"]
    return api.patch(stay, {"room": "311"}, headers={"If-Match": version})


def show_checked_out(api: ApiClient) -> Any:
    return api.post(f"{reported(api)}/check-out", {"checked_out_at": now().isoformat()})


def show_cancelled(api: ApiClient) -> Any:
    return api.post(f"{reported(api)}/cancel", {"reason": "salah kamar"})


def show_retried(api: ApiClient) -> Any:
    body = make_mapping(room="5")
    for _ in range(2):
        answer = api.post(f"{api.lodging}/stays", body, headers={"Idempotency-Key": "once"})
    return answer


SHOWS: dict[Step, Show] = {
    Step.ACCEPTED: show_accepted,
    Step.REJECTED_AND_MENDED: show_mended,
    Step.DUPLICATE: show_duplicate,
    Step.AMENDED: show_amended,
    Step.CHECKED_OUT: show_checked_out,
    Step.CANCELLED: show_cancelled,
    Step.RETRIED: show_retried,
}


def show_webhook(app: Flask, api: ApiClient, answer: int = 204) -> str:
    """Registers an endpoint as the key, reports, and lets the worker tell; gives `webhook-id`."""
    assert api.key is not None
    with run_receiver() as receiver:
        receiver.answer = status(answer)
        caller = admit(api.key.text, None, Limits(600, 120)).caller
        assert caller is not None
        db.session.rollback()
        set_scope(caller.scope)
        asked = {"url": receiver.url, "events": ["stay.accepted"]}
        register_endpoint(caller, read_endpoint(asked, allow_local=True), mode=caller.mode)
        db.session.rollback()
        set_scope(NOTHING)
        report(api)
        make_worker(app).run_worker(
            queues=["webhooks"],
            wait=False,
            concurrency=1,
            install_signal_handlers=False,
            listen_notify=False,
        )
        return receiver.received[0].headers["webhook-id"]


def pass_all(app: Flask, api: ApiClient) -> dict[str, Any]:
    run = start(api)
    for show in SHOWS.values():
        show(api)
    show_webhook(app, api)
    body: dict[str, Any] = api.get(run).get_json()
    assert body["state"] == "passed", body
    return body


def test_a_new_run_has_seen_nothing(test_api: ApiClient) -> None:
    report(test_api, client_ref="BEFORE")
    run = start(test_api)
    body = test_api.get(run).get_json()
    assert (body["state"], body["integration"]) == ("open", "Contoh PMS 4.2")
    assert body["certificate"] is None
    assert [one["name"] for one in body["steps"]] == [str(step) for step in Step]
    assert not any(one["seen"] or one["at"] or one["request_id"] for one in body["steps"])
    assert API_VERSION.startswith(f"{body['contract_version']}.")
    assert body["contract_version"] == CONTRACT_VERSION


@pytest.mark.parametrize("step", SHOWS)
def test_a_step_is_seen_with_its_time_and_request(test_api: ApiClient, step: Step) -> None:
    run = start(test_api)
    request_id = SHOWS[step](test_api).headers["X-Request-Id"]
    [found] = [s for s in test_api.get(run).get_json()["steps"] if s["name"] == step]
    assert found["seen"], step
    assert found["at"].endswith("Z")
    assert found["request_id"] == request_id
    assert seen(test_api, run) - {Step.ACCEPTED} == {step} - {Step.ACCEPTED}


def test_a_webhook_that_was_answered_is_seen(app: Flask, test_api: ApiClient) -> None:
    run = start(test_api)
    webhook_id = show_webhook(app, test_api)
    [found] = [s for s in test_api.get(run).get_json()["steps"] if s["name"] == Step.WEBHOOK]
    assert (found["seen"], found["request_id"]) == (True, webhook_id)


def test_a_webhook_that_was_refused_is_not(app: Flask, test_api: ApiClient) -> None:
    run = start(test_api)
    show_webhook(app, test_api, answer=500)
    assert seen(test_api, run) == {Step.ACCEPTED}


def test_a_batch_shows_the_same(test_api: ApiClient) -> None:
    run = start(test_api)
    path = f"{test_api.lodging}/stays/batch"
    good = [make_mapping(client_ref=one) for one in ("A", "B")]
    assert test_api.post(path, {"items": [good[0], good[1] | {"room": 3}]}).status_code == 200
    assert seen(test_api, run) == {Step.ACCEPTED}
    test_api.post(path, {"items": good})
    assert seen(test_api, run) == {Step.ACCEPTED, Step.DUPLICATE, Step.REJECTED_AND_MENDED}


def test_what_only_looks_like_a_step_is_none(test_api: ApiClient, cast: Cast) -> None:
    run = start(test_api)
    faulty = make_mapping(client_ref="RES-1") | {"room": 3}
    test_api.post(f"{test_api.lodging}/stays", faulty)
    test_api.post(f"{test_api.lodging}/stays/validate", make_mapping(client_ref="RES-1"))
    report(test_api, client_ref="RES-2")
    stay = reported(test_api)
    test_api.patch(stay, {"room": "1"}, headers={"If-Match": '"v7"'})
    test_api.patch(stay, {}, headers={"If-Match": test_api.get(stay).headers["ETag"]})
    test_api.post(f"{stay}/check-out", {"checked_out_at": "2026-02-30T00:00:00Z"})
    assert seen(test_api, run) == {Step.ACCEPTED}


def test_another_key_shows_nothing_for_this_one(
    test_api: ApiClient, app: Flask, new_key: MakeKey, cast: Cast
) -> None:
    run = start(test_api)
    report(ApiClient(app, new_key(mode=KeyMode.TEST), cast.property_a))
    report(ApiClient(app, new_key(), cast.property_a))
    assert seen(test_api, run) == set()


def test_all_steps_give_a_certificate_that_anybody_can_check(
    app: Flask, test_api: ApiClient, client: FlaskClient
) -> None:
    body = pass_all(app, test_api)
    certificate = body["certificate"]
    path = certificate["url"].partition("//")[2].partition("/")[2]
    page = client.get(f"/{path}").get_data(as_text=True)
    assert "Contoh PMS 4.2" in page
    assert certificate["number"] in page
    shown = client.get(f"/{path}.json").get_json()
    assert shown["genuine"] is True
    assert shown["integration"] == "Contoh PMS 4.2"
    assert [one["name"] for one in shown["payload"]["steps"]] == [str(step) for step in Step]
    keys = client.get("/.well-known/apoa-receipt-keys.json").get_json()["keys"]
    [public] = [one["public_key"] for one in keys if one["key_id"] == shown["key_id"]]
    Ed25519PublicKey.from_public_bytes(base64.b64decode(public)).verify(
        base64.b64decode(shown["signature"]), rfc8785.dumps(shown["payload"])
    )
    for nobody in ("ERIKSSON", "Pantai Panjang", "Manager", "property", "apoa_test"):
        assert nobody not in str(shown)
    assert "ERIKSSON" not in page
    assert "Pantai Panjang" not in page


def test_a_certificate_stands_when_the_calls_are_forgotten(
    app: Flask, test_api: ApiClient, client: FlaskClient
) -> None:
    number = pass_all(app, test_api)["certificate"]["number"]
    with pretend(now() + KEPT_FOR + timedelta(days=1)):
        assert forget_old_calls() > 0
        assert forget_old_runs() == 0
    assert client.get(f"/certificates/{number}").status_code == 200


def test_a_certificate_that_was_altered_is_not_genuine(
    app: Flask, test_api: ApiClient, client: FlaskClient
) -> None:
    number = pass_all(app, test_api)["certificate"]["number"]
    db.session.execute(text("UPDATE conformance_runs SET integration = 'Lain 9'"))
    db.session.commit()
    assert client.get(f"/certificates/{number}.json").get_json()["genuine"] is False
    page = client.get(f"/certificates/{number}").get_data(as_text=True)
    assert "tidak sah" in page


def test_a_number_that_was_never_given(client: FlaskClient) -> None:
    for number in ("UJI-0000-0000-0000", "nothing", "UJI-0000-0000-000O"):
        assert client.get(f"/certificates/{number}").status_code == 404
        assert client.get(f"/certificates/{number}.json").status_code == 404


def test_a_run_ends_after_two_weeks(test_api: ApiClient) -> None:
    run = start(test_api)
    with pretend(now() + OPEN_FOR + timedelta(minutes=1)):
        report(test_api, checked_in_at=now() - timedelta(hours=2))
        body = test_api.get(run).get_json()
        assert body["state"] == "expired"
        assert not any(one["seen"] for one in body["steps"])
        assert forget_old_runs() == 0
    with pretend(now() + OPEN_FOR * 2 + timedelta(minutes=1)):
        assert forget_old_runs() == 1


def test_a_start_sent_again_starts_one_run(test_api: ApiClient) -> None:
    first = start(test_api, **{"Idempotency-Key": "start"})
    assert start(test_api, **{"Idempotency-Key": "start"}) == first


def test_a_live_key_is_refused(api: ApiClient) -> None:
    assert_problem(api.post(RUNS, {"integration": "PMS"}), 409, "test-key-needed")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/integration"),
        ({"integration": ""}, "/integration"),
        ({"integration": "x"}, "/integration"),
        ({"integration": "x" * 121}, "/integration"),
        ({"integration": 4}, "/integration"),
        ({"integration": "PMS", "by": "me"}, "/by"),
        ([], ""),
    ],
)
def test_bad_input(test_api: ApiClient, body: Any, pointer: str) -> None:
    problem = assert_problem(test_api.post(RUNS, body), 422, "invalid-input")
    assert [one["pointer"] for one in problem["errors"]] == [pointer]


def test_too_many_starts_are_refused(test_api: ApiClient) -> None:
    for _ in range(10):
        start(test_api)
    answer = test_api.post(RUNS, {"integration": "PMS"})
    assert_problem(answer, 429, "too-often")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_run_is_its_keys_alone(
    test_api: ApiClient, anonymous: ApiClient, app: Flask, new_key: MakeKey, cast: Cast
) -> None:
    run = start(test_api)
    other = ApiClient(app, new_key(mode=KeyMode.TEST), cast.property_a)
    assert_problem(other.get(run), 404, "not-found")
    assert_problem(anonymous.get(run), 401, "credentials-missing")
    assert_problem(anonymous.post(RUNS, {}), 401, "credentials-missing")
    assert_problem(test_api.get(RUNS), 405, "method-not-allowed")
    assert_problem(test_api.get(f"{RUNS}/{cast.property_a}"), 404, "not-found")
