"""Each call with a good key is noted for its managers, with its verdict and without its guests."""

import time
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from apoa.access.call_log import KEPT_FOR, CallLog, forget_old_calls
from apoa.access.list_calls import CallView, list_calls
from apoa.base.clock import now, pretend
from apoa.base.errors import NotAllowed, NotFound
from apoa.base.ids import new_id
from apoa.db.base import db
from apoa.db.scope import NOTHING, Scope, scope, set_scope
from tests.api.client import ApiClient
from tests.api.conftest import MakeKey
from tests.cast import EVERYWHERE, Cast
from tests.factories import make_mapping


def calls(cast: Cast, api: ApiClient, who: str = "manager_ab", **asked: Any) -> list[CallView]:
    assert api.key is not None
    found = list_calls(cast.act_as(who), api.key.key_id, **asked).calls
    db.session.rollback()
    set_scope(NOTHING)
    return found


def stored(statement: str) -> list[Any]:
    with scope(EVERYWHERE):
        rows = list(db.session.execute(text(statement)))
        db.session.rollback()
    return rows


def report(api: ApiClient, **changes: Any) -> Any:
    return api.post(f"{api.lodging}/stays", make_mapping(**changes))


def test_a_call_is_noted_with_its_verdict(api: ApiClient, cast: Cast) -> None:
    body = make_mapping(client_ref="RES-1")
    for _ in range(2):
        api.post(f"{api.lodging}/stays", body)
    api.post(f"{api.lodging}/stays", {"guest": {"surname": "ERIKSSON"}})
    refused, duplicate, accepted = calls(cast, api)
    assert (accepted.method, accepted.path) == ("POST", "/properties/{property_id}/stays")
    assert (accepted.status, accepted.marks, accepted.codes) == (201, ("accepted",), ())
    assert accepted.property_id == cast.property_a
    assert accepted.request_id
    assert (duplicate.status, duplicate.marks) == (200, ("duplicate",))
    assert (refused.status, refused.marks) == (422, ("rejected",))
    assert refused.codes[0] == "invalid-input"
    assert "required" in refused.codes


def test_nothing_of_a_guest_or_a_reference_is_noted(
    api: ApiClient, test_api: ApiClient, cast: Cast
) -> None:
    for one in (api, test_api):
        report(one, client_ref="ERIKSSON 204")
        one.get(f"{one.lodging}/stays?client_ref=ERIKSSON+204")
        one.get(f"{one.lodging}/stays/{new_id()}?surname=ERIKSSON")
    rows = stored("SELECT CAST(c AS text) FROM api_calls c")
    assert len(rows) == 6
    for row in rows:
        assert "ERIKSSON" not in row[0]
        assert "L898902C3" not in row[0]
    kept = stored(
        "SELECT k.mode FROM api_calls c JOIN api_keys k ON k.id = c.key_id"
        " WHERE c.accepted_refs IS NOT NULL"
    )
    assert [row[0] for row in kept] == ["test"]


def test_what_was_refused_at_the_door_is_noted_too(
    api: ApiClient, new_key: MakeKey, cast: Cast
) -> None:
    api.key = new_key(scopes=["stays:read"])
    api.headers["Authorization"] = f"Bearer {api.key.text}"
    report(api)
    api.get(f"/properties/{cast.property_b}/stays")
    api.get("/nothing")
    api.send("DELETE", "/me")
    found = calls(cast, api)
    assert [(one.status, one.codes[0]) for one in found] == [
        (405, "method-not-allowed"),
        (404, "not-found"),
        (404, "not-found"),
        (403, "insufficient-scope"),
    ]
    # A lodging that is not the key's is not named, so that nobody else is shown the try.
    assert [one.property_id for one in found][1:3] == [None, None]
    assert found[1].path is None


def test_without_a_good_key_nothing_is_noted(anonymous: ApiClient) -> None:
    anonymous.get("/me")
    anonymous.get("/me", headers={"Authorization": "Bearer apoa_live_x_y"})
    anonymous.get("/health")
    assert stored("SELECT 1 FROM api_calls") == []


