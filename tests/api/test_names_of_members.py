"""A member may be named like anything: it is refused by its name, and hinders nobody else."""

from typing import Any
from uuid import uuid4

import pytest

from apoa.stays.models import Stay
from tests.api.client import ApiClient, assert_problem
from tests.api.reporting import count, path_of, pointers, report
from tests.factories import make_mapping

ODD = {"code": 1, "params": 2, "_schema": 3, "errors": 4}


def unknown(pointer: str = "") -> dict[str, str]:
    return {f"{pointer}/{name}": "unknown-field" for name in ODD}


@pytest.mark.parametrize("where", ["guest", "document", "permit", "entry", "contact", None])
def test_in_a_report(api: ApiClient, where: str | None) -> None:
    sent: dict[str, Any] = make_mapping()
    if where is None:
        sent |= ODD
    else:
        sent[where] = (sent.get(where) or {}) | ODD
    body = assert_problem(api.post(f"{api.lodging}/stays", sent), 422, "invalid-input")
    assert pointers(body) == unknown(f"/{where}" if where else "")


def test_one_in_a_batch_does_not_hinder_the_others(api: ApiClient) -> None:
    odd = make_mapping() | ODD
    items = {"items": [make_mapping(document_number="N1"), odd, make_mapping(client_ref="A")]}
    key = {"Idempotency-Key": str(uuid4())}
    answer = api.post(f"{api.lodging}/stays/batch", items, headers=key)
    results = answer.get_json()["results"]
    assert [one["status"] for one in results] == ["created", "rejected", "created"]
    assert pointers(results[1]["problem"]) == unknown()
    assert count(Stay) == 2


def test_in_a_query(api: ApiClient) -> None:
    query = "&".join(f"{name}=1" for name in ODD)
    body = assert_problem(api.get(f"{api.lodging}/stays?{query}"), 422, "invalid-input")
    assert pointers(body) == unknown()


def test_in_an_amendment_and_in_acts(api: ApiClient) -> None:
    stay = report(api)
    match = {"If-Match": '"v1"'}
    answers = [api.patch(path_of(api, stay), ODD, headers=match)]
    answers += [
        api.post(path_of(api, stay, f"/{act}"), sent | ODD)
        for act, sent in (
            ("check-out", {"checked_out_at": stay["checked_in_at"]}),
            ("cancel", {"reason": "Double"}),
            ("reopen", {}),
        )
    ]
    for answer in answers:
        assert pointers(assert_problem(answer, 422, "invalid-input")) == unknown()


def test_in_a_list_of_who_is_in_house(api: ApiClient) -> None:
    items = {"items": [{"client_ref": "A"} | ODD, {"client_ref": "B", "guest": ODD}]}
    answer = api.post(f"{api.lodging}/reconciliations", items)
    body = assert_problem(answer, 422, "invalid-input")
    assert pointers(body) == unknown("/items/0") | unknown("/items/1/guest")


def test_at_a_webhook_endpoint(api: ApiClient) -> None:
    asked = {"url": "https://pms.example.com/apoa", "events": ["stay.accepted"]}
    body = assert_problem(api.post("/webhook-endpoints", asked | ODD), 422, "invalid-input")
    assert pointers(body) == unknown()


@pytest.mark.parametrize("path", ["stays", "stays/batch", "reconciliations"])
def test_of_very_many_the_first_hundred_are_told(api: ApiClient, path: str) -> None:
    sent = {f"m{number}": None for number in range(100_000)}
    answer = api.post(f"{api.lodging}/{path}", sent)
    assert len(assert_problem(answer, 422, "invalid-input")["errors"]) == 100
    assert len(answer.data) < 20_000
