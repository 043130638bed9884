"""Nobody comes in without a key, none comes further than its lodgings and scopes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from apoa.access.api_keys import end_key
from apoa.access.api_models import KeyMode
from apoa.api.blueprint import NEEDS, OPEN, PREFIX
from apoa.audit.models import AuditRow
from apoa.base.clock import now, pretend
from apoa.base.ids import SANDBOX_OFFICE_ID, sandbox_twin
from apoa.db.base import db
from apoa.db.scope import scope
from apoa.stays.models import Stay
from tests.api.client import ApiClient, assert_problem
from tests.api.conftest import MakeKey
from tests.cast import EVERYWHERE, Cast
from tests.factories import make_mapping

OPEN_ENDPOINTS = {
    "api.health",
    "api.status",
    "api.code_lists",
    "api.code_list",
    "api.token",
    "api.openapi_document",
    "api.receipt_verdict",
}


def test_every_endpoint_says_what_it_needs(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(PREFIX)]
    assert len(rules) >= 6
    assert {rule.endpoint for rule in rules} <= set(NEEDS)
    assert {name for name, needed in NEEDS.items() if needed == OPEN} <= OPEN_ENDPOINTS


def test_without_a_key_the_answer_tells_how_to_come_in(anonymous: ApiClient) -> None:
    response = anonymous.get("/me")
    assert_problem(response, 401, "credentials-missing")
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="apoa"'


def test_an_address_with_two_slashes_is_none(api: ApiClient) -> None:
    for path in ("//me", f"/{api.lodging}/stays", f"{api.lodging}//stays"):
        assert_problem(api.get(path), 404, "not-found")
    assert_problem(api.post(f"{api.lodging}//stays", make_mapping()), 404, "not-found")


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer ", "Bearer x", "bearer apoa_live_x_y", "Basic YTpi", "Bearer ÿ", "x" * 5000],
)
def test_a_bad_key_is_refused(anonymous: ApiClient, header: str) -> None:
    response = anonymous.get("/me", headers={"Authorization": header})
    assert response.status_code == 401
    assert "WWW-Authenticate" in response.headers


def test_an_expired_and_an_ended_key_are_refused_by_name(api: ApiClient, cast: Cast) -> None:
    assert api.get("/me").status_code == 200
    with pretend(now() + timedelta(days=31)):
        assert_problem(api.get("/me"), 401, "key-expired")
    assert api.key is not None
    end_key(cast.act_as("manager_ab"), api.key.key_id)
    response = api.get("/me")
    assert_problem(response, 401, "key-ended")
    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]


@pytest.mark.parametrize("mode", KeyMode)
def test_a_key_with_the_other_mode_on_it_is_unknown(
    app: Flask, cast: Cast, new_key: MakeKey, mode: KeyMode
) -> None:
    key = new_key(mode=mode)
    [other] = set(KeyMode) - {mode}
    api = ApiClient(app, replace(key, mode=other), cast.property_a)
    assert_problem(api.get("/me"), 401, "credentials-invalid")
    assert_problem(api.post(f"{api.lodging}/stays", make_mapping()), 401, "credentials-invalid")
    api = ApiClient(app, key, cast.property_a)
    assert api.get("/me").get_json()["mode"] == mode


def test_the_session_of_a_browser_opens_nothing(app: Flask, cast: Cast, client: object) -> None:
    client.sign_in_as(cast.manager_ab)  # type: ignore[attr-defined]
    assert client.get("/api/v1/me").status_code == 401  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["property_b", "property_c"])
def test_a_lodging_of_others_is_404(probe: ApiClient, cast: Cast, name: str) -> None:
    path = f"/properties/{cast.properties[name]}/probe"
    assert_problem(probe.post(path, make_mapping()), 404, "not-found")


def test_a_made_up_lodging_is_404(probe: ApiClient, cast: Cast) -> None:
    for made_up in (sandbox_twin(cast.property_a), "1", "../x"):
        assert probe.post(f"/properties/{made_up}/probe", make_mapping()).status_code == 404


def test_a_key_without_the_scope_is_403(probe: ApiClient, new_key: MakeKey) -> None:
    key = new_key(scopes=["stays:read"])
    response = probe.post(
        f"{probe.lodging}/probe", {}, headers={"Authorization": f"Bearer {key.text}"}
    )
    body = assert_problem(response, 403, "insufficient-scope")
    assert "stays:write" in body["detail"]
    assert 'scope="stays:write"' in response.headers["WWW-Authenticate"]


def test_what_a_key_does_is_audited_as_the_keys(probe: ApiClient) -> None:
    response = probe.post(
        f"{probe.lodging}/probe", make_mapping(), headers={"X-Request-Id": "req-123"}
    )
    assert response.status_code == 201
    assert probe.key is not None
    with scope(EVERYWHERE):
        row = db.session.scalars(select(AuditRow).where(AuditRow.action == "report_stay")).one()
        assert (row.actor_kind, row.actor_id) == ("api_key", probe.key.key_id)
        assert (row.actor_role, row.request_id) == ("api_client", "req-123")


def test_a_test_key_reports_into_the_sandbox_alone(
    probe_app: Flask, cast: Cast, new_key: MakeKey
) -> None:
    probe = ApiClient(probe_app, new_key(mode=KeyMode.TEST), cast.property_a)
    response = probe.post(f"{probe.lodging}/probe", make_mapping(surname="SANDBOX"))
    assert response.status_code == 201
    assert response.get_json()["property_id"] == str(cast.property_a)
    with scope(EVERYWHERE):
        stay = db.session.scalars(select(Stay)).one()
        assert (stay.property_id, stay.office_id) == (
            sandbox_twin(cast.property_a),
            SANDBOX_OFFICE_ID,
        )
        rows = db.session.scalars(select(AuditRow).where(AuditRow.actor_kind == "api_key")).all()
        assert {row.office_id for row in rows} == {SANDBOX_OFFICE_ID}
    for name in ("directorate", "auditor", "supervisor_bengkulu", "manager_ab"):
        cast.act_as(name)
        assert db.session.scalars(select(Stay)).all() == []


def test_request_ids_are_taken_when_plain_and_made_otherwise(anonymous: ApiClient) -> None:
    for own, taken in (("abc-1", True), ("a b", False), ("x" * 65, False), ("", False)):
        response = anonymous.get("/health", headers={"X-Request-Id": own})
        assert (response.headers["X-Request-Id"] == own) is taken
        assert response.headers["X-Request-Id"]


def test_unknown_paths_and_methods_are_problems(api: ApiClient) -> None:
    assert_problem(api.get("/nothing"), 404, "not-found")
    assert_problem(api.get(""), 404, "not-found")
    response = api.send("DELETE", "/me")
    assert_problem(response, 405, "method-not-allowed")
    assert {one.strip() for one in response.headers["Allow"].split(",")} == {
        "GET",
        "HEAD",
        "OPTIONS",
    }
    assert api.send("BREW", "/me").status_code == 405


def test_errors_outside_of_a_version_are_problems_too(app: Flask, cast: Cast) -> None:
    response = app.test_client().get("/api/nothing", headers={"Accept-Language": "id"})
    body = assert_problem(response, 404, "not-found")
    assert body["title"] == "Tidak ditemukan"


def test_the_language_follows_the_caller(anonymous: ApiClient) -> None:
    for asked, word in (("id", "Kirim"), ("en-GB,en", "Send"), ("fr", "Kirim"), (None, "Kirim")):
        body = anonymous.get("/me", headers={"Accept-Language": asked}).get_json(force=True)
        assert body["detail"].startswith(word)
