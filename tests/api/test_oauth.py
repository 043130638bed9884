"""POST /oauth/token exchanges a key for a token of one hour."""

import base64
from datetime import timedelta
from typing import Any

import pytest

from apoa.base.clock import now, pretend
from tests.api.client import ApiClient, assert_problem
from tests.api.conftest import MakeKey

GRANT = {"grant_type": "client_credentials"}


def ask(anonymous: ApiClient, form: dict[str, str], **headers: str) -> Any:
    return anonymous.send("POST", "/oauth/token", data=form, headers=headers)


def test_a_token_opens_what_the_key_opens_for_an_hour(
    anonymous: ApiClient, new_key: MakeKey
) -> None:
    key = new_key(scopes=["stays:read", "stays:write"])
    form = GRANT | {"client_id": key.client_id, "client_secret": key.secret}
    response = ask(anonymous, form | {"scope": "stays:read"})
    body = response.get_json()
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert (body["token_type"], body["expires_in"], body["scope"]) == ("Bearer", 3600, "stays:read")
    bearer = {"Authorization": f"Bearer {body['access_token']}"}
    me = anonymous.get("/me", headers=bearer).get_json()
    assert (me["client_id"], me["scopes"]) == (key.client_id, ["stays:read"])
    with pretend(now() + timedelta(minutes=61)):
        assert_problem(anonymous.get("/me", headers=bearer), 401, "token-expired")


def test_credentials_may_come_by_basic(anonymous: ApiClient, new_key: MakeKey) -> None:
    key = new_key()
    packed = base64.b64encode(f"{key.client_id}:{key.secret}".encode()).decode()
    assert ask(anonymous, GRANT, Authorization=f"Basic {packed}").status_code == 200


def test_wrong_credentials_are_401(anonymous: ApiClient, new_key: MakeKey) -> None:
    key = new_key()
    for client_id, secret in ((key.client_id, "x"), ("x", key.secret), ("", ""), ("\0", "\0")):
        response = ask(anonymous, GRANT | {"client_id": client_id, "client_secret": secret})
        body = assert_problem(response, 401, "credentials-invalid")
        assert body["error"] == "invalid_client"
        assert response.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize("grant", ["", "password", "authorization_code"])
def test_another_grant_is_400(anonymous: ApiClient, grant: str) -> None:
    body = assert_problem(ask(anonymous, {"grant_type": grant}), 400, "unsupported-grant-type")
    assert body["error"] == "unsupported_grant_type"


def test_a_scope_that_the_key_lacks_is_400(anonymous: ApiClient, new_key: MakeKey) -> None:
    key = new_key(scopes=["stays:read"])
    form = GRANT | {"client_id": key.client_id, "client_secret": key.secret}
    body = assert_problem(ask(anonymous, form | {"scope": "stays:write"}), 400, "scope-not-granted")
    assert body["error"] == "invalid_scope"


def test_json_is_415(anonymous: ApiClient) -> None:
    response = anonymous.post("/oauth/token", GRANT)
    assert_problem(response, 415, "unsupported-media-type")
    assert anonymous.get("/oauth/token").status_code == 405
