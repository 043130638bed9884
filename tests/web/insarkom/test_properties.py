"""The office's lodgings: list, page, suspension, closing and opening again."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from apoa.base.ids import new_id
from tests.cast import Cast
from tests.properties.support import read_everywhere

LIST = "/insarkom/properties"
REASON = "Tidak pernah melapor"


def _text(response: Any) -> str:
    return response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("insarkom_bengkulu", {"Hotel Pantai Panjang", "Wisma Rafflesia"}),
        ("insarkom_blitar", {"Penginapan Kelud"}),
        ("directorate", {"Hotel Pantai Panjang", "Wisma Rafflesia", "Penginapan Kelud"}),
        ("auditor", {"Hotel Pantai Panjang", "Wisma Rafflesia", "Penginapan Kelud"}),
    ],
)
def test_everybody_sees_their_own(
    client: FlaskClient, cast: Cast, name: str, seen: set[str]
) -> None:
    client.sign_in_as(cast.users[name])
    page = _text(client.get(LIST))
    every = {"Hotel Pantai Panjang", "Wisma Rafflesia", "Penginapan Kelud"}
    assert {one for one in every if one in page} == seen
    assert f"{len(seen)} tempat penginapan" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("name=raff", 1),
        ("type=hotel", 2),
        ("type=villa", 0),
        ("type=nonsense", 2),
        ("state=suspended", 0),
        ("region_code=17.71.01.1002", 1),
        ("region_code=nonsense", 2),
        ("name=panjang&type=hotel&state=approved&region_code=17", 1),
    ],
)
def test_filters_in_the_address(client: FlaskClient, cast: Cast, query: str, count: int) -> None:
    client.sign_in_as(cast.insarkom_bengkulu)
    page = _text(client.get(f"{LIST}?{query}"))
    assert f"{count} tempat penginapan" in page


def test_the_region_filter_works_without_javascript(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.insarkom_bengkulu)
    query = "region_code-query=kota+bengkulu&region_code-search=1"
    assert 'value="17.71"' in _text(client.get(f"{LIST}?{query}"))
    items = client.get("/insarkom/regions?q=kota+bengkulu").get_json()["items"]
    assert items[0]["code"] == "17.71"


def test_a_page_with_people_and_history(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.insarkom_bengkulu)
    page = _text(client.get(f"{LIST}/{cast.property_a}"))
    assert "manager_ab@example.com" in page
    assert "clerk_a@example.com" in page
    assert "clerk_b@example.com" not in page
    assert "Tangguhkan tempat penginapan" in page
    assert "Aktifkan tempat penginapan" not in page


def test_suspending_resuming_closing_and_opening(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.insarkom_bengkulu)
    address = f"{LIST}/{cast.property_a}"
    for act, state in (
        ("suspend", "suspended"),
        ("resume", "approved"),
        ("close", "closed"),
        ("reopen", "approved"),
    ):
        response = client.post_form(f"{address}/{act}", {f"{act}-reason": REASON})
        assert response.status_code == 303
        assert read_everywhere(cast.property_a).state == state
    page = _text(client.get(address))
    assert page.count(REASON) == 4
    assert "Insarkom Bengkulu" in page


def test_a_step_that_is_not_possible_is_a_conflict(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.head_bengkulu)
    response = client.post_form(f"{LIST}/{cast.property_a}/resume", {"resume-reason": REASON})
    assert response.status_code == 409
    assert "Tidak dapat dilakukan" in _text(response)


def test_a_reason_is_needed(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.insarkom_bengkulu)
    response = client.post_form(f"{LIST}/{cast.property_a}/suspend", {"suspend-reason": "no"})
    assert response.status_code == 422
    assert 'href="#suspend-reason"' in _text(response)
    assert "no</textarea>" in _text(response)
    assert read_everywhere(cast.property_a).state == "approved"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("insarkom_blitar", 404),
        ("supervisor_bengkulu", 404),
        ("manager_ab", 404),
        ("stranger", 404),
        ("directorate", 403),
        ("auditor", 403),
    ],
)
def test_nobody_else_changes_a_state(
    client: FlaskClient, cast: Cast, name: str, status: int
) -> None:
    client.sign_in_as(cast.users[name])
    response = client.post_form(f"{LIST}/{cast.property_a}/close", {"close-reason": REASON})
    assert response.status_code == status
    assert read_everywhere(cast.property_a).state == "approved"
    if status == 404:
        assert client.get(f"{LIST}/{cast.property_a}").status_code == 404


def test_anonymous_wrong_method_csrf_and_unknown(client: FlaskClient, cast: Cast) -> None:
    assert client.get(LIST).headers["Location"].startswith("/sign-in")
    client.sign_in_as(cast.insarkom_bengkulu)
    assert client.get(f"{LIST}/{cast.property_a}/close").status_code == 405
    assert client.post(f"{LIST}/{cast.property_a}/close").status_code == 400
    assert client.get(f"{LIST}/{new_id()}").status_code == 404
