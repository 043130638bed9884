"""Items of a batch that fail by our fault: proof of the attempt, and a retry that mends them."""

import base64
import json
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
import rfc8785
from sqlalchemy.exc import DataError

import apoa.stays.versions
from apoa.db.secrets import secrets
from apoa.stays.models import Stay
from apoa.stays.receipt.keyring import KeyRing
from tests.api.client import ApiClient, assert_problem
from tests.api.reporting import count
from tests.factories import make_mapping


class Poison:
    """While it works, no stay in the room "poison" can be stored."""

    works = True


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> Poison:
    """Poison that works until it is told not to."""
    plain, made = apoa.stays.versions.insert_if_new, Poison()

    def insert(table: Any, rows: list[dict[str, Any]], *others: Any, **more: Any) -> Any:
        if made.works and any(row["room"] == "poison" for row in rows):
            raise DataError("INSERT", {}, Exception("poison"))
        return plain(table, rows, *others, **more)

    monkeypatch.setattr(apoa.stays.versions, "insert_if_new", insert)
    return made


def items(**changes: Any) -> list[Any]:
    """A good one, one that fails, one that is refused, and a good one."""
    rooms = ("1", "poison", "2", "3")
    sent = [
        make_mapping(room=room, document_number=f"N{place}", **changes)
        for place, room in enumerate(rooms)
    ]
    sent[2]["guest"]["sex"] = "Q"
    return sent


def send(api: ApiClient, sent: list[Any], key: str | None) -> Any:
    headers = {"Idempotency-Key": key}
    answer = api.post(f"{api.lodging}/stays/batch", {"items": sent}, headers=headers)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer


def statuses(answer: Any) -> list[str]:
    return [one["status"] for one in answer.get_json()["results"]]


def test_what_failed_proves_that_it_was_tried(api: ApiClient, poison: Poison) -> None:
    body = json.dumps({"items": items()}).encode()
    answer = api.send(
        "POST", f"{api.lodging}/stays/batch", data=body, content_type="application/json"
    )
    problem = answer.get_json()["results"][1]["problem"]
    assert (problem["status"], problem["code"]) == (500, "internal-error")
    attempt = problem["attempt"]
    assert attempt["path"].endswith("/stays/batch")
    assert attempt["request_id"] == answer.headers["X-Request-Id"]
    assert attempt["body_sha256"] == sha256(body).hexdigest()
    signature = base64.b64decode(attempt.pop("signature"))
    ring = KeyRing.parse(secrets().receipt_keys)
    assert ring.verify(rfc8785.dumps(attempt), attempt["key_id"], signature)


@pytest.mark.parametrize("named", [True, False])
def test_the_retry_does_again_only_what_failed(api: ApiClient, poison: Poison, named: bool) -> None:
    sent, key = items(), str(uuid4())
    if named:
        for place, item in enumerate(sent):
            item["client_ref"] = f"R{place}"
    first = send(api, sent, key)
    again = send(api, sent, key)
    assert statuses(first) == statuses(again) == ["created", "rejected", "rejected", "created"]
    assert count(Stay) == 2
    poison.works = False
    whole = send(api, sent, key)
    assert statuses(whole) == ["created", "created", "rejected", "created"]
    assert whole.get_json()["counts"] == {"created": 3, "duplicate": 0, "rejected": 1}
    assert "Idempotency-Replayed" not in whole.headers
    for place in (0, 2, 3):
        assert whole.get_json()["results"][place] == first.get_json()["results"][place]
    replayed = send(api, sent, key)
    assert replayed.headers["Idempotency-Replayed"] == "true"
    assert replayed.get_data() == whole.get_data()
    assert count(Stay) == 3


def test_another_content_is_still_refused(api: ApiClient, poison: Poison) -> None:
    key = str(uuid4())
    send(api, items(), key)
    headers = {"Idempotency-Key": key}
    other = api.post(f"{api.lodging}/stays/batch", {"items": []}, headers=headers)
    assert_problem(other, 422, "idempotency-key-reused")


def test_without_a_key_only_what_has_a_reference_is_known_again(
    api: ApiClient, poison: Poison
) -> None:
    sent = items()
    sent[0]["client_ref"], sent[1]["client_ref"] = "R0", "R1"
    send(api, sent, None)
    poison.works = False
    again = send(api, sent, None)
    assert statuses(again) == ["duplicate", "created", "rejected", "created"]
    warnings = again.get_json()["results"][3]["stay"]["warnings"]
    assert {one["code"] for one in warnings} == {"possible-duplicate"}
    assert count(Stay) == 4


def test_a_rehearsed_failure_is_not_replayed_either(test_api: ApiClient) -> None:
    wish = make_mapping(surname="APOA TEST", given_names="REJECT INTERNAL-ERROR")
    answers = [send(test_api, [make_mapping(), wish, wish], "a") for _ in range(2)]
    assert all("Idempotency-Replayed" not in one.headers for one in answers)
    results = answers[1].get_json()["results"]
    assert results[1]["problem"]["attempt"] == results[2]["problem"]["attempt"]
    assert count(Stay) == 1
