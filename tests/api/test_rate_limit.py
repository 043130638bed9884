"""The quota is one for all instances, told on every answer, and refilled."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from apoa.app import create_app
from apoa.base.clock import now, pretend
from apoa.base.settings import Settings
from apoa.db.base import db
from tests.api.client import ApiClient, assert_problem
from tests.api.conftest import MakeKey
from tests.cast import Cast


@pytest.fixture
def narrow(settings: Settings, cast: Cast, new_key: MakeKey) -> list[ApiClient]:
    """Two instances with a quota of four calls a minute, and one key for both."""
    few = replace(settings, api_calls_per_minute=4, api_open_calls_per_minute=2)
    key = new_key()
    return [ApiClient(create_app(few), key, cast.property_a) for _ in range(2)]


def dispose(apps: list[Flask]) -> None:
    for app in apps:
        with app.app_context():
            db.engine.dispose()


def test_every_answer_tells_the_quota(api: ApiClient, anonymous: ApiClient) -> None:
    for caller, path in ((api, "/me"), (api, "/no"), (anonymous, "/me"), (anonymous, "/health")):
        response = caller.get(path)
        quota = 600 if caller is api and path == "/me" else None
        assert response.headers["RateLimit-Policy"].startswith('"default";q=')
        assert response.headers["RateLimit"].startswith('"default";r=')
        if quota:
            assert response.headers["RateLimit-Policy"] == f'"default";q={quota};w=60'


def test_two_instances_share_one_quota(narrow: list[ApiClient]) -> None:
    first, second = narrow
    answers = [caller.get("/me") for caller in (first, second, first, second, first)]
    assert [one.status_code for one in answers] == [200, 200, 200, 200, 429]
    body = assert_problem(answers[-1], 429, "rate-limited")
    assert "4 requests" in body["detail"]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 15
    assert answers[-1].headers["RateLimit"].startswith('"default";r=0;t=')
    with pretend(now() + timedelta(seconds=16)):
        assert second.get("/me").status_code == 200
    dispose([caller.app for caller in narrow])


def test_strangers_have_a_quota_by_address(narrow: list[ApiClient]) -> None:
    stranger = narrow[0]
    stranger.headers.pop("Authorization")
    codes = [stranger.get("/status").status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    assert narrow[1].get("/me").status_code == 200
    dispose([caller.app for caller in narrow])
