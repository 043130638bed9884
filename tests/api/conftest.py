"""Callers of the API: a live and a test key of lodging A, and one without any key."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from apoa.access.api_keys import make_key
from apoa.access.api_models import KeyMode
from apoa.access.api_scopes import SCOPES
from apoa.access.key_text import KeyText
from apoa.base.clock import now
from apoa.base.settings import Settings
from apoa.properties.sandbox import ensure_sandbox
from tests.api.client import ApiClient
from tests.api.contract import contract_faults
from tests.api.probe import PATH as PROBE
from tests.api.probe import make_probe_app
from tests.api.running import Running, run_system
from tests.cast import Cast

MakeKey = Callable[..., KeyText]


@pytest.fixture(autouse=True)
def _answers_are_as_published(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every answer to an ApiClient fits the published document, whatever the test asks."""
    plain = ApiClient.send
    faults: list[str] = []

    def send(self: ApiClient, method: str, path: str, **kwargs: Any) -> TestResponse:
        answer = plain(self, method, path, **kwargs)
        if not path.endswith(PROBE):
            faults.extend(contract_faults(method, path, answer))
        return answer

    monkeypatch.setattr(ApiClient, "send", send)
    yield
    assert not faults, "\n".join(faults)


@pytest.fixture
def new_key(cast: Cast) -> MakeKey:
    """Makes a key: of lodging A with every scope, live, unless told otherwise."""

    def make(**changes: Any) -> KeyText:
        values: dict[str, Any] = {
            "name": "PMS",
            "mode": KeyMode.LIVE,
            "scopes": SCOPES,
            "property_ids": [cast.property_a],
            "expires_at": now() + timedelta(days=30),
            "make_sandbox": ensure_sandbox,
        }
        who = cast.act_as(changes.pop("who", "manager_ab"))
        return make_key(who, **(values | changes))

    return make


@pytest.fixture
def api(app: Flask, cast: Cast, new_key: MakeKey) -> ApiClient:
    """A caller with a live key of lodging A."""
    return ApiClient(app, new_key(), cast.property_a)


@pytest.fixture
def test_api(app: Flask, cast: Cast, new_key: MakeKey) -> ApiClient:
    """A caller with a test key of lodging A."""
    return ApiClient(app, new_key(mode=KeyMode.TEST), cast.property_a)


@pytest.fixture
def anonymous(app: Flask, cast: Cast) -> ApiClient:
    """A caller without a key."""
    return ApiClient(app, None, cast.property_a)


@pytest.fixture(scope="session")
def probe_app(app: Flask, settings: Settings) -> Iterator[Flask]:
    """A second instance of the application, with one more resource: see probe.py."""
    yield from make_probe_app(settings)


@pytest.fixture
def probe(probe_app: Flask, cast: Cast, new_key: MakeKey) -> ApiClient:
    """A caller of the second instance, with a live key of lodging A."""
    return ApiClient(probe_app, new_key(), cast.property_a)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A whole system that listens; tests that use it stand in one xdist group, "api-system"."""
    yield from run_system(tmp_path_factory.mktemp("api-system"))
