"""The hits of a search: found, not found, another's, too old."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from apoa.base.clock import now
from apoa.base.ids import new_id
from tests.cast import Cast
from tests.supervision.finding import PURPOSE, at, report


def search(client: FlaskClient, **wanted: str) -> str:
    """Searches, and gives the address of the hits."""
    response = client.post_form("/supervision/search", {"purpose": PURPOSE, **wanted})
    address: str = response.headers["Location"]
    return address


def page_at(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    page: str = response.get_data(as_text=True)
    return page


def links_of(page: str) -> list[str]:
    return re.findall(r'(?:href|action|src)="([^"]+)"', page)


def test_hits_stand_below_what_was_searched(client: FlaskClient, cast: Cast) -> None:
    stay_id = report(cast).stay_id
    client.sign_in_as(cast.supervisor_bengkulu)
    page = page_at(client, search(client, name="eri ann", region_code="17.71.01"))
    assert "ANNA MARIA ERIKSSON" in page
    assert f"/supervision/stays/{cast.property_a}/{stay_id}" in page
    assert "<dt>Nama</dt><dd>eri ann</dd>" in page
    assert "Kota Bengkulu" in page
    assert PURPOSE in page
    assert "wilayah kerja Kantor Imigrasi Kelas I TPI Bengkulu" in page
    assert re.search(r"Data per \d+ \w+ \d{4} \d\d\.\d\d WIB", page)


def test_no_link_and_no_title_names_a_person(client: FlaskClient, cast: Cast) -> None:
    report(cast)
    client.sign_in_as(cast.supervisor_bengkulu)
    address = search(client, name="Eriksson", document_number="L898902C3", birth_date="x")
    address = search(client, name="Eriksson", document_number="L898902C3")
    page = page_at(client, address)
    title = re.findall(r"<title>(.*?)</title>", page)[0]
    for text in [*links_of(page), title]:
        for word in ("eriksson", "anna", "l898902c3", "1974"):
            assert word not in text.lower()


def test_the_document_number_is_not_in_the_list(client: FlaskClient, cast: Cast) -> None:
    report(cast)
    client.sign_in_as(cast.supervisor_bengkulu)
    assert "L898902C3" not in page_at(client, search(client, name="eriksson"))


def test_nothing_found_says_what_where_when_and_what_to_try(
    client: FlaskClient, cast: Cast
) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    page = page_at(
        client,
        search(
            client,
            **{
                "name": "Zebedeus",
                "document_number": "X1",
                "in_house_from-day": "1/11/2026",
                "in_house_to-day": "12/11/2026",
            },
        ),
    )
    assert "Tidak ditemukan" in page
    assert "Kantor Imigrasi Kelas I TPI Bengkulu" in page
    assert "antara 1 Nov 2026 dan 12 Nov 2026" in page
    assert "Nama: <strong>Zebedeus</strong>" in page
    assert "nomor dokumen saja" in page
    assert "lebih sedikit kata" in page


def test_pages_lead_on_and_back(client: FlaskClient, cast: Cast) -> None:
    for number in range(52):
        report(
            cast, document_number=f"P{number}", checked_in_at=at("2026-11-10 03:00"), surname="LEE"
        )
    client.sign_in_as(cast.supervisor_bengkulu)
    address = search(client, name="lee")
    first = page_at(client, address)
    following = re.findall(r'rel="next" href="([^"]+)"', first)
    assert 'rel="prev"' not in first
    second = page_at(client, following[0])
    assert len(re.findall("/supervision/stays/", second)) == 2
    assert 'rel="next"' not in second
    back = re.findall(r'rel="prev" href="([^"]+)"', second)
    assert len(re.findall("/supervision/stays/", page_at(client, back[0]))) == 50


def test_a_session_without_a_purpose_is_asked_first(client: FlaskClient, cast: Cast) -> None:
    report(cast)
    client.sign_in_as(cast.supervisor_bengkulu)
    address = search(client, name="eriksson")
    client.sign_in_as(cast.supervisor_bengkulu)
    page = page_at(client, address)
    assert "ERIKSSON" not in page
    assert 'name="purpose"' in page
    answer: Any = client.post_form(address, {"purpose": "Laporan warga 12"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == address
    assert "ERIKSSON" in page_at(client, address)


def test_an_unfit_purpose_is_refused(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    address = search(client, name="eriksson")
    response = client.post_form(address, {"purpose": "x"})
    assert response.status_code == 422
    assert "Paling sedikit 5 karakter." in response.get_data(as_text=True)


@pytest.mark.parametrize("who", ["head_bengkulu", "supervisor_blitar", "directorate", "clerk_a"])
def test_anothers_search_is_not_there(client: FlaskClient, cast: Cast, who: str) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    address = search(client, name="eriksson")
    client.sign_in_as(cast.users[who])
    assert client.get(address).status_code == 404
    assert client.post_form(address, {"purpose": PURPOSE}).status_code == 404


def test_an_old_search_says_that_it_has_expired(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    address = search(client, name="eriksson")
    with time_machine.travel(now() + timedelta(hours=12, minutes=1), tick=False):
        client.sign_in_as(cast.supervisor_bengkulu)
        response = client.get(address)
    assert response.status_code == 410
    assert "kedaluwarsa" in response.get_data(as_text=True)


def test_the_other_offices_officer_finds_none(client: FlaskClient, cast: Cast) -> None:
    report(cast)
    client.sign_in_as(cast.supervisor_blitar)
    assert "Tidak ditemukan" in page_at(client, search(client, document_number="L898902C3"))


def test_addresses_that_were_invented(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    assert client.get(f"/supervision/searches/{new_id()}").status_code == 404
    assert client.get("/supervision/searches/eriksson").status_code == 404
    assert client.get(search(client, name="eriksson") + "?page=x").status_code == 404


def test_anonymous_wrong_method_and_missing_token(client: FlaskClient, cast: Cast) -> None:
    address = f"/supervision/searches/{new_id()}"
    assert client.get(address).headers["Location"].startswith("/sign-in")
    client.sign_in_as(cast.supervisor_bengkulu)
    assert client.post(search(client, name="anna"), data={"purpose": PURPOSE}).status_code == 400
    assert client.put(address).status_code in (400, 405)


def test_a_page_in_english(client: FlaskClient, cast: Cast) -> None:
    report(cast)
    client.sign_in_as(cast.supervisor_bengkulu)
    address = search(client, name="eriksson")
    client.post_form("/language", {"locale": "en", "next": "/"})
    page = page_at(client, address)
    assert "Search results" in page
    assert "Keperluan" not in page
