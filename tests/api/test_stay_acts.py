"""Check-out, cancel, reopen and versions: each act once, however often it is sent."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from apoa.base.clock import now
from apoa.stays.models import StayVersion
from tests.api.client import ApiClient, assert_problem
from tests.api.reporting import count, path_of, pointers, report

REASON = {"reason": "Reported twice"}


def left() -> dict[str, str]:
    return {"checked_out_at": (now() - timedelta(minutes=3)).isoformat()}


def act(api: ApiClient, stay: dict[str, Any], name: str, body: Any = None) -> Any:
    return api.post(path_of(api, stay, f"/{name}"), body)


def test_a_check_out_said_twice_is_one(api: ApiClient) -> None:
    stay, when = report(api), left()
    first, second = act(api, stay, "check-out", when), act(api, stay, "check-out", when)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.get_json() == second.get_json()
    body = first.get_json()
    assert (body["state"], body["version"]) == ("departed", 2)
    assert datetime.fromisoformat(body["checked_out_at"]) == datetime.fromisoformat(
        when["checked_out_at"]
    )
    assert first.headers["ETag"] == api.get(path_of(api, stay)).headers["ETag"]
    assert count(StayVersion) == 2


def test_a_check_out_at_another_time_is_told_apart(api: ApiClient) -> None:
    stay = report(api)
    act(api, stay, "check-out", left())
    earlier = {"checked_out_at": (now() - timedelta(hours=1)).isoformat()}
    assert_problem(act(api, stay, "check-out", earlier), 409, "stay-already-departed")


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({}, {"/checked_out_at": "required"}),
        ({"checked_out_at": None}, {"/checked_out_at": "required"}),
        ({"checked_out_at": "2026-11-21"}, {"/checked_out_at": "invalid-instant"}),
        ({"checked_out_at": "2026-02-30T10:00:00Z"}, {"/checked_out_at": "invalid-instant"}),
        ({"checked_out_at": 1}, {"/checked_out_at": "invalid-instant"}),
        (
            {"checked_out_at": "2001-01-01T00:00:00Z"},
            {"/checked_out_at": "check-out-before-check-in"},
        ),
        ({"checked_out_at": "2999-01-01T00:00:00Z"}, {"/checked_out_at": "check-out-in-future"}),
        ({"at": 1}, {"/checked_out_at": "required", "/at": "unknown-field"}),
        ([], {"": "invalid"}),
    ],
)
def test_a_faulty_check_out_is_refused(api: ApiClient, body: Any, faults: dict[str, str]) -> None:
    stay = report(api)
    answer = act(api, stay, "check-out", body)
    assert pointers(assert_problem(answer, 422, "invalid-input")) == faults
    assert api.get(path_of(api, stay)).get_json() == stay


def test_cancelled_twice_the_first_reason_stands(api: ApiClient) -> None:
    stay = report(api)
    first = act(api, stay, "cancel", REASON)
    second = act(api, stay, "cancel", {"reason": "Something else"})
    assert first.get_json() == second.get_json()
    body = first.get_json()
    assert (body["state"], body["cancel_reason"]) == ("cancelled", "Reported twice")
    assert body["cancelled_at"].endswith("+07:00")
    assert_problem(act(api, stay, "check-out", left()), 409, "stay-cancelled")


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({}, {"/reason": "required"}),
        ({"reason": None}, {"/reason": "required"}),
        ({"reason": "  "}, {"/reason": "required"}),
        ({"reason": 3}, {"/reason": "not-text"}),
        ({"reason": "x" * 501}, {"/reason": "too-long"}),
        ({"reason": "a\u0007"}, {"/reason": "control-character"}),
        ({"reason": "x", "why": 1}, {"/why": "unknown-field"}),
    ],
)
def test_a_cancellation_needs_its_reason(api: ApiClient, body: Any, faults: dict[str, str]) -> None:
    answer = act(api, report(api), "cancel", body)
    assert pointers(assert_problem(answer, 422, "invalid-input")) == faults


@pytest.mark.parametrize("name", ["check-out", "cancel"])
def test_reopened_the_guest_is_in_house_again(api: ApiClient, name: str) -> None:
    stay = report(api)
    act(api, stay, name, left() if name == "check-out" else REASON)
    first = act(api, stay, "reopen", {"reason": "Came back"})
    second = act(api, stay, "reopen")
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.get_json() == second.get_json()
    body = first.get_json()
    assert (body["state"], body["version"]) == ("in_house", 3)
    assert (body["checked_out_at"], body["cancelled_at"], body["cancel_reason"]) == (None,) * 3


def test_a_stay_in_house_stays_as_it_is(api: ApiClient) -> None:
    stay = report(api)
    assert act(api, stay, "reopen").get_json() == stay
    faulty = act(api, stay, "reopen", {"reason": 7})
    assert pointers(assert_problem(faulty, 422, "invalid-input")) == {"/reason": "not-text"}


def test_every_version_says_what_changed_when_and_by_which_way(api: ApiClient) -> None:
    stay, when = report(api), left()
    api.patch(path_of(api, stay), {"room": "9"}, headers={"If-Match": '"v1"'})
    act(api, stay, "check-out", when)
    act(api, stay, "reopen", {"reason": "Came back"})
    items = api.get(path_of(api, stay, "/versions")).get_json()["items"]
    assert [(one["version"], one["act"], one["state"]) for one in items] == [
        (4, "reopen", "in_house"),
        (3, "check_out", "departed"),
        (2, "amend", "in_house"),
        (1, "report", "in_house"),
    ]
    assert items[2]["changes"] == [{"pointer": "/room", "before": "204", "after": "9"}]
    assert items[0]["reason"] == "Came back"
    assert {one["source"] for one in items} == {"api"}
    assert all(one["received_at"].endswith("+07:00") for one in items)
    changed = {one["pointer"]: one for one in items[1]["changes"]}
    assert set(changed) == {"/checked_out_at", "/state"}
    assert changed["/checked_out_at"]["before"] is None
    assert changed["/checked_out_at"]["after"].endswith("+07:00")
    assert items[3]["changes"] == []
