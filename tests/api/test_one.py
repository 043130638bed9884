"""GET and PATCH of one stay: conditional, by merge patch, each time a new version."""

import json
from datetime import timedelta
from typing import Any

import pytest

from apoa.access.actors import Actor
from apoa.base.clock import now
from apoa.stays.models import Stay, StayVersion
from apoa.stays.outages import declare_outage
from tests.api.client import ApiClient, assert_problem
from tests.api.reporting import audit_row_of, count, path_of, pointers, report
from tests.cast import Cast

MERGE = {"Content-Type": "application/merge-patch+json"}


def amend(api: ApiClient, stay: dict[str, Any], patch: Any, match: str | None = '"v1"') -> Any:
    return api.patch(path_of(api, stay), patch, headers={"If-Match": match})


def test_the_look_is_audited(api: ApiClient) -> None:
    stay = report(api)
    assert api.get(path_of(api, stay)).get_json() == stay
    assert audit_row_of(stay["id"]).action == "report_stay"


def test_who_has_it_is_told_so_until_something_moves(api: ApiClient, cast: Cast) -> None:
    stay = report(api)
    path = path_of(api, stay)
    etag = api.get(path).headers["ETag"]
    known = {"If-None-Match": etag}
    unchanged = api.get(path, headers=known)
    assert (unchanged.status_code, unchanged.get_data()) == (304, b"")
    assert unchanged.headers["ETag"] == etag
    assert api.get(path, headers={"If-None-Match": f'"x", W/{etag}'}).status_code == 304
    assert api.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    directorate: Actor = cast.act_as("directorate")
    begin = now() - timedelta(minutes=30)
    declare_outage(directorate, starts_at=begin, ends_at=now(), reason="Listrik padam")
    moved = api.get(path, headers=known)
    assert moved.status_code == 200
    assert moved.get_json()["deadline"]["due_at"] != stay["deadline"]["due_at"]
    assert moved.get_json()["version"] == 1
    assert amend(api, stay, {"room": "9"}, etag).status_code == 200


def test_a_patch_changes_what_it_names_and_nothing_else(api: ApiClient) -> None:
    stay = report(api, client_ref="RES-1")
    etag = api.get(path_of(api, stay)).headers["ETag"]
    response = amend(api, stay, {"room": "9", "guest": {"birth_place": None}}, etag)
    body = response.get_json()
    assert (response.status_code, body["version"]) == (200, 2)
    assert (body["room"], body["guest"]["birth_place"]) == ("9", None)
    assert body["first_received_at"] == stay["first_received_at"]
    assert body["receipt"]["number"] != stay["receipt"]["number"]
    changed = {name for name in body if body[name] != stay[name]}
    assert changed == {"room", "guest", "version", "updated_at", "receipt"}
    assert response.headers["ETag"] == api.get(path_of(api, stay)).headers["ETag"]
    assert count(StayVersion) == 2


@pytest.mark.parametrize("headers", [MERGE, {"Content-Type": "application/json"}])
def test_both_content_types_are_taken(api: ApiClient, headers: dict[str, str]) -> None:
    stay = report(api)
    sent = headers | {"If-Match": '"v1"'}
    answer = api.send("PATCH", path_of(api, stay), data=b'{"room":"9"}', headers=sent)
    assert answer.status_code == 200


@pytest.mark.parametrize("match", ['W/"v1"', '"v1"', '"v1-00000000"'])
def test_the_version_is_what_counts(api: ApiClient, match: str) -> None:
    assert amend(api, report(api), {"room": "9"}, match).status_code == 200


def test_without_a_version_nothing_is_changed(api: ApiClient) -> None:
    stay = report(api)
    assert_problem(amend(api, stay, {"room": "9"}, None), 428, "if-match-required")
    assert_problem(amend(api, stay, {"room": "9"}, " "), 428, "if-match-required")
    assert api.get(path_of(api, stay)).get_json() == stay


@pytest.mark.parametrize("match", ['"v2"', '"v0"', "*", '"x"', '"v1", "v2"', '"v١"'])
def test_a_stale_or_foreign_version_is_refused(api: ApiClient, match: str) -> None:
    stay = report(api)
    assert_problem(amend(api, stay, {"room": "9"}, match), 412, "stale-version")
    assert count(StayVersion) == 1


