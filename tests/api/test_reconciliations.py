"""POST /reconciliations: what only they have, what only we have, and what differs."""

from datetime import timedelta
from typing import Any

import pytest

from apoa.base.clock import now
from apoa.stays.content import PermitClaim
from apoa.stays.models import Stay, StayVersion
from tests.api.client import ApiClient, assert_problem
from tests.api.reporting import count, path_of, pointers, report
from tests.factories import make_mapping


def compare(api: ApiClient, *items: Any) -> dict[str, Any]:
    response = api.post(f"{api.lodging}/reconciliations", {"items": list(items)})
    assert response.status_code == 200, response.get_data(as_text=True)
    body: dict[str, Any] = response.get_json()
    assert body["counts"]["only_yours"] == len(body["only_yours"])
    assert body["counts"]["only_ours"] == len(body["only_ours"])
    assert body["counts"]["differing"] == len(body["differing"])
    return body


def by_document(number: str) -> dict[str, Any]:
    return {"document": {"number": number}}


def by_name(surname: str, given_names: str, birth_date: str = "1974-08-12") -> dict[str, Any]:
    guest = {"surname": surname, "given_names": given_names, "birth_date": birth_date}
    return {"guest": guest}


def test_alike_lists_have_nothing_to_tell(api: ApiClient) -> None:
    sent = make_mapping(client_ref="A")
    api.post(f"{api.lodging}/stays", sent)
    del sent["checked_out_at"]
    body = compare(api, sent)
    assert body["counts"] == {"matching": 1, "only_yours": 0, "only_ours": 0, "differing": 0}


def test_each_side_is_told_what_it_lacks(api: ApiClient) -> None:
    ours = report(api, client_ref="A")
    body = compare(api, {"client_ref": "B"}, by_document("ZZ99"))
    assert body["only_yours"] == [
        {"index": 0, "client_ref": "B"},
        {"index": 1, "client_ref": None},
    ]
    assert body["only_ours"] == [ours]


def test_what_differs_is_named_field_by_field(api: ApiClient) -> None:
    stay = report(api, client_ref="A")
    body = compare(
        api,
        {
            "client_ref": "A",
            "room": "9",
            "guest": {"surname": "eriksson", "nationality": "NOR"},
            "document": {"number": "L8989-02C3"},
            "checked_in_at": (now() - timedelta(hours=5)).isoformat(),
        },
    )
    [found] = body["differing"]
    assert (found["index"], found["stay_id"], found["client_ref"]) == (0, stay["id"], "A")
    fields = {one["pointer"]: (one["yours"], one["ours"]) for one in found["fields"]}
    assert set(fields) == {"/room", "/guest/nationality", "/checked_in_at"}
    assert fields["/room"] == ("9", "204")
    assert fields["/guest/nationality"] == ("NOR", "SWE")
    assert fields["/checked_in_at"][1] == stay["checked_in_at"]
    assert fields["/checked_in_at"][0].endswith("+07:00")


def test_names_and_numbers_without_latin_letters_are_compared_as_written(api: ApiClient) -> None:
    report(api, client_ref="A", native_name="王伟", permit=PermitClaim("voa", "居留证"))
    same = {"guest": {"native_name": "王伟"}, "permit": {"number": "居留证"}}
    assert compare(api, {"client_ref": "A"} | same)["counts"]["matching"] == 1
    other = {"guest": {"native_name": "李娜"}, "permit": {"number": "签证"}}
    [found] = compare(api, {"client_ref": "A"} | other)["differing"]
    assert [one["pointer"] for one in found["fields"]] == ["/guest/native_name", "/permit/number"]


def test_guests_whose_names_differ_in_their_own_letters_alone_are_two(api: ApiClient) -> None:
    report(api, document_number="N1", surname="WANG", given_names="伟")
    assert compare(api, by_name("Wang", "磊"))["counts"]["only_yours"] == 1
    assert compare(api, by_name("Wang", "伟"))["counts"]["matching"] == 1


def test_found_by_reference_else_document_else_name(api: ApiClient) -> None:
    report(api, client_ref="A", document_number="N1")
    report(api, client_ref="B", document_number="N2", given_names="NILS")
    report(api, document_number="N3", given_names="LARS")
    body = compare(
        api,
        {"client_ref": "A"} | by_document("N1"),
        by_document("n-2"),
        by_name("lars", "Eriksson"),
    )
    assert body["counts"]["matching"] + body["counts"]["differing"] == 3
    assert (body["only_yours"], body["only_ours"]) == ([], [])


def test_the_reference_goes_before_the_document(api: ApiClient) -> None:
    first = report(api, client_ref="A", document_number="N1")
    second = report(api, client_ref="B", document_number="N2", given_names="NILS")
    body = compare(api, by_document("N1"), {"client_ref": "A", **by_document("N2")})
    assert {one["stay_id"] for one in body["differing"]} == {first["id"]}
    assert body["only_yours"] == [{"index": 0, "client_ref": None}]
    assert [one["id"] for one in body["only_ours"]] == [second["id"]]


def test_a_guest_who_has_left_here_differs(api: ApiClient) -> None:
    stay = report(api, client_ref="A")
    left = {"checked_out_at": now().isoformat()}
    api.post(path_of(api, stay, "/check-out"), left)
    [found] = compare(api, {"client_ref": "A"})["differing"]
    assert found["fields"] == [{"pointer": "/state", "yours": "in_house", "ours": "departed"}]
    body = compare(api, by_document("L898902C3"))
    assert (len(body["only_yours"]), body["only_ours"]) == (1, [])


def test_each_of_ours_is_matched_once(api: ApiClient) -> None:
    report(api)
    body = compare(api, by_document("L898902C3"), by_document("L898902C3"))
    assert body["counts"] == {"matching": 1, "only_yours": 1, "only_ours": 0, "differing": 0}


def test_an_empty_list_shows_everybody_in_house(api: ApiClient) -> None:
    report(api)
    assert compare(api)["counts"]["only_ours"] == 1


def test_nothing_is_stored(api: ApiClient) -> None:
    report(api)
    compare(api, {"client_ref": "B"}, by_name("A", "B"))
    assert (count(Stay), count(StayVersion)) == (1, 1)


@pytest.mark.parametrize(
    ("item", "faults"),
    [
        ({}, {"/items/1": "nothing-to-find-by"}),
        ({"guest": {"surname": "A"}}, {"/items/1": "nothing-to-find-by"}),
        ({"client_ref": ""}, {"/items/1": "nothing-to-find-by"}),
        ("x", {"/items/1": "invalid"}),
        ({"client_ref": 3}, {"/items/1/client_ref": "not-text"}),
        ({"client_ref": "A", "guest": {"sex": "Q"}}, {"/items/1/guest/sex": "not-a-choice"}),
        (by_name("A", "B", "2026-02-30"), {"/items/1/guest/birth_date": "invalid-date"}),
        (
            {"client_ref": "A", "checked_in_at": "9999-12-31T23:59:59Z"},
            {"/items/1/checked_in_at": "check-in-in-future"},
        ),
        (
            {"client_ref": "A", "checked_in_at": "0001-01-01T00:00:00Z"},
            {"/items/1/checked_in_at": "check-in-implausible"},
        ),
        ({"client_ref": "A", "state": "x"}, {"/items/1/state": "unknown-field"}),
    ],
)
def test_a_faulty_list_is_refused(api: ApiClient, item: Any, faults: dict[str, str]) -> None:
    sent = {"items": [{"client_ref": "B"}, item]}
    answer = api.post(f"{api.lodging}/reconciliations", sent)
    assert pointers(assert_problem(answer, 422, "invalid-input")) == faults
