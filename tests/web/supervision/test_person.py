"""A person's page: after the purpose, with the proof; for nobody else."""

import re

import pytest
from flask.testing import FlaskClient

from apoa.base.ids import new_id
from apoa.stays.amend import amend_stay
from apoa.stays.models import Source
from tests.cast import Cast
from tests.factories import make_report
from tests.supervision.finding import PURPOSE, report


def address_of(cast: Cast, stay_id: object, lodging: str = "property_a") -> str:
    return f"/supervision/stays/{cast.properties[lodging]}/{stay_id}"


def opened(client: FlaskClient, address: str) -> str:
    """The page, after saying why."""
    assert client.post_form(address, {"purpose": PURPOSE}).status_code == 303
    response = client.get(address)
    assert response.status_code == 200
    page: str = response.get_data(as_text=True)
    return page


def test_the_purpose_is_asked_first_and_once(client: FlaskClient, cast: Cast) -> None:
    address = address_of(cast, report(cast).stay_id)
    other = address_of(cast, report(cast, document_number="X1").stay_id)
    client.sign_in_as(cast.supervisor_bengkulu)
    page = client.get(address).get_data(as_text=True)
    assert 'name="purpose"' in page
    assert "ERIKSSON" not in page
    assert "ERIKSSON" in opened(client, address)
    assert "ERIKSSON" in client.get(other).get_data(as_text=True)


def test_an_unfit_purpose_is_refused(client: FlaskClient, cast: Cast) -> None:
    address = address_of(cast, report(cast).stay_id)
    client.sign_in_as(cast.supervisor_bengkulu)
    response = client.post_form(address, {"purpose": " "})
    assert response.status_code == 422
    assert "Wajib diisi." in response.get_data(as_text=True)


def test_the_page_holds_everything(client: FlaskClient, cast: Cast) -> None:
    done = report(cast)
    client.sign_in_as(cast.supervisor_bengkulu)
    page = opened(client, address_of(cast, done.stay_id))
    for text in (
        "ANNA MARIA ERIKSSON",
        "L898902C3",
        "12 Agustus 1974",
        "Swedia (SWE)",
        done.receipt_number,
        "Hotel Pantai Panjang",
        "Kota Bengkulu",
        "Kantor Imigrasi Kelas I TPI Bengkulu",
        PURPOSE,
    ):
        assert text in page
    assert re.search(rf'href="[^"]*/receipts/{done.receipt_number}"', page)
    assert re.search(r"Data per \d+ \w+ \d{4} \d\d\.\d\d WIB", page)


def test_the_proofs_address_is_the_operators_and_not_the_requests(
    client: FlaskClient, cast: Cast
) -> None:
    done = report(cast)
    client.sign_in_as(cast.supervisor_bengkulu)
    page = opened(client, address_of(cast, done.stay_id))
    base_url = client.application.extensions["apoa_settings"].base_url
    assert f"{base_url}/receipts/{done.receipt_number}" in page
    assert "http://localhost" not in page


def test_nobody_is_named_in_links_or_in_the_title(client: FlaskClient, cast: Cast) -> None:
    stay_id = report(cast).stay_id
    report(cast, "property_b")
    client.sign_in_as(cast.supervisor_bengkulu)
    page = opened(client, address_of(cast, stay_id))
    title = re.findall(r"<title>(.*?)</title>", page)[0]
    for text in [*re.findall(r'(?:href|action|src)="([^"]+)"', page), title]:
        for word in ("eriksson", "anna", "l898902c3", "1974"):
            assert word not in text.lower()


def test_versions_show_what_changed_and_can_be_compared(client: FlaskClient, cast: Cast) -> None:
    stay_id = report(cast).stay_id
    for version, room in ((1, "305"), (2, "410")):
        amend_stay(
            cast.act_as("clerk_a"),
            cast.property_a,
            stay_id,
            make_report(room=room),
            expected_version=version,
            source=Source.WEB,
        )
    client.sign_in_as(cast.supervisor_bengkulu)
    address = address_of(cast, stay_id)
    page = opened(client, address)
    assert "Kamar: <del>204</del> → <ins>305</ins>" in page
    assert "Kamar: <del>305</del> → <ins>410</ins>" in page
    compared = client.get(f"{address}?from=3&to=1").get_data(as_text=True)
    assert "Versi 1 dibandingkan dengan versi 3" in compared
    assert "Kamar: <del>204</del> → <ins>410</ins>" in compared
    assert client.get(f"{address}?from=9&to=x").status_code == 200


def test_other_stays_lead_on(client: FlaskClient, cast: Cast) -> None:
    stay_id = report(cast).stay_id
    other = report(cast, "property_b").stay_id
    elsewhere = report(cast, "property_c").stay_id
    client.sign_in_as(cast.supervisor_bengkulu)
    page = opened(client, address_of(cast, stay_id))
    assert address_of(cast, other, "property_b") in page
    assert "Wisma Rafflesia" in page
    assert str(elsewhere) not in page


def test_the_way_back_to_the_hits(client: FlaskClient, cast: Cast) -> None:
    address = address_of(cast, report(cast).stay_id)
    client.sign_in_as(cast.supervisor_bengkulu)
    search_id = new_id()
    opened(client, address)
    page = client.get(f"{address}?search={search_id}").get_data(as_text=True)
    assert f'href="/supervision/searches/{search_id}"' in page


@pytest.mark.parametrize(
    "who", ["supervisor_blitar", "insarkom_blitar", "clerk_a", "clerk_b", "stranger", "auditor"]
)
def test_for_others_there_is_no_such_person(client: FlaskClient, cast: Cast, who: str) -> None:
    address = address_of(cast, report(cast).stay_id)
    client.sign_in_as(cast.users[who])
    assert client.get(address).status_code == 404
    assert client.post_form(address, {"purpose": PURPOSE}).status_code == 404


def test_the_directorate_sees_every_office(client: FlaskClient, cast: Cast) -> None:
    address = address_of(cast, report(cast, "property_c").stay_id, "property_c")
    client.sign_in_as(cast.directorate)
    assert "Penginapan Kelud" in opened(client, address)


def test_a_stay_of_another_lodging_is_not_there(client: FlaskClient, cast: Cast) -> None:
    stay_id = report(cast).stay_id
    client.sign_in_as(cast.supervisor_bengkulu)
    assert client.get(address_of(cast, stay_id, "property_b")).status_code == 404
    assert client.get(address_of(cast, new_id())).status_code == 404
    assert client.get(address_of(cast, "eriksson")).status_code == 404


def test_anonymous_wrong_method_and_missing_token(client: FlaskClient, cast: Cast) -> None:
    address = address_of(cast, report(cast).stay_id)
    assert client.get(address).headers["Location"].startswith("/sign-in")
    client.sign_in_as(cast.supervisor_bengkulu)
    assert client.post(address, data={"purpose": PURPOSE}).status_code == 400
    assert client.delete(address).status_code in (400, 405)
