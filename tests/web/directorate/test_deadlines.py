"""The deadline's rules: seen and added by the directorate."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from apoa.base.clock import today
from apoa.base.ids import new_id
from tests.cast import Cast

DEADLINES = "/directorate/deadlines"


def _text(response: Any) -> str:
    return response.get_data(as_text=True)


def _form(days: int = 7, **changes: str) -> dict[str, str]:
    day = today("Asia/Jakarta") + timedelta(days=days)
    return {
        "office_id": "",
        "hours": "12",
        "effective_from-day": str(day.day),
        "effective_from-month": str(day.month),
        "effective_from-year": str(day.year),
    } | changes


def test_rules_are_listed_and_added(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    page = _text(client.get(DEADLINES))
    assert "Semua kantor" in page
    assert "24" in page
    office = {"office_id": str(cast.office_blitar)}
    assert client.post_form(DEADLINES, _form(**office)).status_code == 303
    page = _text(client.get(DEADLINES))
    assert "Akan berlaku" in page
    assert ">12<" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"hours": ""},
        {"hours": "dua"},
        {"hours": "0"},
        {"hours": "721"},
        {"hours": "99999999999999"},
        {"effective_from-day": "31", "effective_from-month": "2"},
        {"effective_from-day": "", "effective_from-month": "", "effective_from-year": ""},
    ],
)
def test_faults(client: FlaskClient, cast: Cast, changes: dict[str, str]) -> None:
    client.sign_in_as(cast.directorate)
    response = client.post_form(DEADLINES, _form(**changes))
    assert response.status_code == 422
    assert "Kesalahan:" in _text(response)


def test_the_past_twice_and_unknown_offices(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    assert client.post_form(DEADLINES, _form(days=-1)).status_code == 422
    assert client.post_form(DEADLINES, _form()).status_code == 303
    assert client.post_form(DEADLINES, _form()).status_code == 409
    assert client.post_form(DEADLINES, _form(office_id=str(new_id()))).status_code == 404
    assert client.post_form(DEADLINES, _form(office_id="nonsense")).status_code == 404


def test_nobody_else(client: FlaskClient, cast: Cast) -> None:
    assert client.get(DEADLINES).headers["Location"].startswith("/sign-in")
    for name, status in (("auditor", 403), ("head_bengkulu", 404), ("manager_ab", 404)):
        client.sign_in_as(cast.users[name])
        assert client.get(DEADLINES).status_code == status
        assert client.post_form(DEADLINES, _form()).status_code == status


def test_wrong_method_and_csrf(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    assert client.delete(DEADLINES).status_code in (400, 405)
    assert client.post(DEADLINES, data=_form()).status_code == 400
