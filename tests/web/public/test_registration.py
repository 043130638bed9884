"""The public pages of registration: the form, the region search without JavaScript, the links."""

import re
from typing import Any

import pytest
from flask import url_for
from flask.testing import FlaskClient

from apoa.db.scope import NOTHING, set_scope
from apoa.properties.links import PropertyLinks
from apoa.properties.review import ask_back
from tests.cast import Cast
from tests.properties.support import (
    FORM,
    LINKS,
    mails_to,
    read_everywhere,
    registration,
    submitted,
)
from tests.properties.support import newest_token as token_of

_LINK = re.compile(r"/register/(?:verify|correct)/([\w-]+)")


def _newest_token() -> str:
    found = _LINK.search(mails_to("siti@example.com")[-1].body or "")
    assert found is not None
    return found.group(1)


def _text(response: Any) -> str:
    return response.get_data(as_text=True)


def test_the_form_is_open_in_both_languages(client: FlaskClient) -> None:
    assert "Daftarkan tempat penginapan" in _text(client.get("/register"))
    client.post_form("/language", {"locale": "en", "next": "/register"})
    assert "Register a lodging" in _text(client.get("/register"))


def test_a_registration_goes_from_the_form_to_the_office(client: FlaskClient, cast: Cast) -> None:
    response = client.post_form("/register", FORM)
    assert response.status_code == 303
    assert response.headers["Location"] == "/register/sent"
    assert client.get("/register/sent").status_code == 200
    token = _newest_token()
    page = _text(client.get(f"/register/verify/{token}"))
    assert "Homestay Bunga Kibut" in page
    assert mails_to("insarkom_bengkulu@example.com") == []
    response = client.post_form(f"/register/verify/{token}")
    assert response.status_code == 303
    assert "Diajukan" in _text(client.get(response.headers["Location"]))
    assert len(mails_to("insarkom_bengkulu@example.com")) == 1


def test_a_used_link_says_so(client: FlaskClient) -> None:
    client.post_form("/register", FORM)
    token = _newest_token()
    client.post_form(f"/register/verify/{token}")
    response = client.post_form(f"/register/verify/{token}")
    assert response.status_code == 303
    assert "sudah dipakai" in _text(client.get(f"/register/verify/{token}"))


def test_a_link_can_be_sent_again(client: FlaskClient) -> None:
    client.post_form("/register", FORM)
    response = client.post_form(f"/register/verify/{_newest_token()}/resend")
    assert response.headers["Location"] == "/register/sent"
    assert len(mails_to("siti@example.com")) == 2
    assert client.post_form("/register/verify/nonsense/resend").status_code == 303


@pytest.mark.parametrize("path", ["/register/verify/nonsense", "/register/correct/nonsense"])
def test_an_unknown_link_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post_form(path, FORM).status_code == 404


def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(client: FlaskClient) -> None:
    bad = FORM | {"nib": "123", "rooms": "", "name": "Homestay <b>Bunga</b>", "region_code": ""}
    response = client.post_form("/register", bad)
    page = _text(response)
    assert response.status_code == 422
    assert "Kesalahan:" in page
    assert "NIB terdiri dari tepat 13 angka." in page
    assert 'href="#nib"' in page
    assert "Homestay &lt;b&gt;Bunga&lt;/b&gt;" in page
    assert "Wajib diisi." in page
    assert mails_to("siti@example.com") == []


def test_a_region_without_an_office_is_told_at_the_region(client: FlaskClient) -> None:
    response = client.post_form("/register", FORM | {"region_code": "31.71.01.1001"})
    assert response.status_code == 422
    assert "belum dapat dilakukan" in _text(response)
    assert "Kota Bengkulu" in _text(response)


def test_regions_are_found_without_javascript(client: FlaskClient) -> None:
    asked = FORM | {
        "region_code": "",
        "region_code-query": "ratu samban",
        "region_code-search": "1",
    }
    response = client.post_form("/register", asked)
    page = _text(response)
    assert response.status_code == 200
    assert 'value="17.71.07"' in page
    assert "Ratu Samban, Kota Bengkulu, Bengkulu" in page
    assert 'value="Siti Rahmawati"' in page
    assert mails_to("siti@example.com") == []


