"""A POST sent again with its key is one piece of work with one answer, also all at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from apoa.access.kept_answers import KEPT_FOR, forget_old_answers
from apoa.base.clock import now, pretend
from apoa.db.base import db
from apoa.db.scope import scope
from apoa.stays.models import Stay
from tests.api.client import ApiClient, assert_problem
from tests.api.conftest import MakeKey
from tests.cast import EVERYWHERE
from tests.factories import make_mapping


def report(probe: ApiClient, key: str | None, body: Any = None, **headers: str) -> Any:
    sent = {"Idempotency-Key": key, **headers}
    return probe.post(f"{probe.lodging}/probe", body or make_mapping(), headers=sent)


def count_stays() -> int:
    with scope(EVERYWHERE):
        number = db.session.scalar(select(func.count()).select_from(Stay)) or 0
        db.session.rollback()
        return number


def test_the_first_answer_is_given_again(probe: ApiClient) -> None:
    body = make_mapping()
    first, second = report(probe, "a", body), report(probe, "a", body)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.get_data() == first.get_data()
    assert second.headers["Location"] == first.headers["Location"]
    assert second.headers["Content-Type"] == first.headers["Content-Type"]
    assert second.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert "X-Other" not in second.headers
    assert count_stays() == 1


def test_without_a_key_each_is_work_of_its_own(probe: ApiClient) -> None:
    body = make_mapping()
    assert [report(probe, None, body).status_code for _ in range(2)] == [201, 201]
    assert count_stays() == 2


def test_another_payload_is_refused(probe: ApiClient) -> None:
    report(probe, "a", make_mapping(room="1"))
    assert_problem(report(probe, "a", make_mapping(room="2")), 422, "idempotency-key-reused")
    assert count_stays() == 1


def test_keys_belong_to_their_caller(probe: ApiClient, new_key: MakeKey) -> None:
    body = make_mapping()
    report(probe, "a", body)
    other = f"Bearer {new_key().text}"
    assert "Idempotency-Replayed" not in report(probe, "a", body, Authorization=other).headers
    assert count_stays() == 2


def test_refusals_are_not_kept(probe: ApiClient) -> None:
    faulty = make_mapping() | {"room": 3}
    body = assert_problem(report(probe, "a", faulty), 422, "invalid-input")
    assert [one["pointer"] for one in body["errors"]] == ["/room"]
    assert report(probe, "a").status_code == 201


def test_work_that_fails_at_the_end_leaves_nothing(probe: ApiClient) -> None:
    body = make_mapping(room="late-bug")
    assert report(probe, "a", body).status_code == 500
    assert count_stays() == 0
    assert report(probe, "a").status_code == 201


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "ä"])
def test_a_malformed_key_is_refused(probe: ApiClient, key: str) -> None:
    assert_problem(report(probe, key), 400, "idempotency-key-malformed")


def test_answers_are_sealed_and_forgotten(probe: ApiClient) -> None:
    stay_id = report(probe, "a").get_json()["id"]
    with scope(EVERYWHERE):
        stored = db.session.execute(text("SELECT body_sealed FROM idempotency_keys")).scalar_one()
        assert stay_id.encode() not in bytes(stored)
        db.session.rollback()
    assert forget_old_answers() == 0
    with pretend(now() + timedelta(hours=25)):
        assert report(probe, "a", make_mapping(room="9")).status_code == 422
    with pretend(now() + KEPT_FOR + timedelta(hours=1)):
        assert report(probe, "a", make_mapping()).status_code == 201
    with pretend(now() + KEPT_FOR * 3):
        assert forget_old_answers() == 1


@pytest.mark.parametrize("with_ref", [True, False])
def test_fifty_at_once_make_one_stay(probe: ApiClient, with_ref: bool) -> None:
    body = make_mapping(client_ref="RES-1")
    keys = [None if with_ref else "same"] * 50

    def send(key: str | None) -> int:
        status: int = report(probe, key, body).status_code
        return status

    with ThreadPoolExecutor(10) as pool:
        codes = list(pool.map(send, keys))
    assert codes.count(201) >= 1
    assert set(codes) <= ({200, 201} if with_ref else {201, 409})
    assert count_stays() == 1
    if not with_ref:
        again = report(probe, "same", body)
        assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")


def test_while_the_first_runs_the_second_is_told_to_wait(probe: ApiClient) -> None:
    key = str(uuid4())
    assert probe.key is not None
    from apoa.access.kept_answers import Retriable, hold

    db.session.rollback()
    assert hold(Retriable.of(probe.key.key_id, key))
    response = report(probe, key)
    assert_problem(response, 409, "idempotency-in-progress")
    assert response.headers["Retry-After"] == "1"
    db.session.rollback()
    assert report(probe, key).status_code == 201
