"""The forms around a lost password."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from apoa.access.models import Mail, User
from apoa.access.sessions import list_sessions
from apoa.db.base import db
from tests.cast import Cast

NEW_PASSWORD = "lampu-biru-tiga-sungai"


def test_known_and_unknown_addresses_get_the_same_page(client: FlaskClient, cast: Cast) -> None:
    pages = [
        client.post_form("/forgot-password", {"email": email})
        for email in (
            "clerk_a@example.com",
            "nobody@example.com",
            "not an address",
            "a\0@example.com",
        )
    ]
    assert [page.status_code for page in pages] == [200] * 4
    bodies = {re.sub(r'value="[^"]+"', "", page.text) for page in pages}
    assert len(bodies) == 1
    assert len(db.session.scalars(select(Mail)).all()) == 1


def test_an_address_is_needed(client: FlaskClient) -> None:
    answer = client.post_form("/forgot-password", {"email": " "})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_the_link_of_the_mail_sets_the_password_and_ends_sessions(
    client: FlaskClient, cast: Cast, mailed_path: Any
) -> None:
    client.sign_in_as(cast.clerk_a)
    client.post_form("/forgot-password", {"email": "clerk_a@example.com"})
    path = mailed_path("clerk_a@example.com")
    assert 'autocomplete="new-password"' in client.get(path).text
    answer = client.post_form(path, {"password": NEW_PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert list_sessions(cast.clerk_a) == []
    assert client.get("/account/").status_code == 302
    fields = {"email": "clerk_a@example.com", "password": NEW_PASSWORD}
    assert client.post_form("/sign-in", fields).status_code == 303
    assert client.get(path).status_code == 404
    assert client.post_form(path, {"password": NEW_PASSWORD}).status_code == 404


def test_opening_the_link_changes_nothing(
    client: FlaskClient, cast: Cast, mailed_path: Any
) -> None:
    client.post_form("/forgot-password", {"email": "clerk_a@example.com"})
    path = mailed_path("clerk_a@example.com")
    for _ in range(3):
        assert client.get(path).status_code == 200
    assert db.session.get_one(User, cast.clerk_a).password_hash is None


def test_the_secret_address_is_passed_on_to_nobody(
    client: FlaskClient, cast: Cast, mailed_path: Any
) -> None:
    client.post_form("/forgot-password", {"email": "clerk_a@example.com"})
    answer = client.get(mailed_path("clerk_a@example.com"))
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'href="https' not in answer.text
    assert client.get("/sign-in").headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("password", ["", "pendek", "bismillah123"])
def test_a_weak_password_is_told_at_the_field(
    client: FlaskClient, cast: Cast, mailed_path: Any, password: str
) -> None:
    client.post_form("/forgot-password", {"email": "clerk_a@example.com"})
    path = mailed_path("clerk_a@example.com")
    answer = client.post_form(path, {"password": password})
    assert answer.status_code == 422
    assert 'href="#password"' in answer.text
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("kind", ["reset-password", "verify-email", "invitations"])
def test_a_made_up_link_says_so_and_helps_on(client: FlaskClient, kind: str) -> None:
    for answer in (client.get(f"/{kind}/made-up"), client.post_form(f"/{kind}/made-up")):
        assert answer.status_code == 404
        assert "tidak berlaku lagi" in answer.text
        assert "/sign-in" in answer.text


@pytest.mark.parametrize("path", ["/forgot-password", "/reset-password/x", "/verify-email/x"])
def test_forms_without_token_and_other_methods_are_refused(client: FlaskClient, path: str) -> None:
    assert client.post(path, data={}).status_code == 400
    assert client.put(path).status_code in (400, 405)


def test_a_new_address_is_confirmed_by_its_mail(
    client: FlaskClient, cast: Cast, mailed_path: Any, give_password: Any
) -> None:
    give_password(cast.clerk_a)
    client.sign_in_as(cast.clerk_a)
    fields: dict[str, Any] = {"email": "baru@example.com", "password": "teras-kopi-hujan-42"}
    assert client.post_form("/account/email", fields).status_code == 303
    path = mailed_path("baru@example.com")
    assert client.get(path).status_code == 200
    assert db.session.get_one(User, cast.clerk_a).email == "clerk_a@example.com"
    answer = client.post_form(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/")
    db.session.expire_all()
    assert db.session.get_one(User, cast.clerk_a).email == "baru@example.com"
