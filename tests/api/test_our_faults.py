"""A fault of ours tells nothing of itself, and signs what was tried."""

import base64
import json
from hashlib import sha256

import pytest
import rfc8785

from apoa.db.secrets import secrets
from apoa.stays.receipt.keyring import KeyRing
from tests.api.client import ApiClient, assert_problem


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [("bug", 500, "internal-error"), ("database", 503, "unavailable")],
)
def test_what_was_tried_is_signed(probe: ApiClient, fault: str, status: int, code: str) -> None:
    sent = json.dumps({"fault": fault}).encode()
    response = probe.send(
        "POST",
        f"{probe.lodging}/probe",
        data=sent,
        headers={"Content-Type": "application/json", "X-Request-Id": "r1"},
    )
    body = assert_problem(response, status, code)
    attempt = body["attempt"]
    assert probe.key is not None
    assert attempt["client_id"] == probe.key.client_id
    assert attempt["body_sha256"] == sha256(sent).hexdigest()
    assert (attempt["method"], attempt["request_id"]) == ("POST", "r1")
    signature = base64.b64decode(attempt.pop("signature"))
    ring = KeyRing.parse(secrets().receipt_keys)
    assert ring.verify(rfc8785.dumps(attempt), attempt["key_id"], signature)
    assert (status == 503) == ("Retry-After" in response.headers)
    assert "ERIKSSON" not in response.get_data(as_text=True)
    assert "RuntimeError" not in response.get_data(as_text=True)


def test_while_the_database_is_away_calls_are_503_and_health_is_ok(
    probe: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    def away(*_arguments: object) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr("apoa.api.belt.admit", away)
    response = probe.post(f"{probe.lodging}/probe", {})
    assert "attempt" in assert_problem(response, 503, "unavailable")
    assert response.headers["RateLimit"] == '"default";r=600;t=0'
    assert response.headers["RateLimit-Policy"] == '"default";q=600;w=60'
    assert "attempt" not in assert_problem(probe.get("/me"), 503, "unavailable")
    assert probe.get("/health").get_json() == {"status": "ok"}
