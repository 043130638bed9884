"""/webhook-endpoints: a key's own, with their secrets shown once, and what became of deliveries."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from apoa.access.api_models import KeyMode
from apoa.base.ids import sandbox_twin
from apoa.stays.models import Source
from apoa.stays.report import report_stay
from tests.api.client import ApiClient, assert_problem
from tests.cast import Cast
from tests.factories import make_mapping, make_report
from tests.webhooks.conftest import (  # noqa: F401 - fixtures
    everything,
    receiver,
    work,
)
from tests.webhooks.receiver import Receiver, status

ASKED = {"url": "https://pms.example.com/hook", "events": ["stay.accepted", "stay.cancelled"]}
HOOKS = "/webhook-endpoints"
ENDPOINT = {
    "id", "url", "description", "events", "property_ids", "mode", "state", "disabled_reason",
    "disabled_at", "failing_since", "previous_secret_valid_until", "created_at",
}  # fmt: skip


def registered(api: ApiClient, **changes: Any) -> Any:
    answer = api.post(HOOKS, ASKED | changes)
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()


def test_an_endpoint_is_registered_and_its_secret_shown_once(api: ApiClient) -> None:
    answer = api.post(HOOKS, ASKED | {"description": "PMS"})
    body = answer.get_json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1{HOOKS}/{body['id']}"
    assert body.keys() == ENDPOINT | {"secret"}
    assert body["secret"].startswith("whsec_")
    assert body["property_ids"] == [str(api.property_id)]
    assert (body["mode"], body["state"], body["description"]) == ("live", "active", "PMS")
    shown = api.get(f"{HOOKS}/{body['id']}").get_json()
    assert shown.keys() == ENDPOINT
    assert api.get(HOOKS).get_json() == {"items": [shown]}
    [row] = everything("SELECT e::text AS row FROM webhook_endpoints e")
    assert body["secret"].removeprefix("whsec_") not in row.row


def test_a_retry_registers_one_endpoint(api: ApiClient) -> None:
    key = {"Idempotency-Key": "one"}
    first, second = (api.post(HOOKS, ASKED, headers=key) for _ in range(2))
    assert first.get_json() == second.get_json()
    assert second.headers["Idempotency-Replayed"] == "true"
    assert len(api.get(HOOKS).get_json()["items"]) == 1


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"url": None}, "/url", "required"),
        ({"url": ""}, "/url", "required"),
        ({"url": 5}, "/url", "not-text"),
        ({"url": "http://pms.example.com/"}, "/url", "webhook-url-not-https"),
        ({"url": "https://10.0.0.1/"}, "/url", "webhook-url-not-public"),
        ({"url": "https://u:p@pms.example.com/"}, "/url", "webhook-url-malformed"),
        ({"url": "https://pms.example.com/" + "a" * 500}, "/url", "too-long"),
        ({"url": "https://pms.example.com/\n"}, "/url", "control-character"),
        ({"events": []}, "/events", "webhook-needs-event"),
        ({"events": None}, "/events", "required"),
        ({"events": "stay.accepted"}, "/events", "invalid"),
        ({"events": ["stay.accepted", "stay.lost"]}, "/events/1", "not-a-choice"),
        ({"events": [7]}, "/events/0", "not-text"),
        ({"events": ["webhook.test"]}, "/events/0", "not-a-choice"),
        ({"description": "x" * 121}, "/description", "too-long"),
        ({"state": "asleep"}, "/state", "not-a-choice"),
        ({"state": 1}, "/state", "not-text"),
        ({"property_ids": []}, "/property_ids", "key-needs-property"),
        ({"property_ids": ["x"]}, "/property_ids/0", "invalid"),
        ({"property_ids": [5]}, "/property_ids/0", "invalid"),
        ({"property_ids": [str(uuid4())]}, "/property_ids/0", "webhook-not-my-property"),
        ({"secret": "mine"}, "/secret", "unknown-field"),
        ({"mode": "test"}, "/mode", "unknown-field"),
    ],
)
def test_each_fault_is_named(
    api: ApiClient, changes: dict[str, Any], pointer: str, code: str
) -> None:
    body = assert_problem(api.post(HOOKS, ASKED | changes), 422, "invalid-input")
    assert [(one["pointer"], one["code"]) for one in body["errors"]] == [(pointer, code)]
    assert all(one["detail"] for one in body["errors"])


def test_all_faults_are_told_at_once(api: ApiClient) -> None:
    bad = {"url": "http://x", "events": ["a"], "description": "x" * 200, "what": 1}
    body = assert_problem(api.post(HOOKS, bad), 422, "invalid-input")
    found = {one["pointer"] for one in body["errors"]}
    assert found == {"/url", "/events/0", "/description", "/what"}


@pytest.mark.parametrize("value", [[], "x", 1, True, None])
def test_anything_but_an_object_is_refused(api: ApiClient, value: Any) -> None:
    for method, path in (("POST", HOOKS), ("PATCH", f"{HOOKS}/{registered(api)['id']}")):
        answer = api.send(method, path, data=json.dumps(value), content_type="application/json")
        assert_problem(answer, 422, "invalid-input")


def test_an_amendment_is_merged(api: ApiClient) -> None:
    made = registered(api, description="PMS")
    path = f"{HOOKS}/{made['id']}"
    body = api.patch(path, {"events": ["stay.amended"], "description": None}).get_json()
    assert body["events"] == ["stay.amended"]
    assert body["description"] is None
    assert body["url"] == made["url"]
    body = api.patch(path, {"state": "disabled"}).get_json()
    assert (body["state"], body["disabled_reason"]) == ("disabled", "owner")
    assert body["disabled_at"]
    body = api.patch(path, {"state": "active"}).get_json()
    assert (body["state"], body["disabled_reason"], body["disabled_at"]) == ("active", None, None)
    problem = assert_problem(api.patch(path, {"url": "http://x.example/"}), 422, "invalid-input")
    assert problem["errors"][0]["pointer"] == "/url"
    assert api.get(path).get_json()["url"] == made["url"]
    assert_problem(api.patch(path, {"url": None}), 422, "invalid-input")


def test_a_deleted_endpoint_is_gone(api: ApiClient) -> None:
    path = f"{HOOKS}/{registered(api)['id']}"
    answer = api.delete(path)
    assert (answer.status_code, answer.get_data()) == (204, b"")
    for method in ("GET", "DELETE"):
        assert_problem(api.send(method, path), 404, "not-found")
    assert_problem(api.patch(path, {"state": "active"}), 404, "not-found")
    assert api.get(HOOKS).get_json() == {"items": []}


def test_a_secret_is_replaced(api: ApiClient) -> None:
    made = registered(api)
    path = f"{HOOKS}/{made['id']}/rotate-secret"
    first = api.post(path)
    assert first.status_code == 200
    assert first.get_json()["secret"] not in (made["secret"], "")
    assert first.get_json()["previous_secret_valid_until"]
    at_once = api.post(path, {"overlap_hours": 0}).get_json()
    assert at_once["previous_secret_valid_until"] is None
    for bad in (-1, 169, "1", 1.5, None):
        assert_problem(api.post(path, {"overlap_hours": bad}), 422, "invalid-input")


def test_there_is_a_most(api: ApiClient) -> None:
    for _ in range(10):
        registered(api)
    assert_problem(api.post(HOOKS, ASKED), 409, "too-many-webhook-endpoints")


def test_a_test_is_sent_and_seen(
    api: ApiClient,
    receiver: Receiver,  # noqa: F811
    work: Callable[[], None],  # noqa: F811
) -> None:
    path = f"{HOOKS}/{registered(api, url=receiver.url)['id']}"
    answer = api.post(f"{path}/test")
    assert answer.status_code == 202
    sent = answer.get_json()
    assert (sent["type"], sent["state"], sent["attempts"]) == ("webhook.test", "pending", [])
    work()
    assert answer.headers["Location"].endswith(f"/deliveries/{sent['id']}")
    delivery = api.get(f"{path}/deliveries/{sent['id']}").get_json()
    assert delivery["state"] == "delivered"
    assert delivery["attempts"][0]["status_code"] == 204
    assert receiver.received[0].headers["webhook-id"] == delivery["event_id"]
    api.patch(path, {"state": "disabled"})
    assert_problem(api.post(f"{path}/test"), 409, "webhook-endpoint-disabled")


def test_deliveries_are_listed_page_by_page_and_sent_again(
    api: ApiClient,
    receiver: Receiver,  # noqa: F811
    work: Callable[[], None],  # noqa: F811
) -> None:
    receiver.answer = lambda handler, number: status(500 if number == 1 else 204)(handler, number)
    path = f"{HOOKS}/{registered(api, url=receiver.url)['id']}"
    for number in range(5):
        report = make_mapping(client_ref=f"R-{number}", document_number=f"X{number}")
        assert api.post(f"{api.lodging}/stays", report).status_code == 201
    work()
    first = api.get(f"{path}/deliveries?limit=3").get_json()
    second = api.get(f"{path}/deliveries?limit=3&cursor={first['next_cursor']}")
    assert second.get_json()["next_cursor"] is None
    assert "Link" not in second.headers
    both = [*first["items"], *second.get_json()["items"]]
    assert [one["data"]["client_ref"] for one in both] == ["R-4", "R-3", "R-2", "R-1", "R-0"]
    assert "ERIKSSON" not in str(both)
    pending = api.get(f"{path}/deliveries?state=pending").get_json()["items"]
    assert pending
    assert all(one["next_try_at"] for one in pending)
    for query in ("state=lost", "limit=0", "limit=501", "cursor=x", "what=1"):
        assert_problem(api.get(f"{path}/deliveries?{query}"), 422, "invalid-input")
    again = api.post(f"{path}/deliveries/{both[-1]['id']}/replay")
    assert again.status_code == 202
    assert again.get_json()["state"] == "pending"
    work()
    shown = api.get(f"{path}/deliveries/{both[-1]['id']}").get_json()
    assert shown["state"] == "delivered"
    assert_problem(api.post(f"{path}/deliveries/{uuid4()}/replay"), 404, "not-found")


def test_a_test_key_hears_of_its_sandbox_alone(test_api: ApiClient, cast: Cast) -> None:
    made = registered(test_api)
    assert made["mode"] == "test"
    assert made["property_ids"] == [str(cast.property_a)]
    clerk = cast.act_as("clerk_a")
    report_stay(clerk, cast.property_a, make_report(), source=Source.WEB)
    assert everything("SELECT * FROM webhook_events") == []
    report = make_mapping(client_ref="R-1")
    assert test_api.post(f"{test_api.lodging}/stays", report).status_code == 201
    [event] = everything("SELECT property_id, data FROM webhook_events")
    assert event.property_id == sandbox_twin(cast.property_a)
    assert event.data["property_id"] == str(cast.property_a)


EVERY_CALL = [
    ("GET", ""),
    ("PATCH", ""),
    ("DELETE", ""),
    ("POST", "/rotate-secret"),
    ("POST", "/test"),
    ("GET", "/deliveries"),
    ("GET", f"/deliveries/{uuid4()}"),
    ("POST", f"/deliveries/{uuid4()}/replay"),
]


def call(api: ApiClient, method: str, path: str) -> Any:
    return api.send(method, path, json={} if method == "PATCH" else None)


def test_nobody_reaches_anothers_endpoint(
    app: Flask, api: ApiClient, test_api: ApiClient, cast: Cast, new_key: Any
) -> None:
    made = registered(api)
    of_same_lodging = ApiClient(app, new_key(), cast.property_a)
    of_other = ApiClient(app, new_key(property_ids=[cast.property_b]), cast.property_b)
    for stranger in (test_api, of_same_lodging, of_other):
        assert stranger.get(HOOKS).get_json() == {"items": []}
        for method, rest in EVERY_CALL:
            answer = call(stranger, method, f"{HOOKS}/{made['id']}{rest}")
            assert_problem(answer, 404, "not-found")
    assert api.get(HOOKS).get_json()["items"][0]["id"] == made["id"]


def test_without_key_or_scope_nothing_is_open(
    app: Flask, anonymous: ApiClient, cast: Cast, new_key: Any
) -> None:
    narrow = ApiClient(app, new_key(scopes=["stays:read", "stays:write"]), cast.property_a)
    calls = [("GET", HOOKS), ("POST", HOOKS)]
    calls += [(method, f"{HOOKS}/{uuid4()}{rest}") for method, rest in EVERY_CALL]
    for method, path in calls:
        assert_problem(call(anonymous, method, path), 401, "credentials-missing")
        assert_problem(call(narrow, method, path), 403, "insufficient-scope")


def test_wrong_methods_are_told_the_right_ones(api: ApiClient) -> None:
    for path, methods in (
        (HOOKS, {"GET", "POST"}),
        (f"{HOOKS}/{uuid4()}", {"GET", "PATCH", "DELETE"}),
        (f"{HOOKS}/{uuid4()}/test", {"POST"}),
    ):
        answer = api.send("PUT", path)
        assert_problem(answer, 405, "method-not-allowed")
        assert methods <= {one.strip() for one in answer.headers["Allow"].split(",")}


def test_an_endpoint_may_hear_of_some_lodgings_only(app: Flask, cast: Cast, new_key: Any) -> None:
    both = [cast.property_a, cast.property_b]
    api = ApiClient(app, new_key(property_ids=both), cast.property_a)
    made = registered(api, property_ids=[str(cast.property_b)])
    assert made["property_ids"] == [str(cast.property_b)]
    path = f"{HOOKS}/{made['id']}"
    body = api.patch(path, {"property_ids": [str(one) for one in both]}).get_json()
    assert set(body["property_ids"]) == {str(one) for one in both}
    body = api.patch(path, {"property_ids": [str(cast.property_a)]}).get_json()
    assert body["property_ids"] == [str(cast.property_a)]
    body = api.patch(path, {"property_ids": None}).get_json()
    assert set(body["property_ids"]) == {str(one) for one in both}


def test_production_refuses_what_development_allows(
    api: ApiClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = {"url": "http://127.0.0.1:9000/"}
    registered(api, **local)
    settings = app.extensions["apoa_settings"]
    monkeypatch.setitem(
        app.extensions, "apoa_settings", replace(settings, environment="production")
    )
    assert_problem(api.post(HOOKS, ASKED | local), 422, "invalid-input")


def test_the_test_of_a_test_endpoint_stays_in_the_sandbox(
    test_api: ApiClient,
    receiver: Receiver,  # noqa: F811
    work: Callable[[], None],  # noqa: F811
) -> None:
    path = f"{HOOKS}/{registered(test_api, url=receiver.url)['id']}"
    assert test_api.post(f"{path}/test").get_json()["property_id"] == str(test_api.property_id)
    work()
    assert len(receiver.received) == 1
    assert KeyMode.TEST == test_api.get(path).get_json()["mode"]
