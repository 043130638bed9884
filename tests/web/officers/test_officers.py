"""What all officers share: home, colleagues."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from apoa.access.models import Invitation, User
from apoa.db.base import db
from tests.cast import Cast

OFFICERS = [
    "insarkom_bengkulu",
    "supervisor_bengkulu",
    "head_bengkulu",
    "directorate",
    "auditor",
]
LINKS = {
    "insarkom_bengkulu": {"/insarkom/registrations", "/insarkom/properties", "/supervision/search"},
    "supervisor_bengkulu": {"/supervision/search"},
    "head_bengkulu": {"/insarkom/registrations", "/officers/people", "/officers/audit"},
    "directorate": {"/directorate/offices", "/directorate/deadlines", "/officers/people"},
    "auditor": {"/officers/audit", "/insarkom/registrations"},
}
PATHS = ["/officers/", "/officers/people", "/officers/audit"]


def invitations() -> list[Invitation]:
    return list(db.session.scalars(select(Invitation)))


@pytest.mark.parametrize("who", OFFICERS)
def test_home_leads_to_the_work_of_the_role(client: FlaskClient, cast: Cast, who: str) -> None:
    client.sign_in_as(getattr(cast, who))
    page = client.get("/officers/").text
    main = page[page.index("<main") :]
    for url in LINKS[who]:
        assert f'href="{url}"' in main
    for url in set().union(*LINKS.values()) - LINKS[who]:
        if f'href="{url}"' in main:
            assert client.get(url).status_code == 200, "a link that this role may not follow"


def test_home_counts_what_waits(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.insarkom_bengkulu)
    assert "0 menunggu" in client.get("/officers/").text


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("who", ["clerk_a", "manager_ab", "stranger"])
def test_lodging_people_do_not_see_that_these_pages_exist(
    client: FlaskClient, cast: Cast, path: str, who: str
) -> None:
    client.sign_in_as(getattr(cast, who))
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_strangers_are_led_to_the_sign_in(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("insarkom_bengkulu", "/officers/people"),
        ("supervisor_bengkulu", "/officers/people"),
        ("auditor", "/officers/people"),
        ("insarkom_bengkulu", "/officers/audit"),
        ("supervisor_bengkulu", "/officers/audit"),
    ],
)
def test_officers_without_that_task_are_refused(
    client: FlaskClient, cast: Cast, who: str, path: str
) -> None:
    client.sign_in_as(getattr(cast, who))
    assert client.get(path).status_code == 403


def test_a_head_sees_the_own_office_alone(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.head_bengkulu)
    page = client.get("/officers/people").text
    assert "insarkom_bengkulu@example.com" in page
    assert "blitar" not in page.lower()
    assert 'value="head_of_office"' not in page
    assert client.get(f"/officers/people?office={cast.office_blitar}").status_code == 404
    assert client.get("/officers/people?office=nonsense").status_code == 404


def test_the_directorate_chooses_an_office(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    assert "auditor@example.com" in client.get("/officers/people").text
    page = client.get(f"/officers/people?office={cast.office_blitar}").text
    assert "insarkom_blitar@example.com" in page
    assert 'value="head_of_office"' in page


def test_a_head_invites_and_withdraws(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.head_bengkulu)
    fields = {"email": "baru@example.com", "role": "supervision"}
    answer = client.post_form("/officers/people", fields)
    assert answer.status_code == 303
    (row,) = invitations()
    assert (row.office_id, row.role) == (cast.office_bengkulu, "supervision")
    row_id = row.id
    assert "baru@example.com" in client.get(answer.headers["Location"]).text
    assert client.post_form(f"/officers/invitations/{row_id}/withdraw").status_code == 303
    assert "baru@example.com" not in client.get("/officers/people").text
    assert client.post_form(f"/officers/invitations/{row_id}/withdraw").status_code == 404


@pytest.mark.parametrize(
    ("fields", "href"),
    [
        ({"email": "", "role": "supervision"}, "#email"),
        ({"email": "no address", "role": "supervision"}, "#email"),
        ({"email": "baru@example.com"}, "#role-0"),
        ({"email": "insarkom_bengkulu@example.com", "role": "insarkom"}, "#email"),
        ({"email": "baru@example.com", "role": "clerk"}, "#role-0"),
    ],
)
def test_a_faulty_invitation_is_told_and_kept(
    client: FlaskClient, cast: Cast, fields: dict[str, str], href: str
) -> None:
    client.sign_in_as(cast.head_bengkulu)
    answer = client.post_form("/officers/people", fields)
    assert answer.status_code == 422
    assert f'href="{href}"' in answer.text
    assert f'value="{fields["email"]}"' in answer.text
    assert invitations() == []


def test_a_head_does_not_appoint_a_head(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.head_bengkulu)
    fields = {"email": "baru@example.com", "role": "head_of_office"}
    assert client.post_form("/officers/people", fields).status_code == 403


def test_a_colleague_is_disabled_and_enabled(client: FlaskClient, cast: Cast) -> None:
    colleague = client.application.test_client()
    colleague.sign_in_as(cast.supervisor_bengkulu)
    client.sign_in_as(cast.head_bengkulu)
    path = f"/officers/people/{cast.supervisor_bengkulu}"
    assert client.post_form(f"{path}/disable").status_code == 303
    assert colleague.get("/officers/").status_code == 302
    assert "Aktifkan" in client.get("/officers/people").text
    assert client.post_form(f"{path}/enable").status_code == 303
    db.session.expire_all()
    assert db.session.get_one(User, cast.supervisor_bengkulu).disabled_at is None


def test_one_s_own_account_is_not_disabled(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.head_bengkulu)
    answer = client.post_form(
        f"/officers/people/{cast.head_bengkulu}/disable", follow_redirects=True
    )
    assert "akun sendiri" in answer.text
    assert client.get("/officers/").status_code == 200


@pytest.mark.parametrize("act", ["disable", "enable"])
def test_officers_of_another_office_are_not_found(
    client: FlaskClient, cast: Cast, act: str
) -> None:
    client.sign_in_as(cast.head_bengkulu)
    path = f"/officers/people/{cast.insarkom_blitar}/{act}"
    assert client.post_form(path).status_code == 404
    assert client.post(path).status_code == 400
    assert client.get(path).status_code == 405
