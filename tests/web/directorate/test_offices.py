"""Offices and working areas: seen nationally, changed by the directorate after a look."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from apoa.base.ids import new_id
from apoa.offices.queries import find_office_for_region, get_office
from tests.cast import Cast
from tests.properties.support import read_everywhere

OFFICES = "/directorate/offices"
NEW = {"code": "curup", "name": "Kantor Imigrasi Curup", "office_class": "Kelas III"}
DISTRICT = "17.71.01"


def _text(response: Any) -> str:
    return response.get_data(as_text=True)


def _expected(page: str) -> str:
    found = re.search(r'name="expected" value="(\d+)"', page)
    assert found is not None
    return found.group(1)


def test_offices_are_listed_with_counts(client: FlaskClient, cast: Cast) -> None:
    for name, edits in (("directorate", True), ("auditor", False)):
        client.sign_in_as(cast.users[name])
        page = _text(client.get(OFFICES))
        assert "Kantor Imigrasi Kelas I TPI Bengkulu" in page
        assert ("Tambah kantor" in page) is edits
        page = _text(client.get(f"{OFFICES}/{cast.office_bengkulu}"))
        assert "Kota Bengkulu, Bengkulu" in page
        assert ("Lepaskan" in page) is edits


@pytest.mark.parametrize("name", ["head_bengkulu", "insarkom_bengkulu", "manager_ab", "stranger"])
def test_others_have_no_such_page(client: FlaskClient, cast: Cast, name: str) -> None:
    client.sign_in_as(cast.users[name])
    assert client.get(OFFICES).status_code == 404
    assert client.get(f"{OFFICES}/{cast.office_bengkulu}").status_code == 404
    assert client.post_form(OFFICES, NEW).status_code == 404


def test_the_auditor_changes_nothing(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.auditor)
    address = f"{OFFICES}/{cast.office_bengkulu}"
    area = {"region_code": DISTRICT}
    assert client.post_form(OFFICES, NEW).status_code == 403
    assert client.post_form(f"{address}/rename", NEW).status_code == 403
    assert client.post_form(f"{address}/areas", area).status_code == 403
    assert client.post_form(f"{address}/areas/remove", area | {"expected": "0"}).status_code == 403


def test_an_office_is_added_and_renamed(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    response = client.post_form(OFFICES, NEW)
    assert response.status_code == 303
    address = response.headers["Location"]
    assert "Belum ada wilayah kerja" in _text(client.get(address))
    renamed = {"name": "Kantor Imigrasi Rejang Lebong", "office_class": "Kelas III"}
    assert client.post_form(f"{address}/rename", renamed).status_code == 303
    assert "Kantor Imigrasi Rejang Lebong" in _text(client.get(address))


def test_faults_of_an_office(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    response = client.post_form(OFFICES, NEW | {"code": "X Y", "name": ""})
    assert response.status_code == 422
    assert "Wajib diisi." in _text(response)
    response = client.post_form(OFFICES, NEW | {"code": "blitar"})
    assert "sudah dipakai kantor lain" in _text(response)
    assert 'value="Kantor Imigrasi Curup"' in _text(response)
    address = f"{OFFICES}/{cast.office_bengkulu}/rename"
    taken = {"name": get_office(cast.office_blitar).name, "office_class": "Kelas I"}
    assert client.post_form(address, taken).status_code == 422


def test_an_area_is_given_after_a_look(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    address = f"{OFFICES}/{cast.office_blitar}/areas"
    response = client.post_form(address, {"region_code": DISTRICT})
    page = _text(response)
    assert response.status_code == 200
    assert "2 tempat penginapan pindah dari Kantor Imigrasi Kelas I TPI Bengkulu ke" in page
    assert find_office_for_region(DISTRICT) == cast.office_bengkulu
    confirmed = {"region_code": DISTRICT, "expected": _expected(page)}
    assert client.post_form(address, confirmed).status_code == 303
    assert read_everywhere(cast.property_a).office_id == cast.office_blitar
    page = _text(client.get(f"{OFFICES}/{cast.office_blitar}"))
    assert DISTRICT in page
    assert "2 tempat penginapan pindah" in page


def test_an_area_is_taken_after_a_look(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    address = f"{OFFICES}/{cast.office_bengkulu}/areas/remove"
    page = _text(client.post_form(address, {"region_code": "17.71"}))
    assert "2 tempat penginapan akan tanpa kantor" in page
    assert 'name="expected"' not in page
    refused = client.post_form(address, {"region_code": "17.71", "expected": "0"})
    assert refused.status_code == 409
    page = _text(client.post_form(address, {"region_code": "17.02"}))
    assert "Tidak ada tempat penginapan yang pindah" in page
    confirmed = client.post_form(address, {"region_code": "17.02", "expected": "0"})
    assert confirmed.status_code == 303
    assert find_office_for_region("17.02") is None


def test_a_count_that_changed_is_shown_anew(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    address = f"{OFFICES}/{cast.office_blitar}/areas"
    response = client.post_form(address, {"region_code": DISTRICT, "expected": "1"})
    assert response.status_code == 409
    assert _expected(_text(response)) == "2"
    assert find_office_for_region(DISTRICT) == cast.office_bengkulu


def test_faults_of_an_area(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    address = f"{OFFICES}/{cast.office_bengkulu}/areas"
    for code in ("", "99", "17.71"):
        response = client.post_form(address, {"region_code": code})
        assert response.status_code == 422
        assert "Kesalahan:" in _text(response)


def test_regions_are_found_without_javascript(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    asked = {"region_code-query": "rejang lebong", "region_code-search": "1"}
    response = client.post_form(f"{OFFICES}/{cast.office_bengkulu}/areas", asked)
    assert response.status_code == 200
    assert "Kabupaten Rejang Lebong, Bengkulu" in _text(response)


def test_anonymous_wrong_method_csrf_and_unknown(client: FlaskClient, cast: Cast) -> None:
    assert client.get(OFFICES).headers["Location"].startswith("/sign-in")
    client.sign_in_as(cast.directorate)
    assert client.get(f"{OFFICES}/{cast.office_blitar}/areas").status_code == 405
    assert client.post(OFFICES, data=NEW).status_code == 400
    assert client.get(f"{OFFICES}/{new_id()}").status_code == 404
    unknown = client.post_form(f"{OFFICES}/{new_id()}/areas", {"region_code": DISTRICT})
    assert unknown.status_code == 404
