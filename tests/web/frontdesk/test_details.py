"""The manager's page with the lodging's own data."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.db.scope import scope
from apoa.properties.content import read_content
from apoa.properties.models import Property
from tests.cast import EVERYWHERE, Cast
from tests.properties.support import event_kinds, read_everywhere


def _text(response: Any) -> str:
    return response.get_data(as_text=True)


def _address(cast: Cast) -> str:
    return f"/frontdesk/{cast.property_a}/details"


def _form(cast: Cast, **changes: str) -> dict[str, str]:
    return read_content(read_everywhere(cast.property_a)) | changes


def test_the_manager_sees_and_changes_the_data(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.manager_ab)
    page = _text(client.get(_address(cast)))
    assert 'value="Hotel Pantai Panjang"' in page
    assert 'value="17.71.01.1001" checked' in page
    response = client.post_form(_address(cast), _form(cast, rooms="33"))
    assert response.status_code == 303
    assert read_everywhere(cast.property_a).rooms == 33
    assert event_kinds(cast.property_a) == ["edited"]


def test_faults_are_told_and_nothing_typed_is_lost(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.manager_ab)
    response = client.post_form(_address(cast), _form(cast, rooms="0", name="Hotel Baru"))
    assert response.status_code == 422
    assert 'value="Hotel Baru"' in _text(response)
    assert 'href="#rooms"' in _text(response)
    unchanged = client.post_form(_address(cast), _form(cast))
    assert unchanged.status_code == 422
    assert "Tidak ada yang diubah." in _text(unchanged)


def test_a_stale_page_is_a_conflict(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.manager_ab)
    response = client.post_form(_address(cast), _form(cast, rooms="33", seen=str(new_id())))
    assert response.status_code == 409
    assert "sudah diubah orang lain" in _text(response)


def test_regions_are_found_without_javascript(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.manager_ab)
    asked = _form(cast) | {"region_code-query": "ratu samban", "region_code-search": "1"}
    response = client.post_form(_address(cast), asked)
    assert response.status_code == 200
    assert "Ratu Samban, Kota Bengkulu" in _text(response)
    assert event_kinds(cast.property_a) == []


def test_a_closed_lodging_is_only_shown(client: FlaskClient, cast: Cast) -> None:
    with scope(EVERYWHERE):
        session().get_one(Property, cast.property_a).state = "closed"
        session().commit()
    client.sign_in_as(cast.manager_ab)
    assert "tidak dapat diubah" in _text(client.get(_address(cast)))
    assert client.post_form(_address(cast), _form(cast, rooms="33")).status_code == 409


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("clerk_a", 403),
        ("clerk_b", 404),
        ("clerk_c", 404),
        ("stranger", 404),
        ("insarkom_bengkulu", 404),
        ("directorate", 404),
    ],
)
def test_nobody_else(client: FlaskClient, cast: Cast, name: str, status: int) -> None:
    client.sign_in_as(cast.users[name])
    assert client.get(_address(cast)).status_code == status
    assert client.post_form(_address(cast), _form(cast, rooms="33")).status_code == status
    assert read_everywhere(cast.property_a).rooms == 20


def test_anonymous_wrong_method_and_csrf(client: FlaskClient, cast: Cast) -> None:
    assert client.get(_address(cast)).headers["Location"].startswith("/sign-in")
    client.sign_in_as(cast.manager_ab)
    assert client.delete(_address(cast)).status_code in (400, 405)
    assert client.post(_address(cast), data=_form(cast)).status_code == 400
