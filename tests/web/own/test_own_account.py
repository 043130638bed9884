"""The pages about one's own account."""

from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from apoa.access.models import User, WebSession
from apoa.access.passwords import PasswordHashing
from apoa.access.sessions import list_sessions, open_session
from apoa.db.base import db
from apoa.web.own.device import device_name
from tests.cast import Cast

PASSWORD = "teras-kopi-hujan-42"
NEW_PASSWORD = "lampu-biru-tiga-sungai"
PAGES = [
    "/account/",
    "/account/profile",
    "/account/password",
    "/account/email",
    "/account/sessions",
]
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"


@pytest.fixture
def clerk(client: FlaskClient, cast: Cast) -> UUID:
    """clerk_a, signed in here, with a password."""
    user = db.session.get_one(User, cast.clerk_a)
    user.password_hash = PasswordHashing(time_cost=1, memory_kib=8).hash(PASSWORD)
    db.session.commit()
    client.sign_in_as(cast.clerk_a)
    return cast.clerk_a


def elsewhere(user_id: UUID) -> UUID:
    """Another session of the person."""
    user = db.session.get_one(User, user_id)
    open_session(user, absolute_hours=1, user_agent=CHROME, address="192.0.2.7")
    statement = select(WebSession.id).order_by(WebSession.id.desc())
    return db.session.scalars(statement).first()


@pytest.mark.parametrize("path", PAGES)
def test_every_role_has_these_pages_and_nobody_else(
    client: FlaskClient, cast: Cast, path: str
) -> None:
    assert client.get(path).headers["Location"].startswith("/sign-in")
    for who in ("clerk_a", "manager_ab", "insarkom_bengkulu", "directorate", "stranger"):
        client.sign_in_as(getattr(cast, who))
        assert client.get(path).status_code == 200


def test_the_account_says_who_one_is(client: FlaskClient, clerk: UUID) -> None:
    page = client.get("/account/").text
    for words in ("Clerk A", "clerk_a@example.com", "Petugas resepsionis", "Hotel Pantai Panjang"):
        assert words in page


def test_name_and_language_are_saved_and_count_at_once(client: FlaskClient, clerk: UUID) -> None:
    answer = client.post_form("/account/profile", {"name": "Ibu Sari", "locale": "en"})
    assert answer.status_code == 303
    page = client.get("/account/").text
    assert "Ibu Sari" in page
    assert '<html lang="en"' in page


@pytest.mark.parametrize(
    ("path", "fields", "field"),
    [
        ("/account/profile", {"name": "", "locale": "id"}, "name"),
        ("/account/profile", {"name": "Ibu Sari", "locale": "xx"}, "locale-0"),
        ("/account/password", {"old_password": "x", "new_password": NEW_PASSWORD}, "old_password"),
        ("/account/password", {"old_password": PASSWORD, "new_password": "x"}, "new_password"),
        ("/account/email", {"email": "no address", "password": PASSWORD}, "email"),
        ("/account/email", {"email": "a@example.com", "password": "x"}, "password"),
    ],
)
def test_faults_stand_at_their_field(
    client: FlaskClient, clerk: UUID, path: str, fields: dict[str, str], field: str
) -> None:
    answer = client.post_form(path, fields)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert PASSWORD not in answer.text


@pytest.mark.parametrize("path", [*PAGES[1:4], "/account/sessions/end-others"])
def test_forms_need_their_token(client: FlaskClient, clerk: UUID, path: str) -> None:
    assert client.post(path, data={}).status_code == 400


@pytest.mark.parametrize("path", PAGES)
def test_other_methods_are_refused(client: FlaskClient, clerk: UUID, path: str) -> None:
    assert client.delete(path).status_code in (400, 405)


def test_a_new_password_ends_the_other_sessions(client: FlaskClient, clerk: UUID) -> None:
    elsewhere(clerk)
    fields = {"old_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert client.post_form("/account/password", fields).status_code == 303
    assert client.get("/account/").status_code == 200
    assert len(list_sessions(clerk)) == 1


def test_sessions_are_listed_and_this_one_is_marked(client: FlaskClient, clerk: UUID) -> None:
    elsewhere(clerk)
    page = client.get("/account/sessions").text
    assert "Chrome, Windows" in page
    assert "192.0.2.7" in page
    assert page.count("Sesi ini") == 1


def test_one_session_is_ended(client: FlaskClient, clerk: UUID) -> None:
    other = elsewhere(clerk)
    assert client.post_form(f"/account/sessions/{other}/end").status_code == 303
    assert len(list_sessions(clerk)) == 1
    assert client.post_form(f"/account/sessions/{other}/end").status_code == 404


def test_a_session_of_another_person_is_not_found(
    client: FlaskClient, clerk: UUID, cast: Cast
) -> None:
    other = elsewhere(cast.clerk_b)
    assert client.post_form(f"/account/sessions/{other}/end").status_code == 404
    assert len(list_sessions(cast.clerk_b)) == 1


def test_all_other_sessions_are_ended(client: FlaskClient, clerk: UUID, cast: Cast) -> None:
    elsewhere(clerk)
    elsewhere(clerk)
    elsewhere(cast.clerk_b)
    assert client.post_form("/account/sessions/end-others").status_code == 303
    assert len(list_sessions(clerk)) == 1
    assert len(list_sessions(cast.clerk_b)) == 1
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (CHROME, "Chrome, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0", "Firefox, Linux"),
        ("curl/8", "Perangkat tidak dikenal"),
        (None, "Perangkat tidak dikenal"),
    ],
)
def test_devices_are_named(client: FlaskClient, user_agent: str | None, name: str) -> None:
    with client.application.test_request_context():
        assert device_name(user_agent) == name
