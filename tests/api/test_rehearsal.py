"""Test guests call forth each error; real keys report them like anybody."""

from threading import Thread
from typing import Any

import pytest

import apoa.api.rehearsal
from apoa.api.code_lists import LISTS
from apoa.api.problems import API_PROBLEMS
from apoa.stays.models import Stay
from tests.api.client import ApiClient, assert_problem
from tests.api.reporting import count, pointers, report
from tests.factories import make_mapping

FIELD_CODES = [one["code"] for one in LISTS["error-codes"]() if one["kind"] == "error"]


def guest(wish: str, **changes: Any) -> dict[str, Any]:
    return make_mapping(surname="Apoa Test", given_names=wish, **changes)


def send(api: ApiClient, wish: str) -> Any:
    return api.post(f"{api.lodging}/stays", guest(wish))


@pytest.mark.parametrize("code", sorted(API_PROBLEMS))
def test_every_problem_can_be_called_forth(test_api: ApiClient, code: str) -> None:
    # In a batch, since the document of a single report does not know those of other calls.
    items = {"items": [guest(f"REJECT {code}")]}
    if code in ("rate-limited", "unavailable"):
        answer = send(test_api, f"REJECT {code}")
        body = assert_problem(answer, API_PROBLEMS[code].status, code)
        assert answer.headers["Retry-After"] == "1"
    else:
        response = test_api.post(f"{test_api.lodging}/stays/batch", items)
        [result] = response.get_json()["results"]
        body = result["problem"]
    assert (body["code"], body["status"]) == (code, API_PROBLEMS[code].status)
    assert "{" not in body["detail"]
    assert ("attempt" in body) == (body["status"] >= 500)
    assert count(Stay) == 0


@pytest.mark.parametrize("code", FIELD_CODES)
def test_every_fault_can_be_called_forth(test_api: ApiClient, code: str) -> None:
    body = assert_problem(send(test_api, f"reject {code.upper()}"), 422, "invalid-input")
    assert pointers(body) == {"/guest/given_names": code}


def test_a_wish_that_is_none_is_told(test_api: ApiClient) -> None:
    body = assert_problem(send(test_api, "REJECT NONSENSE"), 422, "invalid-input")
    assert pointers(body) == {"/guest/given_names": "not-a-choice"}


def test_the_refusal_names_another_stay_as_the_real_one_does(test_api: ApiClient) -> None:
    body = assert_problem(send(test_api, "REJECT CLIENT-REF-IN-USE"), 409, "client-ref-in-use")
    assert len(body["stay_id"]) == 36
    assert pointers(body) == {"/client_ref": "client-ref-in-use"}


def test_the_quota_can_be_used_up(test_api: ApiClient) -> None:
    answer = send(test_api, "RATE LIMIT")
    assert_problem(answer, 429, "rate-limited")
    assert answer.headers["Retry-After"] == "1"


def test_the_system_can_be_away_with_proof_of_the_attempt(test_api: ApiClient) -> None:
    answer = send(test_api, "UNAVAILABLE")
    body = assert_problem(answer, 503, "unavailable")
    assert answer.headers["Retry-After"] == "1"
    assert body["attempt"]["signature"]


def test_a_slow_answer_comes_after_all(
    test_api: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(apoa.api.rehearsal.time, "sleep", slept.append)
    assert send(test_api, "SLOW").status_code == 201
    assert slept == [apoa.api.rehearsal.SLOW_SECONDS]


def test_a_batch_is_slow_once(test_api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(apoa.api.rehearsal.time, "sleep", slept.append)
    items = {"items": [guest("SLOW", document_number=f"N{number}") for number in range(20)]}
    answer = test_api.post(f"{test_api.lodging}/stays/batch", items)
    assert answer.get_json()["counts"]["created"] == 20
    assert slept == [apoa.api.rehearsal.SLOW_SECONDS]


def test_only_one_is_slow_at_a_time(test_api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def while_sleeping(_seconds: float) -> None:
        other = Thread(target=lambda: seen.append(send(test_api, "SLOW").status_code))
        other.start()
        other.join()

    monkeypatch.setattr(apoa.api.rehearsal.time, "sleep", while_sleeping)
    assert send(test_api, "SLOW").status_code == 201
    assert seen == [503]


def test_in_a_batch_it_concerns_its_item_alone(test_api: ApiClient) -> None:
    items = [make_mapping(), guest("REJECT no-letters"), guest("Peter")]
    answer = test_api.post(f"{test_api.lodging}/stays/batch", {"items": items})
    statuses = [one["status"] for one in answer.get_json()["results"]]
    assert statuses == ["created", "rejected", "created"]
    whole = {"items": [make_mapping(), guest("UNAVAILABLE")]}
    answer = test_api.post(f"{test_api.lodging}/stays/batch", whole)
    assert_problem(answer, 503, "unavailable")
    assert count(Stay) == 2


def test_validating_rehearses_too(test_api: ApiClient) -> None:
    answer = test_api.post(f"{test_api.lodging}/stays/validate", guest("RATE LIMIT"))
    assert_problem(answer, 429, "rate-limited")


def test_a_live_key_reports_such_a_guest(api: ApiClient) -> None:
    stay = report(api, surname="APOA TEST", given_names="UNAVAILABLE")
    assert stay["guest"]["given_names"] == "UNAVAILABLE"


@pytest.mark.parametrize("faulty", [{"guest": 7}, {"guest": {"surname": "APOA TEST"}}, [], None])
def test_anything_else_is_judged_as_always(test_api: ApiClient, faulty: Any) -> None:
    sent = "null" if faulty is None else None
    kwargs: dict[str, Any] = {"data": sent, "content_type": "application/json"} if sent else {}
    answer = test_api.post(f"{test_api.lodging}/stays", faulty, **kwargs)
    assert_problem(answer, 422, "invalid-input")
