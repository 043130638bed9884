"""Keys of an office's own system: made, shown once, ended, by whom."""

import re
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from apoa.access.api_models import ApiKey
from tests.cast import EVERYWHERE, Cast, db, scope

KEYS = "/insarkom/permit-keys"


def _text(response: Any) -> str:
    return response.get_data(as_text=True)


def _keys() -> list[tuple[UUID, UUID | None, bool]]:
    with scope(EVERYWHERE):
        found = [
            (one.id, one.office_id, one.ended_at is None)
            for one in db.session.scalars(select(ApiKey))
        ]
        db.session.rollback()
    return found


@pytest.mark.parametrize("name", ["insarkom_bengkulu", "head_bengkulu"])
def test_a_key_is_made_shown_once_and_ended(client: FlaskClient, cast: Cast, name: str) -> None:
    client.sign_in_as(cast.users[name])
    page = _text(client.post_form(KEYS, {"name": "Sistem kantor", "life": "90"}))
    assert re.search(r"apoa_live_\S+", page)
    [(key_id, office_id, is_live)] = _keys()
    assert (office_id, is_live) == (cast.office_bengkulu, True)
    page = _text(client.get(KEYS))
    assert "Sistem kantor" in page
    assert "apoa_live_" not in page
    assert client.post_form(f"{KEYS}/{key_id}/end").status_code == 303
    assert _keys() == [(key_id, cast.office_bengkulu, False)]


def test_faults_are_said_at_their_fields(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.insarkom_bengkulu)
    response = client.post_form(KEYS, {"name": "", "life": "9999"})
    page = _text(response)
    assert response.status_code == 422
    assert "Beri nama 1 sampai 120 karakter." in page
    assert "Masa berlaku harus" in page
    client.post_form(KEYS, {"name": "Sistem", "life": "90"})
    assert "nama ini" in _text(client.post_form(KEYS, {"name": "sistem", "life": "90"}))
    assert len(_keys()) == 1


def test_who_may_not(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.insarkom_bengkulu)
    client.post_form(KEYS, {"name": "Sistem", "life": "90"})
    [(key_id, _, _)] = _keys()
    for name, status in (
        ("directorate", 403),
        ("auditor", 403),
        ("insarkom_blitar", 200),
        ("supervisor_bengkulu", 404),
        ("manager_ab", 404),
        ("stranger", 404),
    ):
        client.sign_in_as(cast.users[name])
        assert client.get(KEYS).status_code == status, name
        ended = client.post_form(f"{KEYS}/{key_id}/end").status_code
        assert ended == (404 if status == 200 else ended)
        assert ended in (403, 404)
    assert _keys()[0][2]


def test_anonymous_and_csrf(client: FlaskClient, cast: Cast) -> None:
    assert client.get(KEYS).status_code == 302
    client.sign_in_as(cast.insarkom_bengkulu)
    assert client.post(KEYS, data={"name": "Sistem", "life": "90"}).status_code == 400
    assert _keys() == []
