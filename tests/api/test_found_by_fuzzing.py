"""What generated requests once broke, each as small as it is."""

from uuid import uuid4

import pytest

from tests.api.client import ApiClient, assert_problem
from tests.factories import make_mapping


@pytest.mark.parametrize("tag", ['""', 'W/""', '"v"', "*", '"v1", "v2"'])
def test_what_was_never_a_version_is_stale(api: ApiClient, tag: str) -> None:
    stay = api.post(f"{api.lodging}/stays", make_mapping()).get_json()
    path = f"{api.lodging}/stays/{stay['id']}"
    assert_problem(api.patch(path, {"room": "9"}, headers={"If-Match": tag}), 412, "stale-version")


@pytest.mark.parametrize(("hours", "status"), [(18.0, 404), (18.5, 422), (True, 422), ("18", 422)])
def test_a_whole_number_is_what_json_schema_calls_one(
    api: ApiClient, hours: object, status: int
) -> None:
    path = f"/webhook-endpoints/{uuid4()}/rotate-secret"
    assert api.post(path, {"overlap_hours": hours}).status_code == status


@pytest.mark.parametrize("flag", ["true", 1, "yes", None])
def test_yes_and_no_are_truth_values(api: ApiClient, flag: object) -> None:
    report = make_mapping()
    report["guest"] |= {"mononym": flag}
    body = assert_problem(api.post(f"{api.lodging}/stays", report), 422, "invalid-input")
    assert [one["pointer"] for one in body["errors"]] == ["/guest/mononym"]


def test_nobody_can_be_found_by_nothing(api: ApiClient) -> None:
    items = [{"party_ref": "GROUP", "document": None, "guest": None}]
    answer = api.post(f"{api.lodging}/reconciliations", {"items": items})
    body = assert_problem(answer, 422, "invalid-input")
    assert [one["code"] for one in body["errors"]] == ["nothing-to-find-by"]


@pytest.mark.parametrize("name", ["", "secret", "what"])
def test_an_unknown_name_is_refused_also_where_it_takes_something_away(
    api: ApiClient, name: str
) -> None:
    asked = {"url": "https://pms.example.com/apoa", "events": ["stay.accepted"]}
    made = api.post("/webhook-endpoints", asked).get_json()
    answer = api.patch(f"/webhook-endpoints/{made['id']}", {name: None})
    body = assert_problem(answer, 422, "invalid-input")
    faults = [(one["pointer"], one["code"]) for one in body["errors"]]
    assert faults == [(f"/{name}", "unknown-field")]