def test_enter_with_a_typed_region_offers_what_was_found(client: FlaskClient) -> None:
    response = client.post_form(
        "/register", FORM | {"region_code": "", "region_code-query": "ratu samban"}
    )
    assert response.status_code == 422
    assert 'value="17.71.07"' in _text(response)


def test_too_many_registrations_wait(client: FlaskClient) -> None:
    for _ in range(5):
        assert client.post_form("/register", FORM).status_code == 303
    assert client.post_form("/register", FORM).status_code == 429


def test_wrong_methods_and_a_missing_token(client: FlaskClient) -> None:
    assert client.put("/register").status_code in (400, 405)
    assert client.post("/register", data=FORM).status_code == 400
    assert client.delete("/regions").status_code in (400, 405)
    assert client.post_form("/register/sent").status_code == 405


def test_the_json_names_districts_and_villages(client: FlaskClient) -> None:
    items = client.get("/regions?q=ratu+samban").get_json()["items"]
    assert items == [{"code": "17.71.07", "label": "Ratu Samban, Kota Bengkulu, Bengkulu"}]
    assert client.get("/regions?q=a").get_json() == {"items": []}
    assert client.get("/regions").get_json() == {"items": []}
    codes = [one["code"] for one in client.get("/regions?q=bengkulu").get_json()["items"]]
    assert all(len(code) >= 8 for code in codes)


def _asked_back(cast: Cast) -> str:
    property_id = submitted()
    ask_back(cast.act_as("insarkom_bengkulu"), property_id, links=LINKS, reason="Nomor rumah?")
    set_scope(NOTHING)
    return token_of()


def test_a_correction_is_prefilled_and_sent_again(client: FlaskClient, cast: Cast) -> None:
    token = _asked_back(cast)
    page = _text(client.get(f"/register/correct/{token}"))
    assert "Nomor rumah?" in page
    assert "Jalan Kebun Ros 12" in page
    assert 'value="17.71.07.1001" checked' in page
    response = client.post_form(f"/register/correct/{token}", FORM | {"address": "Jalan Ros 12 A"})
    assert response.headers["Location"] == "/register/corrected"
    assert client.get("/register/corrected").status_code == 200
    again = client.get(f"/register/correct/{token}")
    assert "sudah dipakai" in _text(again)
    assert "Jalan Ros" not in _text(again)
    assert client.post_form(f"/register/correct/{token}", FORM).status_code == 409


def test_a_faulty_correction_is_shown_again(client: FlaskClient, cast: Cast) -> None:
    token = _asked_back(cast)
    response = client.post_form(f"/register/correct/{token}", FORM | {"phone": "x"})
    assert response.status_code == 422
    assert "Nomor rumah?" in _text(response)
    searching = FORM | {"region_code-search": "1", "region_code-query": "selebar"}
    response = client.post_form(f"/register/correct/{token}", searching)
    assert response.status_code == 200
    assert "Selebar" in _text(response)


def test_mails_name_pages_that_exist(client: FlaskClient, cast: Cast) -> None:
    links = PropertyLinks("")
    with client.application.test_request_context():
        assert links.verify("x") == url_for("public.verify_link", token="x")
        assert links.correct("x") == url_for("public.correct_link", token="x")
        assert links.sign_in() == url_for("account.sign_in")
        assert links.review(cast.property_a) == url_for(
            "insarkom.registration", property_id=cast.property_a
        )
        match = client.application.url_map.bind("").match(links.accept_invitation("x"))
    assert match[0].startswith("account.")


def test_mail_links_do_not_follow_the_host_header(client: FlaskClient) -> None:
    token = client.csrf_token()
    client.post("/register", data=FORM | {"csrf_token": token}, headers={"Host": "localhost"})
    assert "http://127.0.0.1" in (mails_to("siti@example.com")[0].body or "")


def test_what_is_stored_is_what_was_typed(client: FlaskClient, cast: Cast) -> None:
    property_id = submitted()
    lodging = read_everywhere(property_id)
    wanted = registration()
    assert (lodging.name, lodging.nib, lodging.rooms) == (wanted.name, wanted.nib, wanted.rooms)