def test_who_comes_second_is_told_the_version(api: ApiClient) -> None:
    stay = report(api)
    assert amend(api, stay, {"room": "8"}).status_code == 200
    body = assert_problem(amend(api, stay, {"room": "9"}), 412, "stale-version")
    assert body["version"] == "2"
    # Nor are faults told of a change to what the sender has not seen.
    assert_problem(amend(api, stay, {"guest": {"sex": "Q"}}), 412, "stale-version")


def test_an_amendment_whose_answer_was_lost_is_not_made_again(api: ApiClient) -> None:
    stay = report(api)
    first = amend(api, stay, {"room": "9"})
    again = amend(api, stay, {"room": "9"})
    assert (again.status_code, again.get_json()) == (200, first.get_json())
    assert amend(api, stay, {}, '"v2"').get_json()["version"] == 2
    assert count(StayVersion) == 2


@pytest.mark.parametrize(
    ("patch", "faults"),
    [
        ([], {"": "invalid"}),
        (None, {"": "invalid"}),
        ("x", {"": "invalid"}),
        ({"state": "departed"}, {"/state": "unknown-field"}),
        ({"id": None}, {"/id": "unknown-field"}),
        ({"guest": {"shoe": 43}}, {"/guest/shoe": "unknown-field"}),
        ({"guest": {"sex": None}}, {"/guest/sex": "required"}),
        ({"guest": None}, {"/guest": "required"}),
        ({"guest": "x"}, {"/guest": "invalid"}),
        ({"guest": {"surname": None}}, {"/guest/surname": "name-or-mononym"}),
        (
            {"document": {"unavailable_reason": "Lost"}},
            {"/document/unavailable_reason": "document-number-and-reason"},
        ),
        (
            {"expected_departure_on": "2001-01-01"},
            {"/expected_departure_on": "departure-before-check-in"},
        ),
        ({"checked_in_at": None}, {"/checked_in_at": "required"}),
        ({"room": ["9"], "purpose": "rest"}, {"/room": "not-text", "/purpose": "not-a-choice"}),
    ],
)  # fmt: skip
def test_a_faulty_patch_is_refused(api: ApiClient, patch: Any, faults: dict[str, str]) -> None:
    stay = report(api)
    headers = {"If-Match": '"v1"'}
    answer = api.send("PATCH", path_of(api, stay), data=json.dumps(patch), headers=headers | MERGE)
    assert pointers(assert_problem(answer, 422, "invalid-input")) == faults
    assert api.get(path_of(api, stay)).get_json() == stay


def test_what_is_cleared_does_not_come_back_from_the_zone(api: ApiClient) -> None:
    zone = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"]
    zone.append("L898902C36UTO7408122F1204159ZE184226B<<<<<10")
    stay = report(api, mrz=tuple(zone))
    body = amend(api, stay, {"document": {"expires_on": None}}).get_json()
    assert body["document"]["expires_on"] is None
    again = amend(api, stay, {"guest": None, "document": None}, '"v2"').get_json()
    assert again["guest"]["nationality"] == "UTO"
    assert again["document"]["expires_on"] == "2012-04-15"


def test_a_cancelled_stay_is_not_amended(api: ApiClient) -> None:
    stay = report(api)
    api.post(path_of(api, stay, "/cancel"), {"reason": "Reported twice"})
    assert_problem(amend(api, stay, {"room": "9"}, '"v2"'), 409, "stay-cancelled")


def test_only_reopening_takes_a_check_out_away(api: ApiClient) -> None:
    stay = report(api)
    api.post(path_of(api, stay, "/check-out"), {"checked_out_at": now().isoformat()})
    answer = amend(api, stay, {"checked_out_at": None}, '"v2"')
    assert_problem(answer, 409, "check-out-needs-reopen")


def test_a_reference_of_another_stay_is_not_taken(api: ApiClient) -> None:
    other = report(api, client_ref="RES-1")
    stay = report(api, client_ref="RES-2", document_number="N2")
    body = assert_problem(amend(api, stay, {"client_ref": "RES-1"}), 409, "client-ref-in-use")
    assert body["stay_id"] == other["id"]
    assert count(Stay) == 2


def test_a_stay_that_is_not_there_is_not_found(api: ApiClient, cast: Cast, new_key: Any) -> None:
    other = ApiClient(api.app, new_key(property_ids=[cast.property_b]), cast.property_b)
    foreign = report(other)
    assert_problem(api.get(path_of(api, foreign)), 404, "not-found")
    assert_problem(amend(api, foreign, {"room": "9"}), 404, "not-found")
    assert_problem(api.get(f"{api.lodging}/stays/1"), 404, "not-found")
