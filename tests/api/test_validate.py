"""POST /stays/validate: the verdict that reporting would give, and nothing is stored."""

from typing import Any

from apoa.stays.models import Stay, StayVersion
from tests.api.client import ApiClient
from tests.api.reporting import count, pointers, report, suspend
from tests.cast import Cast
from tests.factories import make_mapping


def validate(api: ApiClient, sent: Any) -> dict[str, Any]:
    response = api.post(f"{api.lodging}/stays/validate", sent)
    assert response.status_code == 200
    body: dict[str, Any] = response.get_json()
    assert set(body) == {"valid", "errors", "warnings", "normalized"}
    return body


def test_a_sound_report_is_shown_as_it_would_be_stored(api: ApiClient) -> None:
    sent = make_mapping(client_ref="RES-1", surname="  Eriksson ") | {"contact": {"email": ""}}
    body = validate(api, sent)
    assert (body["valid"], body["errors"], body["warnings"]) == (True, [], [])
    assert body["normalized"]["guest"]["surname"] == "Eriksson"
    assert body["normalized"]["contact"] is None
    assert body["normalized"]["checked_in_at"].endswith("+07:00")
    assert (count(Stay), count(StayVersion)) == (0, 0)


def test_all_faults_are_told_as_a_report_would_tell_them(api: ApiClient) -> None:
    sent = make_mapping(sex="Q", birth_date="2026-02-30") | {"hotel": True}
    body = validate(api, sent)
    refused = api.post(f"{api.lodging}/stays", sent).get_json()
    assert body["errors"] == refused["errors"]
    assert (body["valid"], body["normalized"]) == (False, None)


def test_warnings_are_those_of_a_report(api: ApiClient) -> None:
    stay = report(api)
    body = validate(api, make_mapping())
    assert body["valid"]
    assert [one["code"] for one in body["warnings"]] == ["possible-duplicate"]
    assert stay["id"] in body["warnings"][0]["detail"]


def test_a_reference_in_use_would_be_refused(api: ApiClient) -> None:
    report(api, client_ref="RES-1")
    body = validate(api, make_mapping(client_ref="RES-1", room="9"))
    assert (body["valid"], pointers(body)) == (False, {"/client_ref": "client-ref-in-use"})
    assert body["normalized"]["room"] == "9"


def test_sent_again_it_would_be_the_first_stay(api: ApiClient) -> None:
    sent = make_mapping(client_ref="RES-1")
    api.post(f"{api.lodging}/stays", sent)
    body = validate(api, sent)
    assert (body["valid"], body["warnings"]) == (True, [])


def test_a_lodging_that_may_not_report_is_told_so(api: ApiClient, cast: Cast) -> None:
    suspend(cast.property_a)
    body = validate(api, make_mapping())
    assert (body["valid"], pointers(body)) == (False, {"": "property-not-reporting"})


def test_anything_that_is_no_object_is_not_valid(api: ApiClient) -> None:
    for sent in ([], "x", 7, True):
        assert pointers(validate(api, sent)) == {"": "invalid"}
