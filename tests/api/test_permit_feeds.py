"""POST /permits/feeds and its report: an office's own system sends permits."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from apoa.access.api_keys import make_key
from apoa.access.api_models import ApiKey, KeyMode
from apoa.access.api_scopes import OFFICE_SCOPES, SCOPES
from apoa.access.office_keys import end_office_key, make_office_key
from apoa.base.clock import now
from apoa.base.errors import InvalidInput
from apoa.properties.sandbox import ensure_sandbox
from tests.api.client import ApiClient, assert_problem
from tests.cast import EVERYWHERE, Cast, db, scope
from tests.permits.feed.rows import faults, permit, send, stored_permits

FEEDS = "/permits/feeds"


def item(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A permit as JSON; nothing in it is empty."""
    return {name: one for name, one in permit(number, **changes).items() if one is not None}


@pytest.fixture
def office_api(app: Flask, cast: Cast) -> ApiClient:
    """A caller with a key of the office of Bengkulu."""
    return _of_office(app, cast, "insarkom_bengkulu", "bengkulu")


def _of_office(app: Flask, cast: Cast, who: str, office: str) -> ApiClient:
    key = make_office_key(
        cast.act_as(who),
        office_id=cast.offices[office],
        name="Sistem kantor",
        expires_at=now() + timedelta(days=30),
    )
    return ApiClient(app, key, cast.property_a)


def test_each_permit_gets_its_verdict(office_api: ApiClient) -> None:
    items = [item(1), item(2, birth_date="1974-02-30"), "what", item(3, index_code="Z99")]
    answer = office_api.post(FEEDS, {"items": items})
    assert answer.status_code == 200
    body = answer.get_json()
    assert [one["status"] for one in body["results"]] == ["new", "refused", "refused", "new"]
    assert body["counts"] == {"new": 2, "changed": 0, "unchanged": 0, "refused": 2}
    [fault] = body["results"][1]["problem"]["errors"]
    assert (fault["pointer"], fault["code"]) == ("/birth_date", "invalid-date")
    assert body["results"][3]["warnings"][0]["code"] == "permit-index-unknown"
    assert len(stored_permits()) == 2


def test_the_same_again_is_unchanged_and_another_content_a_change(office_api: ApiClient) -> None:
    office_api.post(FEEDS, {"items": [item(1)]})
    again = office_api.post(FEEDS, {"items": [item(1), item(2)]}).get_json()
    assert [one["status"] for one in again["results"]] == ["unchanged", "new"]
    changed = office_api.post(FEEDS, {"items": [item(1, surname="LATER")]}).get_json()
    assert changed["results"] == [{"index": 0, "status": "changed", "warnings": []}]


def test_a_dry_run_stores_no_permit(office_api: ApiClient) -> None:
    body = office_api.post(FEEDS, {"items": [item(1)], "dry_run": True}).get_json()
    assert (body["dry_run"], body["counts"]["new"]) == (True, 1)
    assert stored_permits() == []


def test_older_data_is_not_taken(office_api: ApiClient) -> None:
    office_api.post(FEEDS, {"items": [item(1)], "data_as_of": "2026-05-02T00:00:00Z"})
    older = {"items": [item(1, surname="OLD")], "data_as_of": "2026-05-01T00:00:00+07:00"}
    [result] = office_api.post(FEEDS, older).get_json()["results"]
    assert result["status"] == "unchanged"
    assert result["warnings"][0]["code"] == "permit-newer-known"


def test_its_report_can_be_fetched(office_api: ApiClient) -> None:
    sent = office_api.post(FEEDS, {"items": [item(1), item(2, sex="?")]}).get_json()
    body = office_api.get(f"{FEEDS}/{sent['feed_id']}").get_json()
    assert (body["state"], body["source"], body["done"], body["total"]) == ("done", "api", 2, 2)
    assert body["counts"] == sent["counts"]
    assert [(one["row"], one["column"], one["code"]) for one in body["faults"]] == [
        (2, "sex", "not-a-choice")
    ]
    assert faults(sent["feed_id"]) == [(2, "sex", "not-a-choice")]


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "/items", "required"),
        ({"items": {}}, "/items", "invalid"),
        ({"items": [1] * 1001}, "/items", "too-many-items"),
        ({"items": [], "dry_run": "yes"}, "/dry_run", "not-a-choice"),
        ({"items": [], "data_as_of": "2026-05-01"}, "/data_as_of", "invalid-instant"),
        ({"items": [], "data_as_of": "2126-05-01T00:00:00Z"}, "/data_as_of", "feed-as-of-ahead"),
        ({"items": [], "what": 1}, "/what", "unknown-field"),
        ([], "", "invalid"),
    ],
)
def test_what_is_no_feed_is_refused(
    office_api: ApiClient, body: Any, pointer: str, code: str
) -> None:
    problem = assert_problem(office_api.post(FEEDS, body), 422, "invalid-input")
    assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [(pointer, code)]


