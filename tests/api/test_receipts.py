"""Receipts: as data, on paper, and open to anybody who holds the number."""

import base64
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.api.client import ApiClient, assert_problem
from tests.api.conftest import MakeKey
from tests.api.reporting import path_of, pointers, report


def receipt(api: ApiClient, stay: dict[str, Any], query: str = "", **headers: str) -> Any:
    return api.get(path_of(api, stay, f"/receipt{query}"), headers=headers)


def require_signed(body: dict[str, Any]) -> None:
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(body["public_key"]))
    key.verify(base64.b64decode(body["signature"]), rfc8785.dumps(body["payload"]))


def test_the_data_prove_themselves(api: ApiClient) -> None:
    stay = report(api)
    response = receipt(api, stay)
    body = response.get_json()
    require_signed(body)
    assert body["number"] == stay["receipt"]["number"]
    assert body["payload"]["stay_id"] == body["stay_id"] == stay["id"]
    assert (body["version"], body["current_version"]) == (1, 1)
    assert "Accept" in response.headers["Vary"]


def test_each_version_has_its_own(api: ApiClient) -> None:
    stay = report(api)
    api.patch(path_of(api, stay), {"room": "9"}, headers={"If-Match": '"v1"'})
    present, first = receipt(api, stay).get_json(), receipt(api, stay, "?version=1").get_json()
    assert (present["version"], first["version"], first["current_version"]) == (2, 1, 2)
    assert first["number"] == stay["receipt"]["number"]
    require_signed(first)
    assert_problem(receipt(api, stay, "?version=3"), 404, "not-found")
    for query in ("?version=0", "?version=x", "?versions=1", "?version="):
        assert_problem(receipt(api, stay, query), 422, "invalid-input")


def test_on_paper_in_the_language_asked_for(api: ApiClient) -> None:
    stay = report(api)
    response = receipt(api, stay, Accept="application/pdf")
    assert response.mimetype == "application/pdf"
    assert response.get_data().startswith(b"%PDF-")
    assert response.headers["Content-Language"] == "en"
    assert stay["receipt"]["number"] not in response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/pdf, application/json;q=0.5", "application/pdf"),
        ("application/pdf;q=0.2, application/json", "application/json"),
    ],
)
def test_the_form_is_negotiated(api: ApiClient, accept: str, mimetype: str) -> None:
    assert receipt(api, report(api), Accept=accept).mimetype == mimetype


@pytest.mark.parametrize("accept", ["text/html", "image/*", "application/xml"])
def test_another_form_is_not_to_be_had(api: ApiClient, accept: str) -> None:
    body = assert_problem(receipt(api, report(api), Accept=accept), 406, "not-acceptable")
    assert "application/json, application/pdf" in body["detail"]


def test_it_has_a_scope_of_its_own(api: ApiClient, new_key: MakeKey) -> None:
    stay = report(api)
    reader = ApiClient(api.app, new_key(scopes=["stays:read"]), api.property_id)
    assert_problem(receipt(reader, stay), 403, "insufficient-scope")
    prover = ApiClient(api.app, new_key(scopes=["receipts:read"]), api.property_id)
    assert receipt(prover, stay).status_code == 200


def test_anybody_with_the_number_may_ask_whether_it_is_genuine(
    api: ApiClient, anonymous: ApiClient
) -> None:
    stay = report(api)
    response = anonymous.get(f"/receipts/{stay['receipt']['number']}")
    body = response.get_json()
    require_signed(body)
    assert (body["genuine"], body["test"], body["amended_since"], body["cancelled"]) == (
        True,
        False,
        False,
        False,
    )
    assert body["property_name"] == "Hotel Pantai Panjang"
    assert body["checked_in_at"] == stay["checked_in_at"]
    text = response.get_data(as_text=True)
    assert not any(word in text for word in ("ERIKSSON", "ANNA", "L898902C3", "SWE", "1974"))
    api.post(path_of(api, stay, "/cancel"), {"reason": "Reported twice"})
    later = anonymous.get(f"/receipts/{stay['receipt']['number']}").get_json()
    assert (later["amended_since"], later["cancelled"]) == (True, True)


def test_it_may_be_typed_as_people_type(api: ApiClient, anonymous: ApiClient) -> None:
    number = report(api)["receipt"]["number"]
    typed = number.lower().replace("-", "")
    assert anonymous.get(f"/receipts/{typed}").get_json()["number"] == number


@pytest.mark.parametrize(
    "number", ["STT-2611-0000-0000-0000-0", "x", "%00", "%F0%9F%98%80", "a" * 99]
)
def test_an_unknown_number_is_not_found(anonymous: ApiClient, number: str) -> None:
    assert_problem(anonymous.get(f"/receipts/{number}"), 404, "not-found")


def test_a_sandboxs_receipt_says_that_it_proves_nothing(
    test_api: ApiClient, anonymous: ApiClient
) -> None:
    stay = report(test_api)
    body = anonymous.get(f"/receipts/{stay['receipt']['number']}").get_json()
    assert (body["test"], body["genuine"]) == (True, True)
    assert body["property_name"].startswith("UJI COBA / TEST")
    client = test_api.app.test_client()
    page = client.get(f"/receipts/{body['number']}").get_data(as_text=True)
    assert "tidak membuktikan apa pun" in page
    assert client.get(f"/receipts/{body['number']}.json").get_json()["test"] is True
    assert receipt(test_api, stay, Accept="application/pdf").status_code == 200


def test_faults_of_the_query_are_told(api: ApiClient) -> None:
    body = assert_problem(receipt(api, report(api), "?version=x"), 422, "invalid-input")
    assert pointers(body) == {"/version": "not-a-number"}
