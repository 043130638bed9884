"""How invited people come in."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from apoa.access.invitations import invite
from apoa.access.models import User
from apoa.access.roles import Role
from apoa.db.base import db
from apoa.db.scope import NOTHING, set_scope
from apoa.web.account.links import invitation_link, reset_password_link, verify_email_link
from tests.cast import Cast

NEW = "baru@example.com"
PASSWORD = "teras-kopi-hujan-42"


@pytest.fixture
def invited(cast: Cast, mailed_path: Any) -> Any:
    """Invites an address to the lodging and gives the path of the link."""

    def send(email: str = NEW, role: str = "clerk") -> str:
        actor = cast.act_as("manager_ab")
        invite(actor, email, role, property_id=cast.property_a, link=invitation_link)
        set_scope(NOTHING)
        path: str = mailed_path(email)
        return path

    return send


def test_the_page_says_to_what_one_is_invited(client: FlaskClient, invited: Any) -> None:
    answer = client.get(invited())
    for words in ("Hotel Pantai Panjang", "Petugas resepsionis", NEW):
        assert words in answer.text
    assert answer.headers["Referrer-Policy"] == "strict-origin"


def test_a_new_person_makes_an_account_and_is_at_work(
    client: FlaskClient, cast: Cast, invited: Any
) -> None:
    path = invited()
    answer = client.post_form(path, {"name": "Ibu Sari", "password": PASSWORD})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/frontdesk/{cast.property_a}/"
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get(path).status_code == 404


def test_the_page_s_language_becomes_the_account_s(client: FlaskClient, invited: Any) -> None:
    client.post_form("/language", {"locale": "en", "next": "/"})
    client.post_form(invited(), {"name": "Ibu Sari", "password": PASSWORD})
    user = db.session.query(User).filter_by(email=NEW).one()
    assert user.locale == "en"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": "", "password": PASSWORD}, "name"),
        ({"name": "Ibu Sari", "password": "pendek"}, "password"),
        ({"name": "Ibu Sari", "password": "pantai-panjang"}, "password"),
    ],
)
def test_faults_stand_at_their_field_and_the_name_is_kept(
    client: FlaskClient, invited: Any, fields: dict[str, str], field: str
) -> None:
    path = invited()
    answer = client.post_form(path, fields)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'value="{fields["name"]}"' in answer.text
    assert fields["password"] not in answer.text
    assert client.get(path).status_code == 200


def test_who_has_an_account_joins_with_its_password(
    client: FlaskClient, cast: Cast, invited: Any, give_password: Any
) -> None:
    give_password(cast.clerk_c)
    path = invited("clerk_c@example.com")
    assert 'autocomplete="current-password"' in client.get(path).text
    answer = client.post_form(path, {"password": "wrong-but-long-enough"})
    assert answer.status_code == 422
    assert 'href="#password"' in answer.text
    answer = client.post_form(path, {"password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/frontdesk/")
    assert cast.actor("clerk_c").property_roles[cast.property_a] is Role.CLERK


def test_who_is_signed_in_joins_by_a_press_of_the_button(
    client: FlaskClient, cast: Cast, invited: Any, give_password: Any
) -> None:
    give_password(cast.clerk_a)
    client.sign_in_as(cast.clerk_a)
    path = invited("clerk_a@example.com", "manager")
    assert "password" not in client.get(path).text
    answer = client.post_form(path)
    assert answer.status_code == 303
    assert cast.actor("clerk_a").property_roles == {cast.property_a: Role.MANAGER}


def test_who_is_signed_in_as_another_is_told_and_becomes_the_invited(
    client: FlaskClient, cast: Cast, invited: Any
) -> None:
    client.sign_in_as(cast.clerk_c)
    path = invited()
    assert "sedang masuk sebagai Clerk C" in client.get(path).text
    client.post_form(path, {"name": "Ibu Sari", "password": PASSWORD})
    assert cast.actor("clerk_c").property_roles == {cast.property_c: Role.CLERK}
    assert NEW in client.get("/account/").text


def test_an_account_that_must_sign_in_is_not_taken_over_by_a_new_password(
    client: FlaskClient, cast: Cast, invited: Any, give_password: Any
) -> None:
    path = invited("clerk_c@example.com")
    give_password(cast.clerk_c, "milik-sendiri-sejak-dulu")
    answer = client.post_form(path, {"name": "Penyusup", "password": PASSWORD})
    assert answer.status_code == 422
    assert db.session.get_one(User, cast.clerk_c).name == "Clerk C"


def test_an_invitation_takes_the_form_s_token(client: FlaskClient, invited: Any) -> None:
    path = invited()
    assert client.post(path, data={"name": "Ibu", "password": PASSWORD}).status_code == 400
    assert client.delete(path).status_code in (400, 405)


def test_the_links_of_mails_lead_to_pages(client: FlaskClient) -> None:
    for make in (invitation_link, reset_password_link, verify_email_link):
        path = "/" + make("made-up").split("/", 3)[3]
        assert "tidak berlaku lagi" in client.get(path).text
