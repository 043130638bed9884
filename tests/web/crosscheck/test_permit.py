"""A permit's page, and finding it without anybody's name in an address."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from apoa.base.clock import now, today
from apoa.crosscheck.decide import confirm_match
from apoa.permits.content import DocumentContent
from apoa.supervision.stored_search import LIFETIME
from tests.cast import Cast
from tests.crosscheck.engine.conftest import make_permit, register, work
from tests.web.crosscheck.conftest import PURPOSE, Ground, sign_in

SEARCH = "/officers/permits"


def extend(ground: Ground, days: int) -> None:
    """A later feed says that the permit was extended."""
    register(
        make_permit(
            given_names="ANA MARIA",
            index_code="E28A",
            sponsor="PT Contoh Sejahtera",
            status="extended",
            status_on=today("Asia/Jakarta"),
            valid_until=today("Asia/Jakarta") + timedelta(days=days),
            documents=(DocumentContent("K7654321", "SWE"), DocumentContent("J1112223", "SWE")),
        ),
        as_of=now(),
    )
    work()


def found(client: FlaskClient, **terms: str) -> str:
    """The page of hits of a search."""
    answer = client.post_form(SEARCH, {"purpose": PURPOSE, **terms})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    address = answer.headers["Location"]
    assert re.fullmatch(r"/officers/permits/searches/[0-9a-f-]{36}", address)
    return str(client.get(address).get_data(as_text=True))


def test_the_page_holds_everything(client: FlaskClient, cast: Cast, ground: Ground) -> None:
    extend(ground, 90)
    confirm_match(
        cast.act_as("insarkom_bengkulu"), cast.property_a, ground.stay_id, ground.permit_id
    )
    work()
    client.sign_in_as(cast.supervisor_bengkulu)
    question = client.get(ground.permit).get_data(as_text=True)
    assert 'name="purpose"' in question
    assert "ERIKSSON" not in question
    sign_in(client, cast.supervisor_bengkulu, ground.permit)
    page = client.get(ground.permit).get_data(as_text=True)
    for text in (
        "ANA MARIA ERIKSSON",
        "K7654321",
        "J1112223",
        "L898902C3",
        "kecocokan yang dipastikan petugas",
        "PT Contoh Sejahtera",
        "Swedia (SWE)",
        "E28A",
        "Diperpanjang",
        "Hotel Pantai Panjang",
        "Terkait",
        "Riwayat izin",
        "Register izin tinggal",
        PURPOSE,
    ):
        assert text in page, text
    title = re.findall(r"<title>(.*?)</title>", page)[0]
    assert "ERIKSSON" not in title


def test_findings_about_it_stand_on_it(client: FlaskClient, cast: Cast, ground: Ground) -> None:
    sign_in(client, cast.supervisor_bengkulu, ground.permit)
    page = client.get(ground.permit).get_data(as_text=True)
    assert "Izin tinggal akan habis saat menginap" in page


def test_other_offices_stays_and_findings_are_not_on_it(
    client: FlaskClient, cast: Cast, ground: Ground
) -> None:
    sign_in(client, cast.supervisor_blitar, ground.permit)
    page = client.get(ground.permit).get_data(as_text=True)
    assert "Hotel Pantai Panjang" not in page
    assert "Tidak ada laporan menginap yang cocok" in page


@pytest.mark.parametrize(
    "terms",
    [
        {"permit_number": "2a11 kb0001", "issuing_state": "SWE"},
        {"permit_number": "2A11KB0001"},
        {"document_number": "j1112223"},
        {
            "name": "Maria Ericsson",
            "birth_date-year": "1974",
            "birth_date-month": "8",
            "birth_date-day": "12",
        },
        {"name": "Eriksson Ana", "nationality": "SWE"},
    ],
)
def test_a_permit_is_found(
    client: FlaskClient, cast: Cast, ground: Ground, terms: dict[str, str]
) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    page = found(client, **terms)
    assert ground.permit in page
    assert "ANA MARIA ERIKSSON" in page


@pytest.mark.parametrize(
    "terms",
    [
        {"permit_number": "2A11KB0001", "issuing_state": "NOR"},
        {"document_number": "X999999"},
        {"name": "Peter Lind", "nationality": "SWE"},
    ],
)
def test_what_is_not_there_is_not_found(
    client: FlaskClient, cast: Cast, ground: Ground, terms: dict[str, str]
) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    assert "Tidak ada izin tinggal yang cocok" in found(client, **terms)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({}, "Isi nomor izin, nomor dokumen, atau nama"),
        ({"name": "Eriksson"}, "Nama saja terlalu luas"),
        ({"permit_number": "---"}, "huruf"),
        ({"permit_number": "X1", "purpose": ""}, "Wajib diisi."),
        ({"permit_number": "X1", "issuing_state": "QQQ"}, "Pilih"),
    ],
)
def test_bad_terms_are_said_at_the_field(
    client: FlaskClient, cast: Cast, terms: dict[str, str], words: str
) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    answer = client.post_form(SEARCH, {"purpose": PURPOSE, **terms})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert words in page
    for value in (one for name, one in terms.items() if name == "name" and one):
        assert f'value="{value}"' in page


def test_a_search_is_ones_own_and_can_be_changed(
    client: FlaskClient, cast: Cast, ground: Ground
) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    answer = client.post_form(SEARCH, {"purpose": PURPOSE, "document_number": "J1112223"})
    address = answer.headers["Location"]
    search_id = address.rpartition("/")[2]
    assert "J1112223" in client.get(f"{SEARCH}?from={search_id}").get_data(as_text=True)
    assert client.get(f"/supervision/searches/{search_id}").status_code == 404
    client.sign_in_as(cast.insarkom_bengkulu)
    assert client.get(address).status_code == 404
    assert client.get(f"{SEARCH}?from={search_id}").status_code == 404


def test_an_old_search_has_expired(client: FlaskClient, cast: Cast, ground: Ground) -> None:
    from apoa.base.clock import pretend

    client.sign_in_as(cast.supervisor_bengkulu)
    with pretend(now() - LIFETIME):
        client.sign_in_as(cast.supervisor_bengkulu)
        answer = client.post_form(SEARCH, {"purpose": PURPOSE, "document_number": "J1112223"})
    client.sign_in_as(cast.supervisor_bengkulu)
    assert client.get(answer.headers["Location"]).status_code == 410


@pytest.mark.parametrize("name", ["clerk_a", "manager_ab", "stranger"])
def test_lodgings_find_nothing_here(
    client: FlaskClient, cast: Cast, ground: Ground, name: str
) -> None:
    client.sign_in_as(cast.users[name])
    assert client.get(ground.permit).status_code == 404
    assert client.get(SEARCH).status_code == 404
    assert client.post_form(SEARCH, {"purpose": PURPOSE}).status_code == 404


def test_strangers_methods_forgeries_and_nothing(
    client: FlaskClient, cast: Cast, ground: Ground
) -> None:
    assert "/sign-in" in client.get(ground.permit).headers["Location"]
    client.sign_in_as(cast.auditor)
    assert client.get(f"{SEARCH}/{UUID(int=5)}").status_code == 404
    assert client.delete(ground.permit).status_code == 405
    assert client.post(SEARCH, data={"purpose": PURPOSE}).status_code == 400
    assert client.post(ground.permit, data={"purpose": PURPOSE}).status_code == 400
