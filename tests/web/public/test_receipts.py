"""Verifying a receipt: open to everybody, silent about the guest."""

import base64
import re
from unittest import mock

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.web.frontdesk.conftest import typed

PERSONAL = ("ERIKSSON", "ANNA", "L898902C3", "1974", "SWE")


@pytest.fixture
def stay(client: FlaskClient, cast: Cast) -> str:
    """The path of a reported stay; the browser is signed in as its clerk."""
    client.sign_in_as(cast.clerk_a)
    answer = client.post_form(f"/frontdesk/{cast.property_a}/stays/new", typed())
    return str(answer.headers["Location"]).partition("?")[0]


def number_of(client: FlaskClient, stay: str) -> str:
    found = re.search(r"STT-[\w-]+", client.get(stay).get_data(as_text=True))
    assert found
    return found[0]


def test_a_genuine_receipt_says_so_and_nothing_of_the_guest(
    client: FlaskClient, cast: Cast, stay: str
) -> None:
    number = number_of(client, stay)
    client.delete_cookie("apoa")
    answer = client.get(f"/receipts/{number}")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Tanda terima ini asli" in text
    assert "Hotel Pantai Panjang" in text
    assert "Kantor Imigrasi Kelas I TPI Bengkulu" in text
    assert "Tepat waktu" in text
    assert not [word for word in PERSONAL if word in text]


def test_the_json_lets_anybody_check_the_signature(client: FlaskClient, stay: str) -> None:
    number = number_of(client, stay)
    client.delete_cookie("apoa")
    answer = client.get(f"/receipts/{number}.json")
    found = answer.get_json()
    assert found["genuine"] is True
    assert found["number"] == number
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(found["public_key"]))
    key.verify(base64.b64decode(found["signature"]), rfc8785.dumps(found["payload"]))
    keys = client.get("/.well-known/apoa-receipt-keys.json").get_json()
    listed = {one["key_id"]: one["public_key"] for one in keys["keys"]}
    assert listed[found["key_id"]] == found["public_key"]
    assert not [word for word in PERSONAL if word in answer.get_data(as_text=True)]


def test_amending_and_cancelling_are_told(client: FlaskClient, stay: str) -> None:
    number = number_of(client, stay)
    client.post_form(f"{stay}/check-out")
    assert "kemudian diubah" in client.get(f"/receipts/{number}").get_data(as_text=True)
    client.post_form(f"{stay}/cancel", {"cancel_reason": "Keliru"})
    text = client.get(f"/receipts/{number}").get_data(as_text=True)
    assert "kemudian dibatalkan" in text
    assert "Keliru" not in text
    found = client.get(f"/receipts/{number}.json").get_json()
    assert (found["amended_since"], found["cancelled"]) == (True, True)


def test_a_changed_payload_is_not_genuine(client: FlaskClient, stay: str) -> None:
    number = number_of(client, stay)
    with mock.patch("apoa.stays.verify_receipt._is_signed", return_value=False):
        text = client.get(f"/receipts/{number}").get_data(as_text=True)
        assert client.get(f"/receipts/{number}.json").get_json()["genuine"] is False
    assert "tidak sah" in text
    assert "Tanda terima ini asli" not in text


def test_a_number_is_taken_however_it_is_written(client: FlaskClient, stay: str) -> None:
    number = number_of(client, stay)
    typed_by_hand = number.lower().replace("-", " ")
    answer = client.get("/receipts/", query_string={"number": typed_by_hand})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/receipts/{number}")
    assert client.get(f"/receipts/{number.lower()}").headers["Location"] == f"/receipts/{number}"


def test_a_wrong_check_character_is_told(client: FlaskClient, cast: Cast) -> None:
    for path in ("/receipts/STT-2611-7KQ2-M9XH-4TRV-3",
                 "/receipts/?number=STT-2611-7KQ2-M9XH-4TRV-3"):  # fmt: skip
        answer = client.get(path)
        text = answer.get_data(as_text=True)
        assert answer.status_code == 400
        assert "Angka periksa tidak cocok" in text
        assert 'value="STT-2611-7KQ2-M9XH-4TRV-3"' in text
    answer = client.get("/receipts/STT-2611-7KQ2-M9XH-4TRV-3.json")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


@pytest.mark.parametrize("number", ["x", "ABC-2611-7KQ2-M9XH-4TRV-6", "STT-2613-7KQ2-M9XH-4TRV-6",
                                    "STT-2611-7KQ2-M9XU-4TRV-6", "%3Cscript%3E"])  # fmt: skip
def test_what_is_no_number_is_told(client: FlaskClient, cast: Cast, number: str) -> None:
    answer = client.get(f"/receipts/{number}")
    assert answer.status_code == 400
    assert 'href="#number"' in answer.get_data(as_text=True)


def test_an_unknown_number_is_404_in_plain_words(client: FlaskClient, cast: Cast) -> None:
    answer = client.get("/receipts/STT-2611-7KQ2-M9XH-4TRV-6")
    assert answer.status_code == 404
    assert "tidak diterbitkan oleh sistem ini" in answer.get_data(as_text=True)
    answer = client.get("/receipts/STT-2611-7KQ2-M9XH-4TRV-6.json")
    assert (answer.status_code, answer.get_json()["code"]) == (404, "receipt-unknown")


def test_looking_up_is_throttled_by_address(client: FlaskClient, cast: Cast) -> None:
    with mock.patch("apoa.web.public.receipts.LOOKUPS_AT_ONCE", 2):
        path = "/receipts/STT-2611-7KQ2-M9XH-4TRV-6"
        assert [client.get(path).status_code for _ in range(3)] == [404, 404, 429]
        answer = client.get(f"{path}.json")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_the_pages_speak_english(client: FlaskClient, stay: str) -> None:
    number = number_of(client, stay)
    client.post_form("/language", {"locale": "en", "next": "/"})
    assert "This receipt is genuine" in client.get(f"/receipts/{number}").get_data(as_text=True)
    wrong = client.get("/receipts/STT-2611-7KQ2-M9XH-4TRV-3").get_data(as_text=True)
    assert "check character does not fit" in wrong


def test_receipts_are_only_read(client: FlaskClient, cast: Cast) -> None:
    assert client.post_form("/receipts/").status_code == 405
