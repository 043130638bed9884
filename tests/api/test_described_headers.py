"""Headers that come only with one code or method: sent, and described where they are sent."""

import gzip
import json
from typing import Any
from uuid import uuid4

import pytest

from apoa.access.kept_answers import Retriable, hold
from apoa.api.blueprint import PREFIX
from apoa.api.openapi.document import document
from apoa.db.base import db
from tests.api.client import ApiClient, assert_problem
from tests.api.contract import contract_faults
from tests.api.reporting import path_of, report
from tests.factories import make_mapping

DOCUMENT = document("https://apoa.example")
STAYS = "/properties/{property_id}/stays"


def headers_of(method: str, path: str, status: int) -> Any:
    return DOCUMENT["paths"][path][method]["responses"][str(status)]["headers"].keys()


def test_while_the_first_runs_it_says_when_to_come_again(probe: ApiClient) -> None:
    key = str(uuid4())
    assert probe.key is not None
    db.session.rollback()
    assert hold(Retriable.of(probe.key.key_id, key))
    answer = probe.post(f"{probe.lodging}/stays", make_mapping(), headers={"Idempotency-Key": key})
    assert_problem(answer, 409, "idempotency-in-progress")
    db.session.rollback()
    assert answer.headers["Retry-After"] == "1"
    assert "Retry-After" in headers_of("post", STAYS, 409)


def test_a_refused_body_says_what_would_be_taken(api: ApiClient) -> None:
    sent: dict[str, Any] = {"data": b"{}", "content_type": "text/plain"}
    answer = api.send("POST", f"{api.lodging}/stays", **sent)
    assert answer.headers["Accept-Post"] == "application/json"
    answer = api.send("PATCH", path_of(api, report(api)), headers={"If-Match": '"v1"'}, **sent)
    assert answer.headers["Accept-Patch"].startswith("application/merge-patch+json")
    token = api.send("POST", "/oauth/token", headers={"Authorization": None}, **sent)
    assert token.headers["Accept-Post"] == "application/x-www-form-urlencoded"
    packed = {"Content-Type": "application/json", "Content-Encoding": "br"}
    answer = api.send("POST", f"{api.lodging}/stays", data=b"{}", headers=packed)
    assert answer.headers["Accept-Encoding"] == "gzip"
    assert {"Accept-Post", "Accept-Encoding"} <= headers_of("post", STAYS, 415)
    assert "Accept-Patch" not in headers_of("post", STAYS, 415)
    patched = headers_of("patch", STAYS + "/{stay_id}", 415)
    assert {"Accept-Patch", "Accept-Encoding"} <= patched
    assert "Accept-Post" not in patched
    assert "Accept-Encoding" not in headers_of("post", "/oauth/token", 415)


@pytest.mark.parametrize("path", ["/me", "/health", "/webhook-endpoints"])
def test_a_method_that_is_not_there_is_described_once_for_all(api: ApiClient, path: str) -> None:
    answer = api.send("PUT", path)
    assert_problem(answer, 405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"]
    assert contract_faults("PUT", path, answer) == []
    assert "Allow" in DOCUMENT["components"]["responses"]["MethodNotAllowed"]["headers"]


def test_what_an_answer_depends_on_is_described(api: ApiClient) -> None:
    stay = report(api)
    paper = api.get(path_of(api, stay, "/receipt"), headers={"Accept": "application/pdf"})
    assert set(paper.vary) == {"Accept", "Accept-Language"}
    # Not by the ApiClient, which holds bodies against the document as they come.
    accepting = api.headers | {"Accept-Encoding": "gzip"}
    packed = api.app.test_client().get(PREFIX + path_of(api, stay), headers=accepting)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.get_data()))["id"] == stay["id"]
    wanted = {"Content-Encoding", "Vary"}
    assert wanted <= headers_of("get", STAYS + "/{stay_id}", 200)
    assert wanted <= headers_of("get", STAYS + "/{stay_id}/receipt", 200)
    assert {"Content-Language", "Vary"} <= headers_of("post", STAYS, 422)
