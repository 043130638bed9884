"""POST /stays/batch: each item judged alone, all in one commit, results in their order."""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import DataError

import apoa.stays.report
import apoa.stays.versions
from apoa.base.clock import now
from apoa.stays.models import Receipt, Stay, StayNameToken, StayVersion
from tests.api.client import ApiClient, assert_problem
from tests.api.reporting import count, path_of, pointers, report, suspend
from tests.cast import Cast
from tests.factories import make_mapping


def send(api: ApiClient, *items: Any) -> dict[str, Any]:
    response = api.post(f"{api.lodging}/stays/batch", {"items": list(items)})
    assert response.status_code == 200, response.get_data(as_text=True)
    body: dict[str, Any] = response.get_json()
    assert [one["index"] for one in body["results"]] == list(range(len(items)))
    found = Counter(one["status"] for one in body["results"])
    assert body["counts"] == {name: found[name] for name in ("created", "duplicate", "rejected")}
    return body


def statuses(body: dict[str, Any]) -> list[str]:
    return [one["status"] for one in body["results"]]


def test_each_is_judged_alone(api: ApiClient) -> None:
    earlier = make_mapping(client_ref="A")
    api.post(f"{api.lodging}/stays", earlier)
    body = send(
        api,
        make_mapping(client_ref="B", document_number="N1"),
        make_mapping(sex="Q"),
        earlier,
        make_mapping(client_ref="A", room="9"),
        make_mapping(client_ref="C", document_number="N2"),
        "not a stay",
    )
    assert statuses(body) == [
        "created",
        "rejected",
        "duplicate",
        "rejected",
        "created",
        "rejected",
    ]
    problems = [one.get("problem") for one in body["results"]]
    assert (problems[1]["status"], problems[1]["code"]) == (422, "invalid-input")
    assert pointers(problems[1]) == {"/guest/sex": "not-a-choice"}
    assert (problems[3]["status"], problems[3]["code"]) == (409, "client-ref-in-use")
    assert problems[3]["stay_id"] == body["results"][2]["stay"]["id"]
    assert pointers(problems[5]) == {"": "invalid"}
    assert count(Stay) == 3


def test_what_it_makes_is_what_single_reports_make(api: ApiClient) -> None:
    single = report(api, client_ref="S", document_number="N1")
    [result] = send(api, make_mapping(client_ref="M", document_number="N2"))["results"]
    stay = result["stay"]
    assert api.get(path_of(api, stay)).get_json() == stay
    assert {name for name in stay if stay[name] != single[name]} <= {
        "id", "client_ref", "document", "first_received_at", "updated_at", "receipt",
        "checked_in_at", "deadline", "warnings",
    }  # fmt: skip
    receipt = api.get(path_of(api, stay, "/receipt")).get_json()
    assert receipt["number"] == stay["receipt"]["number"]
    assert (count(StayVersion), count(Receipt)) == (2, 2)
    assert count(StayNameToken) % 2 == 0


def test_the_same_reference_twice_is_one_stay(api: ApiClient) -> None:
    sent = make_mapping(client_ref="A")
    body = send(api, sent, sent, sent | {"room": "9"})
    assert statuses(body) == ["created", "duplicate", "rejected"]
    assert body["results"][0]["stay"]["id"] == body["results"][1]["stay"]["id"]
    assert body["results"][2]["problem"]["stay_id"] == body["results"][0]["stay"]["id"]
    assert count(Stay) == 1


def test_a_faulty_first_does_not_take_the_reference(api: ApiClient) -> None:
    body = send(api, make_mapping(client_ref="A", sex="Q"), make_mapping(client_ref="A"))
    assert statuses(body) == ["rejected", "created"]


def test_sent_again_all_are_duplicates(api: ApiClient) -> None:
    items = [make_mapping(client_ref=f"R{n}", document_number=f"N{n}") for n in range(20)]
    first, second = send(api, *items), send(api, *items)
    assert second["counts"] == {"created": 0, "duplicate": 20, "rejected": 0}
    assert [one["stay"] for one in first["results"]] == [one["stay"] for one in second["results"]]


def test_the_later_of_two_alike_is_told_of_the_earlier(api: ApiClient) -> None:
    first, second = send(api, make_mapping(), make_mapping())["results"]
    assert first["stay"]["warnings"] == []
    [warning] = second["stay"]["warnings"]
    assert warning["code"] == "possible-duplicate"
    assert first["stay"]["id"] in warning["detail"]


def test_a_child_is_not_alone_whose_parent_comes_in_the_same_batch(api: ApiClient) -> None:
    birth = date(now().year - 9, 1, 1).isoformat()
    child = make_mapping(party_ref="P", birth_date=birth, given_names="NILS", document_number="K")
    lonely = make_mapping(birth_date=birth, given_names="LARS", document_number="L")
    parent = make_mapping(party_ref="P")
    results = send(api, child, lonely, parent)["results"]
    codes = [[w["code"] for w in one["stay"]["warnings"]] for one in results]
    assert codes == [[], ["minor-alone"], []]
    assert api.get(path_of(api, results[0]["stay"])).get_json()["warnings"] == []


