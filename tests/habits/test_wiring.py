"""The smallest proofs: the system starts, closed pages are closed."""

from flask.testing import FlaskClient

from tests.cast import Cast


def test_home_is_open(client: FlaskClient) -> None:
    assert client.get("/").status_code == 200


def test_closed_pages_lead_to_the_sign_in(client: FlaskClient, cast: Cast) -> None:
    response = client.get(f"/frontdesk/{cast.property_a}/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in")


def test_an_unknown_page_is_404(client: FlaskClient) -> None:
    assert client.get("/nothing/here").status_code == 404
