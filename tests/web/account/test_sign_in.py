"""The way in and out, as a browser goes it."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from apoa.access.models import User, WebSession
from apoa.access.passwords import PasswordHashing
from apoa.base.clock import now
from apoa.base.ids import hash_token
from apoa.db.base import db
from tests.cast import Cast

PASSWORD = "teras-kopi-hujan-42"
WRONG = "Surel atau kata sandi tidak cocok."


@pytest.fixture
def enter(client: FlaskClient) -> Callable[..., object]:
    """Gives a person the password and signs in with it."""

    def sign_in(user_id: UUID, **fields: str) -> object:
        user = db.session.get_one(User, user_id)
        user.password_hash = PasswordHashing(time_cost=1, memory_kib=8).hash(PASSWORD)
        email = user.email
        db.session.commit()
        return client.post_form("/sign-in", {"email": email, "password": PASSWORD, **fields})

    return sign_in


def session_cookie(client: FlaskClient) -> str | None:
    cookie = client.get_cookie("apoa")
    return cookie.value if cookie else None


def test_the_form_helps_password_managers(client: FlaskClient) -> None:
    page = client.get("/sign-in").get_data(as_text=True)
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("clerk_a", "/frontdesk/{property_a}/"),
        ("manager_ab", "/frontdesk/"),
        ("insarkom_bengkulu", "/officers/"),
        ("directorate", "/officers/"),
        ("auditor", "/officers/"),
        ("stranger", "/account/"),
    ],
)
def test_everybody_lands_at_their_work(
    client: FlaskClient, cast: Cast, enter: Callable[..., object], who: str, where: str
) -> None:
    answer = enter(getattr(cast, who))
    assert answer.status_code == 303
    assert answer.headers["Location"] == where.format(property_a=cast.property_a)
    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts(cast: Cast, enter: Callable[..., object]) -> None:
    answer = enter(cast.clerk_a)
    cookies = answer.headers.getlist("Set-Cookie")
    (cookie,) = [one for one in cookies if one.startswith("apoa=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_one_goes_on_to_where_one_wanted(
    client: FlaskClient, cast: Cast, enter: Callable[..., object]
) -> None:
    answer = client.get("/account/sessions")
    assert answer.headers["Location"] == "/sign-in?next=/account/sessions"
    assert 'value="/account/sessions"' in client.get("/sign-in?next=/account/sessions").text
    answer = enter(cast.clerk_a, next="/account/sessions")
    assert answer.headers["Location"] == "/account/sessions"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "\\\\evil.example",
        "/ok\r\nSet-Cookie: a=b",
    ],
)
def test_nobody_is_sent_to_another_site(
    client: FlaskClient, cast: Cast, enter: Callable[..., object], target: str
) -> None:
    assert enter(cast.auditor, next=target).headers["Location"] == "/officers/"
    assert "evil.example" not in client.get("/sign-in", query_string={"next": target}).text


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("clerk_a@example.com", "wrong-but-long-enough"),
        ("nobody@example.com", PASSWORD),
        ("", ""),
    ],
)
def test_a_refusal_says_one_thing_and_keeps_the_address_alone(
    client: FlaskClient, cast: Cast, email: str, password: str
) -> None:
    answer = client.post_form("/sign-in", {"email": email, "password": password})
    assert answer.status_code == 422
    assert WRONG in answer.text
    assert "<title>Kesalahan:" in answer.text
    if email:
        assert f'value="{email}"' in answer.text
        assert password not in answer.text
    assert session_cookie(client) is None


def test_a_disabled_account_gets_the_same_words(
    client: FlaskClient, cast: Cast, enter: Callable[..., object]
) -> None:
    db.session.get_one(User, cast.clerk_a).disabled_at = now()
    answer = enter(cast.clerk_a)
    assert answer.status_code == 422
    assert WRONG in answer.text


def test_a_session_planted_before_is_worth_nothing_after(
    client: FlaskClient, cast: Cast, enter: Callable[..., object]
) -> None:
    client.set_cookie("apoa", "planted", domain="localhost")
    enter(cast.clerk_a)
    token = session_cookie(client)
    assert token not in (None, "planted")
    rows = db.session.scalars(select(WebSession)).all()
    assert [row.token_hash for row in rows] == [hash_token(str(token))]


def test_signing_in_again_makes_a_new_session_and_ends_the_old_one(
    client: FlaskClient, cast: Cast, enter: Callable[..., object]
) -> None:
    enter(cast.clerk_a)
    first = session_cookie(client)
    assert "Anda sudah masuk sebagai" in client.get("/sign-in").text
    enter(cast.clerk_a)
    second = session_cookie(client)
    assert first != second
    client.set_cookie("apoa", str(first), domain="localhost")
    assert client.get("/account/").status_code == 302


def test_a_form_of_before_the_sign_in_is_refused_after_it(
    client: FlaskClient, cast: Cast, enter: Callable[..., object]
) -> None:
    planted = client.csrf_token()
    enter(cast.clerk_a)
    answer = client.post("/account/profile", data={"csrf_token": planted, "name": "Ibu Sari"})
    assert answer.status_code == 400


def test_signing_out_ends_the_session_on_the_server(
    client: FlaskClient, cast: Cast, enter: Callable[..., object]
) -> None:
    enter(cast.clerk_a)
    token = session_cookie(client)
    answer = client.post_form("/sign-out")
    assert answer.status_code == 303
    assert session_cookie(client) is None
    client.set_cookie("apoa", str(token), domain="localhost")
    assert client.get("/account/").status_code == 302


def test_who_is_not_signed_in_may_sign_out(client: FlaskClient) -> None:
    assert client.post_form("/sign-out").status_code == 303


def test_signing_out_takes_a_press_of_the_button(client: FlaskClient) -> None:
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 400


def test_signing_in_without_the_form_s_token_is_refused(client: FlaskClient) -> None:
    assert client.post("/sign-in", data={"email": "a@example.com"}).status_code == 400


def test_too_many_tries_are_told_when_to_come_back(client: FlaskClient, cast: Cast) -> None:
    token = client.csrf_token()
    fields = {"csrf_token": token, "email": "clerk_a@example.com", "password": "wrong"}
    for _ in range(10):
        assert client.post("/sign-in", data=fields).status_code == 422
    answer = client.post("/sign-in", data=fields)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 90
