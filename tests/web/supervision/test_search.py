"""The search form: what it asks, what it refuses, and where it leads."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from apoa.base.ids import new_id
from tests.cast import Cast
from tests.supervision.finding import PURPOSE, report

SEARCH = "/supervision/search"


def start(client: FlaskClient, **wanted: str) -> Any:
    return client.post_form(SEARCH, {"purpose": PURPOSE, **wanted})


def text_of(response: Any) -> str:
    page: str = response.get_data(as_text=True)
    return page


def test_the_form_asks_for_the_purpose_and_names_the_area(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    page = text_of(client.get(SEARCH))
    assert 'name="purpose"' in page
    assert "Kantor Imigrasi Kelas I TPI Bengkulu" in page
    assert "Belum ada pencarian hari ini." in page


def test_a_search_leads_to_an_address_without_anything_personal(
    client: FlaskClient, cast: Cast
) -> None:
    report(cast)
    client.sign_in_as(cast.supervisor_bengkulu)
    response = start(client, name="eri ann", document_number="L898902C3")
    assert response.status_code == 303
    assert re.fullmatch(r"/supervision/searches/[0-9a-f-]{36}", response.headers["Location"])


def test_the_purpose_is_kept_for_the_session_and_filled_in(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    start(client, name="anna")
    assert f'value="{PURPOSE}"' in text_of(client.get(SEARCH))


def test_searches_of_today_can_be_opened_again(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    address = start(client, name="Zebedeus", nationality="SWE").headers["Location"]
    page = text_of(client.get(SEARCH))
    assert address in page
    assert PURPOSE in page
    assert "Nama, Kewarganegaraan" in page
    assert "Zebedeus" not in page


def test_an_earlier_search_fills_the_form(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    sent = {"birth_date-day": "", "birth_date-month": "8", "birth_date-year": "1974"}
    address = start(client, name="Zebedeus", state="departed", **sent)
    search_id = address.headers["Location"].rpartition("/")[2]
    page = text_of(client.get(f"{SEARCH}?from={search_id}"))
    assert 'value="Zebedeus"' in page
    assert 'value="1974"' in page
    assert re.search(r'<option selected value="departed"', page)


def test_a_colleagues_search_does_not_fill_the_form(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    search_id = start(client, name="anna").headers["Location"].rpartition("/")[2]
    client.sign_in_as(cast.head_bengkulu)
    assert client.get(f"{SEARCH}?from={search_id}").status_code == 404


def test_a_single_lodging_can_be_asked_for(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    assert "Hanya di Hotel Pantai Panjang" in text_of(
        client.get(f"{SEARCH}?property_id={cast.property_a}")
    )
    assert client.get(f"{SEARCH}?property_id={cast.property_c}").status_code == 404
    assert client.get(f"{SEARCH}?property_id={new_id()}").status_code == 404


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": "Zebedeus", "purpose": ""}, "Wajib diisi."),
        ({"name": "Zebedeus", "purpose": "x"}, "Paling sedikit 5 karakter."),
        ({}, "Isi setidaknya satu hal"),
        ({"state": "in_house"}, "Isi setidaknya satu hal"),
        ({"name": "Zebedeus", "birth_date-day": "3"}, "Tulis tahun lahir"),
        ({"name": "Zebedeus", "in_house_on-day": "31/02/2026"}, "Bukan tanggal yang ada."),
        ({"name": "Zebedeus", "region_code": "99"}, "Pilih salah satu yang tersedia."),
    ],
)
def test_a_faulty_search_says_so_and_keeps_what_was_typed(
    client: FlaskClient, cast: Cast, sent: dict[str, str], words: str
) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    response = start(client, **sent)
    page = text_of(response)
    assert response.status_code == 422
    assert "<title>Kesalahan:" in page
    assert words in page
    if "name" in sent:
        assert 'value="Zebedeus"' in page


def test_without_javascript_the_regions_are_listed(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    response = start(
        client, **{"name": "Zebedeus", "region_code-query": "bengkulu", "region_code-search": "1"}
    )
    page = text_of(response)
    assert response.status_code == 200
    assert 'value="17.71"' in page
    assert 'value="Zebedeus"' in page


def test_a_typed_region_with_many_answers_asks_which(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    response = start(client, **{"region_code-query": "bengkulu", "name": "anna"})
    assert response.status_code == 422
    assert "Pilih salah satu wilayah" in text_of(response)


def test_a_typed_region_with_one_answer_is_taken(client: FlaskClient, cast: Cast) -> None:
    anna = report(cast).stay_id
    client.sign_in_as(cast.supervisor_bengkulu)
    response = start(client, **{"region_code-query": "17.71"})
    assert response.status_code == 303
    assert str(anna) in text_of(client.get(response.headers["Location"]))


def test_regions_are_offered_down_to_the_district(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    items = client.get("/supervision/regions?q=ratu samban").get_json()["items"]
    assert items
    assert all(len(item["code"]) <= 8 for item in items)


@pytest.mark.parametrize("who", ["insarkom_bengkulu", "head_bengkulu", "directorate"])
def test_other_searchers_may_search(client: FlaskClient, cast: Cast, who: str) -> None:
    client.sign_in_as(cast.users[who])
    assert client.get(SEARCH).status_code == 200
    assert start(client, name="anna").status_code == 303


@pytest.mark.parametrize("who", ["clerk_a", "manager_ab", "stranger", "auditor"])
def test_for_everybody_else_there_is_no_such_page(
    client: FlaskClient, cast: Cast, who: str
) -> None:
    client.sign_in_as(cast.users[who])
    assert client.get(SEARCH).status_code == 404
    assert start(client, name="anna").status_code == 404
    assert client.get("/supervision/regions?q=x").status_code == 404


def test_who_is_not_signed_in_is_asked_to(client: FlaskClient) -> None:
    assert client.get(SEARCH).headers["Location"].startswith("/sign-in")
    assert start(client, name="anna").status_code == 302


def test_a_post_without_its_token_is_refused(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    assert client.post(SEARCH, data={"purpose": PURPOSE, "name": "anna"}).status_code == 400


def test_other_methods_are_refused(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    assert client.delete(SEARCH).status_code in (400, 405)
    assert client.post_form("/supervision/regions").status_code == 405