def test_unknown_fields_and_numbers_for_texts_are_refused_by_name(office_api: ApiClient) -> None:
    items = [item(1, colour="red"), item(2) | {"number": 5}, item(3, valid_until=46352)]
    results = office_api.post(FEEDS, {"items": items}).get_json()["results"]
    found = [
        (error["pointer"], error["code"]) for one in results for error in one["problem"]["errors"]
    ]
    assert found == [
        ("/colour", "unknown-field"),
        ("/number", "not-text"),
        ("/valid_until", "not-text"),
    ]


def test_sent_again_with_its_key_it_is_answered_as_before(office_api: ApiClient) -> None:
    headers = {"Idempotency-Key": "feed-1"}
    first = office_api.post(FEEDS, {"items": [item(1)]}, headers=headers)
    second = office_api.post(FEEDS, {"items": [item(1)]}, headers=headers)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert second.get_json() == first.get_json()


def test_without_a_key(anonymous: ApiClient) -> None:
    assert_problem(anonymous.post(FEEDS, {"items": []}), 401, "credentials-missing")


def test_a_lodgings_key_may_not_and_can_never_be_made_to(api: ApiClient, cast: Cast) -> None:
    assert_problem(api.post(FEEDS, {"items": [item(1)]}), 403, "insufficient-scope")
    for mode in KeyMode:
        with pytest.raises(InvalidInput) as refused:
            make_key(
                cast.act_as("manager_ab"),
                name="PMS 2",
                mode=mode,
                scopes=[*SCOPES, *OFFICE_SCOPES],
                property_ids=[cast.property_a],
                expires_at=now() + timedelta(days=30),
                make_sandbox=ensure_sandbox,
            )
        assert [one.code for one in refused.value.problems] == ["unknown-scope"]


def test_an_offices_key_can_do_nothing_else(office_api: ApiClient) -> None:
    assert office_api.get("/me").get_json()["scopes"] == ["permits:write"]
    for path in (f"{office_api.lodging}/stays", "/webhook-endpoints"):
        assert_problem(office_api.get(path), 403, "insufficient-scope")


def test_another_offices_feed_is_not_found(app: Flask, cast: Cast, office_api: ApiClient) -> None:
    other = _of_office(app, cast, "insarkom_blitar", "blitar")
    sent = office_api.post(FEEDS, {"items": [item(1)]}).get_json()
    assert_problem(other.get(f"{FEEDS}/{sent['feed_id']}"), 404, "not-found")
    operators = send(b"number\n1\n")
    assert_problem(office_api.get(f"{FEEDS}/{operators}"), 404, "not-found")


def test_an_ended_key_is_refused(cast: Cast, office_api: ApiClient) -> None:
    assert office_api.key is not None
    end_office_key(cast.act_as("head_bengkulu"), office_api.key.key_id)
    assert_problem(office_api.post(FEEDS, {"items": []}), 401, "key-ended")


def test_wrong_method(office_api: ApiClient) -> None:
    assert_problem(office_api.get(FEEDS), 405, "method-not-allowed")


@pytest.mark.parametrize("scopes", [["permits:write"], ["stays:read"]])
def test_the_database_too_keeps_the_kinds_of_keys_apart(
    cast: Cast, office_api: ApiClient, scopes: list[str]
) -> None:
    from sqlalchemy.exc import IntegrityError

    with scope(EVERYWHERE):
        key = db.session.get_one(ApiKey, office_api.key.key_id)  # type: ignore[union-attr]
        key.scopes = scopes
        if scopes == ["permits:write"]:
            key.office_id, key.property_ids = None, [cast.property_a]
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_members_may_be_named_like_anything(office_api: ApiClient) -> None:
    odd = {"code": 1, "params": 2, "_schema": 3}
    wanted = {(f"/{name}", "unknown-field") for name in odd}
    answer = office_api.post(FEEDS, {"items": [item(1), item(2) | odd]}).get_json()
    assert [one["status"] for one in answer["results"]] == ["new", "refused"]
    told = answer["results"][1]["problem"]["errors"]
    assert {(one["pointer"], one["code"]) for one in told} == wanted
    body = assert_problem(office_api.post(FEEDS, {"items": []} | odd), 422, "invalid-input")
    assert {(one["pointer"], one["code"]) for one in body["errors"]} == wanted