def test_a_parent_in_a_batch_is_company_for_a_child_before(api: ApiClient) -> None:
    birth = date(now().year - 9, 1, 1).isoformat()
    child = report(api, party_ref="P", birth_date=birth, document_number="K")
    assert [one["code"] for one in child["warnings"]] == ["minor-alone"]
    send(api, make_mapping(party_ref="P"))
    assert api.get(path_of(api, child)).get_json()["warnings"] == []


def test_a_thousand_are_taken_and_not_one_more(api: ApiClient) -> None:
    left = (now() - timedelta(hours=1)).isoformat()
    items = [
        make_mapping(client_ref=f"R{n}", document_number=f"N{n}") | {"checked_out_at": left}
        for n in range(1000)
    ]
    body = send(api, *items)
    assert body["counts"] == {"created": 1000, "duplicate": 0, "rejected": 0}
    assert (count(Stay), count(StayVersion), count(Receipt)) == (1000, 1000, 1000)
    numbers = {one["stay"]["receipt"]["number"] for one in body["results"]}
    assert len(numbers) == 1000
    more = api.post(f"{api.lodging}/stays/batch", {"items": [{}] * 1001})
    assert pointers(assert_problem(more, 422, "invalid-input")) == {"/items": "too-many-items"}


def test_a_long_one_is_stored_in_pieces_and_answered_as_one(
    api: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apoa.stays.report, "STORED_AT_ONCE", 3)
    child = str(now().date() - timedelta(days=9 * 365))
    body = send(
        api,
        make_mapping(client_ref="0", document_number="N0", party_ref="P", birth_date=child),
        make_mapping(client_ref="1", document_number="N1"),
        make_mapping(sex="Q"),
        make_mapping(client_ref="1", document_number="N1"),
        make_mapping(client_ref="1", document_number="N1", room="9"),
        make_mapping(client_ref="5", document_number="N5", party_ref="P"),
        make_mapping(client_ref="6", document_number="N1", birth_date="1990-01-01"),
    )
    assert statuses(body) == [
        "created", "created", "rejected", "duplicate", "rejected", "created", "created",
    ]  # fmt: skip
    results = body["results"]
    assert results[3]["stay"] == results[1]["stay"]
    assert results[4]["problem"]["stay_id"] == results[1]["stay"]["id"]
    assert results[0]["stay"]["warnings"] == []
    assert api.get(path_of(api, results[0]["stay"])).get_json() == results[0]["stay"]
    assert [one["code"] for one in results[6]["stay"]["warnings"]] == ["possible-duplicate"]
    assert count(Stay) == count(StayVersion) == 4


def test_an_empty_one_does_nothing(api: ApiClient) -> None:
    assert send(api) == {
        "results": [],
        "counts": {"created": 0, "duplicate": 0, "rejected": 0},
    }


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ([], {"": "invalid"}),
        ({}, {"/items": "required"}),
        ({"items": None}, {"/items": "invalid"}),
        ({"items": {}}, {"/items": "invalid"}),
        ({"items": [], "a/b~": 1}, {"/a~1b~0": "unknown-field"}),
    ],
)
def test_another_shape_is_refused(api: ApiClient, body: Any, faults: dict[str, str]) -> None:
    response = api.post(f"{api.lodging}/stays/batch", body)
    assert pointers(assert_problem(response, 422, "invalid-input")) == faults


def test_while_the_lodging_may_not_report_only_known_ones_are_answered(
    api: ApiClient, cast: Cast
) -> None:
    known = make_mapping(client_ref="A")
    api.post(f"{api.lodging}/stays", known)
    suspend(cast.property_a)
    body = send(api, known, make_mapping())
    assert statuses(body) == ["duplicate", "rejected"]
    assert body["results"][1]["problem"]["code"] == "property-not-reporting"


def test_a_retry_with_its_key_replays_the_answer(api: ApiClient) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    sent = {"items": [make_mapping(), make_mapping(sex="Q")]}
    first = api.post(f"{api.lodging}/stays/batch", sent, headers=key)
    second = api.post(f"{api.lodging}/stays/batch", sent, headers=key)
    assert first.get_data() == second.get_data()
    assert count(Stay) == 1


def test_one_that_cannot_be_stored_does_not_hinder_the_others(
    api: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = apoa.stays.versions.insert_if_new

    def insert(table: Any, rows: list[dict[str, Any]], *others: Any, **more: Any) -> Any:
        if any(row["room"] == "poison" for row in rows):
            raise DataError("INSERT", {}, Exception("poison"))
        return plain(table, rows, *others, **more)

    monkeypatch.setattr(apoa.stays.versions, "insert_if_new", insert)
    body = send(
        api,
        make_mapping(document_number="N1"),
        make_mapping(document_number="N2", room="poison"),
        make_mapping(document_number="N3"),
    )
    assert statuses(body) == ["created", "rejected", "created"]
    problem = body["results"][1]["problem"]
    assert (problem["status"], problem["code"]) == (500, "internal-error")
    assert count(Stay) == count(StayVersion) == 2
