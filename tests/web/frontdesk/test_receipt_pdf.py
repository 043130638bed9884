"""Receipts on paper, for one guest and for a party."""

import pypdfium2
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.web.frontdesk.conftest import Report, typed


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def test_the_receipt_is_printed_in_the_readers_language(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    stay = f"/frontdesk/{cast.property_a}/stays/{report()}"
    answer = client.get(f"{stay}/receipt.pdf")
    assert answer.mimetype == "application/pdf"
    assert "ANNA" in words(answer.data)
    assert "ERIKSSON" not in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    client.post_form("/language", {"locale": "en", "next": "/"})
    assert "August 1974" in words(client.get(f"{stay}/receipt.pdf").data)


def test_the_receipt_of_an_earlier_version_can_be_printed(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    form = typed()
    stay = f"/frontdesk/{cast.property_a}/stays/{report(**form)}"
    client.post_form(f"{stay}/amend", form | {"version": "1", "room": "WISMAZ"})
    assert "WISMAZ" not in words(client.get(f"{stay}/receipt.pdf?version=1").data)
    assert "WISMAZ" in words(client.get(f"{stay}/receipt.pdf?version=2").data)
    assert client.get(f"{stay}/receipt.pdf?version=7").status_code == 404


def test_a_party_is_printed_in_one_file(client: FlaskClient, cast: Cast, report: Report) -> None:
    first = report(party_ref="RES-7")
    report(party_ref="RES-7", given_names="NILS", document_number="N1")
    answer = client.get(f"/frontdesk/{cast.property_a}/stays/{first}/party-receipts.pdf")
    text = words(answer.data)
    assert "ANNA" in text
    assert "NILS" in text
