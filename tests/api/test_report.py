"""POST /stays: stored exactly once, as sent, with a receipt; the same again is the same stay."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from apoa.base.clock import now, pretend
from apoa.stays.models import Receipt, Stay, StayVersion
from tests.api.client import ApiClient, assert_problem
from tests.api.reporting import audit_row_of, count, path_of, pointers, report, suspend
from tests.cast import Cast
from tests.factories import make_mapping

ZONE = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)


def post(api: ApiClient, **changes: Any) -> Any:
    return api.post(f"{api.lodging}/stays", make_mapping(**changes))


def test_it_is_answered_with_all_that_is_stored(api: ApiClient, cast: Cast) -> None:
    sent = make_mapping(client_ref="RES-88121-1", party_ref="RES-88121")
    response = api.post(f"{api.lodging}/stays", sent)
    body = response.get_json()
    assert response.status_code == 201
    assert response.headers["Location"] == f"/api/v1{path_of(api, body)}"
    assert response.headers["ETag"].startswith('"v1')
    same = {name: body[name] for name in sent if name != "checked_in_at"}
    assert same == {name: sent[name] for name in same}
    assert datetime.fromisoformat(body["checked_in_at"]) == datetime.fromisoformat(
        sent["checked_in_at"]
    )
    assert body["checked_in_at"].endswith("+07:00")
    assert body["first_received_at"].endswith("+07:00")
    assert (body["version"], body["state"], body["source"]) == (1, "in_house", "api")
    assert body["property_id"] == str(cast.property_a)
    assert body["deadline"]["state"] == "on_time"
    assert body["warnings"] == []
    number = body["receipt"]["number"]
    assert body["receipt"]["verification_url"].endswith(f"/receipts/{number}")
    assert body["receipt"]["url"].endswith(f"/api/v1{path_of(api, body)}/receipt")
    assert (count(Stay), count(StayVersion), count(Receipt)) == (1, 1, 1)
    assert api.get(path_of(api, body)).get_json() == body


def test_it_is_audited_as_the_key(api: ApiClient) -> None:
    body = report(api)
    assert api.key is not None
    row = audit_row_of(body["id"])
    assert (row.action, row.actor_kind, row.actor_id) == (
        "report_stay",
        "api_key",
        api.key.key_id,
    )
    assert row.detail["source"] == "api"


def test_the_same_reference_and_content_is_the_first_stay(api: ApiClient) -> None:
    sent = make_mapping(client_ref="RES-1")
    first = api.post(f"{api.lodging}/stays", sent)
    second = api.post(f"{api.lodging}/stays", sent)
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.get_json() == first.get_json()
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Location"] == first.headers["Location"]
    assert (count(Stay), count(Receipt)) == (1, 1)


def test_another_writing_of_the_same_instant_is_the_same(api: ApiClient) -> None:
    sent = make_mapping(client_ref="RES-1")
    local = datetime.fromisoformat(sent["checked_in_at"]).astimezone().isoformat()
    api.post(f"{api.lodging}/stays", sent)
    again = api.post(f"{api.lodging}/stays", sent | {"checked_in_at": local})
    assert again.status_code == 200


def test_what_was_amended_since_is_still_the_first_report(api: ApiClient) -> None:
    sent = make_mapping(client_ref="RES-1")
    first = api.post(f"{api.lodging}/stays", sent)
    match = {"If-Match": first.headers["ETag"]}
    api.patch(path_of(api, first.get_json()), {"room": "9"}, headers=match)
    again = api.post(f"{api.lodging}/stays", sent)
    assert (again.status_code, again.get_json()["version"]) == (200, 2)
    assert api.post(f"{api.lodging}/stays", sent | {"room": "9"}).status_code == 200


def test_another_content_names_the_stay_to_amend(api: ApiClient) -> None:
    stay = report(api, client_ref="RES-1")
    body = assert_problem(post(api, client_ref="RES-1", room="9"), 409, "client-ref-in-use")
    assert body["stay_id"] == stay["id"]
    assert pointers(body) == {"/client_ref": "client-ref-in-use"}
    assert count(Stay) == 1


def test_a_reference_is_of_its_lodging(api: ApiClient, cast: Cast, new_key: Any) -> None:
    report(api, client_ref="RES-1")
    other = ApiClient(api.app, new_key(property_ids=[cast.property_b]), cast.property_b)
    assert report(other, client_ref="RES-1")["property_id"] == str(cast.property_b)


def test_the_zone_stands_for_guest_and_document(api: ApiClient) -> None:
    sent = make_mapping(mrz=ZONE)
    del sent["guest"], sent["document"]
    body = api.post(f"{api.lodging}/stays", sent).get_json()
    assert body["guest"]["surname"] == "ERIKSSON"
    assert body["guest"]["birth_date"] == "1974-08-12"
    assert body["document"]["number"] == "L898902C3"
    assert body["mrz"] == list(ZONE)
    assert {one["code"] for one in body["warnings"]} == {"document-expired", "specimen-document"}


def test_what_the_zone_contradicts_is_a_warning_that_shows_both(api: ApiClient) -> None:
    body = report(api, mrz=ZONE, nationality="NOR")
    found = [one for one in body["warnings"] if one["pointer"] == "/guest/nationality"]
    assert [one["code"] for one in found] == ["mrz-disagrees"]
    assert "NOR" in found[0]["detail"]
    assert "UTO" in found[0]["detail"]
    assert body["guest"]["nationality"] == "NOR"


def test_warnings_never_block(api: ApiClient) -> None:
    first = report(api)
    body = report(
        api,
        expires_on=now().date() - timedelta(days=400),
        checked_in_at=now() - timedelta(days=4),
        expected_departure_on=now().date() + timedelta(days=3),
    )
    codes = {one["code"] for one in body["warnings"]}
    assert {"possible-duplicate", "document-expired", "late", "late-without-reason"} <= codes
    duplicate = next(one for one in body["warnings"] if one["code"] == "possible-duplicate")
    assert first["id"] in duplicate["detail"]
    assert body["deadline"]["state"] == "late"


@pytest.mark.parametrize("birth_date", ["1974-08-00", "1974-00-00"])
def test_a_partial_birth_date_and_a_single_name_are_kept(api: ApiClient, birth_date: str) -> None:
    body = report(api, birth_date=birth_date, mononym=True, surname="SUHARTI", given_names=None)
    assert body["guest"]["birth_date"] == birth_date
    assert (body["guest"]["surname"], body["guest"]["given_names"]) == ("SUHARTI", None)


def test_a_guest_without_a_document_is_taken_with_the_reason(api: ApiClient) -> None:
    sent = make_mapping() | {"document": {"unavailable_reason": "Stolen, reported to the police"}}
    body = api.post(f"{api.lodging}/stays", sent).get_json()
    assert body["document"]["unavailable_reason"] == "Stolen, reported to the police"
    assert body["document"]["number"] is None


def test_a_guest_who_has_left_already_departed(api: ApiClient) -> None:
    body = report(api, checked_out_at=now() - timedelta(minutes=5))
    assert body["state"] == "departed"
    assert body["checked_out_at"].endswith("+07:00")


def test_faults_come_all_at_once_in_the_language_asked_for(api: ApiClient) -> None:
    sent = make_mapping(sex="Q", nationality="XYZ") | {"checked_in_at": "yesterday", "hotel": 1}
    body = assert_problem(api.post(f"{api.lodging}/stays", sent), 422, "invalid-input")
    assert pointers(body) == {
        "/guest/sex": "not-a-choice",
        "/guest/nationality": "unknown-country",
        "/checked_in_at": "invalid-instant",
        "/hotel": "unknown-field",
    }
    indonesian = api.post(f"{api.lodging}/stays", sent, headers={"Accept-Language": "id"})
    details = {one["code"]: one["detail"] for one in indonesian.get_json()["errors"]}
    assert details["unknown-country"] == "Bukan kode negara yang dikenal."
    assert count(Stay) == 0


def test_the_departure_is_held_against_the_lodgings_own_day(api: ApiClient) -> None:
    sent = make_mapping() | {"checked_in_at": "2026-01-01T20:00:00Z", "sex": "?"}
    # It is the second of January in the lodging already.
    sent["expected_departure_on"] = "2026-01-01"
    body = assert_problem(api.post(f"{api.lodging}/stays", sent), 422, "invalid-input")
    assert pointers(body)["/expected_departure_on"] == "departure-before-check-in"


def test_a_lodging_that_may_not_report_is_told_so(api: ApiClient, cast: Cast) -> None:
    sent = make_mapping(client_ref="RES-1")
    before = api.post(f"{api.lodging}/stays", sent).get_json()
    suspend(cast.property_a)
    assert_problem(post(api), 409, "property-not-reporting")
    again = api.post(f"{api.lodging}/stays", sent)
    assert (again.status_code, again.get_json()["id"]) == (200, before["id"])


def test_a_retry_with_its_key_replays_the_answer(api: ApiClient) -> None:
    key, sent = {"Idempotency-Key": str(uuid4())}, make_mapping()
    first = api.post(f"{api.lodging}/stays", sent, headers=key)
    second = api.post(f"{api.lodging}/stays", sent, headers=key)
    assert first.get_data() == second.get_data()
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Idempotency-Replayed"] == "true"
    assert count(Stay) == 1


def test_the_deadline_is_24_hours_after_the_check_in(api: ApiClient) -> None:
    at = now().replace(microsecond=0) - timedelta(hours=30)
    with pretend(at + timedelta(hours=24)):
        body = report(api, checked_in_at=at)
    due = datetime.fromisoformat(body["deadline"]["due_at"])
    assert (due - at, body["deadline"]["state"]) == (timedelta(hours=24), "on_time")


def test_words_of_warnings_depend_on_the_language(api: ApiClient) -> None:
    plain = api.post(f"{api.lodging}/stays", make_mapping())
    assert "Vary" not in plain.headers
    expired = make_mapping(client_ref="EXP", expires_on="2020-01-01")
    warned = api.post(f"{api.lodging}/stays", expired)
    assert warned.get_json()["warnings"]
    assert warned.headers["Vary"] == "Accept-Language"
    for answer in (
        api.get(f"{api.lodging}/stays"),
        api.post(f"{api.lodging}/stays/batch", {"items": [expired]}),
        api.post(f"{api.lodging}/stays/validate", expired),
    ):
        assert answer.headers["Vary"] == "Accept-Language"
