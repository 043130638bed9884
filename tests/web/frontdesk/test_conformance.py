"""Conformance runs on the web: started for a test key, watched, certified."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from apoa.access.key_text import KeyText
from tests.api.client import ApiClient
from tests.api.test_conformance_runs import SHOWS, show_webhook
from tests.cast import Cast
from tests.web.frontdesk.test_keys import keys_of, make

NAME = {"integration": "Contoh PMS 4.2"}


@pytest.fixture
def manager(client: FlaskClient, cast: Cast) -> Any:
    client.sign_in_as(cast.manager_ab)  # type: ignore[attr-defined]
    return client


def runs_of(cast: Cast, key: KeyText) -> str:
    return f"{keys_of(cast)}/{key.key_id}/conformance"


def start(manager: Any, cast: Cast, key: KeyText) -> str:
    answer = manager.post_form(runs_of(cast, key), NAME)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    path: str = answer.headers["Location"]
    return path


def test_a_run_is_started_watched_and_certified(manager: Any, app: Flask, cast: Cast) -> None:
    key = make(manager, cast, scopes=["stays:read", "stays:write", "webhooks:manage"])
    assert "Belum ada uji kesesuaian" in manager.get(runs_of(cast, key)).get_data(as_text=True)
    run = start(manager, cast, key)
    text = manager.get(run).get_data(as_text=True)
    assert "0 dari 8 langkah" in text
    assert 'hx-trigger="every 5s"' in text
    api = ApiClient(app, key, cast.property_a)
    for show in SHOWS.values():
        show(api)
    part = manager.get(run, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "7 dari 8 langkah" in part
    assert "<html" not in part
    show_webhook(app, api)
    text = manager.get(run).get_data(as_text=True)
    assert "Semua langkah terlihat" in text
    assert "hx-trigger" not in text
    assert "ERIKSSON" not in text
    certificate = re.search(r'href="(/certificates/UJI[^"]+)"', text)
    assert certificate is not None
    assert "Contoh PMS 4.2" in manager.get(certificate[1]).get_data(as_text=True)
    listed = manager.get(runs_of(cast, key)).get_data(as_text=True)
    assert "8 dari 8 langkah" in listed
    assert "Lulus" in listed


def test_faults_are_told_at_the_field(manager: Any, cast: Cast) -> None:
    key = make(manager, cast)
    for name in ("", "x", "x" * 121):
        answer = manager.post_form(runs_of(cast, key), {"integration": name})
        text = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert 'href="#integration"' in text
        assert f'value="{name}"' in text


def test_a_live_key_has_no_run(manager: Any, cast: Cast) -> None:
    key = make(manager, cast, mode="live")
    page = manager.get(f"{keys_of(cast)}/{key.key_id}").get_data(as_text=True)
    assert runs_of(cast, key) not in page
    answer = manager.post_form(runs_of(cast, key), NAME)
    assert answer.status_code == 409
    assert "apoa_test_" in answer.get_data(as_text=True)


def test_too_many_starts_are_refused(manager: Any, cast: Cast) -> None:
    key = make(manager, cast)
    for _ in range(10):
        start(manager, cast, key)
    assert manager.post_form(runs_of(cast, key), NAME).status_code == 429


def test_a_run_is_seen_under_its_own_key_alone(manager: Any, cast: Cast) -> None:
    key, other = make(manager, cast), make(manager, cast, name="Lain")
    run = start(manager, cast, key)
    assert manager.get(run.replace(str(key.key_id), str(other.key_id))).status_code == 404
    assert manager.get(run.replace(run[-36:], str(cast.property_a))).status_code == 404


def test_who_may_see_a_run(manager: Any, cast: Cast) -> None:
    key = make(manager, cast)
    run = start(manager, cast, key)
    expected = {"clerk_a": 403, "clerk_b": 404, "clerk_c": 404, "head_bengkulu": 404}
    for name, status in expected.items():
        manager.sign_in_as(getattr(cast, name))
        assert manager.get(run).status_code == status
        assert manager.post_form(runs_of(cast, key), NAME).status_code == status
    manager.delete_cookie("apoa")
    assert manager.get(run).headers["Location"].startswith("/sign-in")


def test_a_start_needs_its_token(manager: Any, cast: Cast) -> None:
    key = make(manager, cast)
    assert manager.post(runs_of(cast, key), data=NAME).status_code == 400
    assert manager.post_form(start(manager, cast, key)).status_code == 405


def test_the_pages_speak_english(manager: Any, app: Flask, cast: Cast) -> None:
    key = make(manager, cast)
    run = start(manager, cast, key)
    manager.post_form("/language", {"locale": "en", "next": "/"})
    assert "Start a conformance run" in manager.get(runs_of(cast, key)).get_data(as_text=True)
    assert "0 of 8 steps" in manager.get(run).get_data(as_text=True)
    page = manager.get("/certificates/nothing").get_data(as_text=True)
    assert "Certificate not found" in page