def test_a_used_up_quota_is_noted_once_a_minute(
    test_api: ApiClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = {"surname": "APOA TEST", "given_names": "RATE LIMIT"}
    for _ in range(3):
        body = make_mapping()
        body["guest"] |= guest
        assert test_api.post(f"{test_api.lodging}/stays", body).status_code == 429
    assert [one.status for one in calls(cast, test_api)] == [429]


def test_a_batch_is_one_call_with_the_codes_of_its_items(api: ApiClient, cast: Cast) -> None:
    items = [make_mapping(client_ref="A"), make_mapping(client_ref="B") | {"room": 3}]
    answer = api.post(f"{api.lodging}/stays/batch", {"items": items})
    assert answer.status_code == 200
    [noted] = calls(cast, api)
    assert noted.marks == ("accepted", "rejected")
    assert "not-text" in noted.codes
    assert calls(cast, api, refused_only=True) == [noted]


def test_a_replay_is_noted_as_one(api: ApiClient, cast: Cast) -> None:
    body, key = make_mapping(), {"Idempotency-Key": "a"}
    for _ in range(2):
        api.post(f"{api.lodging}/stays", body, headers=key)
    assert [one.marks for one in calls(cast, api)] == [("replayed",), ("accepted",)]


def test_a_test_key_notes_the_real_lodging(test_api: ApiClient, cast: Cast) -> None:
    report(test_api)
    assert [one.property_id for one in calls(cast, test_api)] == [cast.property_a]


def test_calls_are_for_the_managers_of_the_lodging(
    api: ApiClient, new_key: MakeKey, cast: Cast
) -> None:
    report(api)
    assert calls(cast, api)
    with pytest.raises(NotAllowed):
        calls(cast, api, who="clerk_a")
    for name in ("clerk_b", "head_bengkulu", "directorate", "stranger"):
        with pytest.raises(NotFound):
            calls(cast, api, who=name)


def test_row_level_security_holds_without_the_list(
    api: ApiClient, new_key: MakeKey, cast: Cast
) -> None:
    report(api)
    api.get("/me")

    def seen(wanted: Scope) -> int:
        with scope(wanted):
            count = db.session.execute(text("SELECT count(*) FROM api_calls")).scalar_one()
            db.session.rollback()
        return int(count)

    assert api.key is not None
    assert seen(Scope(property_ids=frozenset({cast.property_a}))) == 2
    assert seen(Scope(user_id=api.key.key_id)) == 2
    assert seen(Scope(property_ids=frozenset({cast.property_b}))) == 0
    assert seen(Scope(office_ids=frozenset({cast.office_bengkulu}))) == 0
    assert seen(Scope(reads_all=True)) == 0
    assert seen(NOTHING) == 0


def test_calls_are_forgotten_after_thirty_days(api: ApiClient) -> None:
    with pretend(now() - KEPT_FOR - timedelta(hours=1)):
        row = _row(api)
    CallLog(in_background=False).add(db.engine, row)
    api.get("/me")
    assert len(stored("SELECT 1 FROM api_calls")) == 2
    assert forget_old_calls() == 1
    assert len(stored("SELECT 1 FROM api_calls")) == 1


def test_in_the_background_calls_are_written_within_seconds(api: ApiClient) -> None:
    log = CallLog(in_background=True)
    for _ in range(3):
        log.add(db.engine, _row(api))
    assert stored("SELECT 1 FROM api_calls") == []
    until = time.monotonic() + 10
    while len(stored("SELECT 1 FROM api_calls")) < 3 and time.monotonic() < until:
        time.sleep(0.1)
    assert len(stored("SELECT 1 FROM api_calls")) == 3


def test_a_log_that_cannot_be_written_spoils_no_answer(
    app: Flask, api: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scope(EVERYWHERE):
        row = _row(api) | {"key_id": new_id()}
    log = CallLog(in_background=False)
    log.add(db.engine, row)
    log.add(db.engine, _row(api))
    assert len(stored("SELECT 1 FROM api_calls")) == 1

    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("no log today")

    monkeypatch.setattr(app.extensions["apoa_call_log"], "add", broken)
    assert api.get("/me").status_code == 200


def _row(api: ApiClient) -> dict[str, Any]:
    assert api.key is not None
    key_id: UUID = api.key.key_id
    return {
        "key_id": key_id,
        "id": new_id(),
        "at": now(),
        "method": "GET",
        "path": "/me",
        "property_id": None,
        "status": 200,
        "codes": [],
        "marks": [],
        "refused_refs": None,
        "accepted_refs": None,
        "duration_ms": 1,
        "request_id": "x",
    }
