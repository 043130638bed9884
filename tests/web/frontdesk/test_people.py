"""Who reports for the lodging: seen, invited and removed by its manager."""

import re

from flask.testing import FlaskClient

from tests.cast import Cast


def people(cast: Cast) -> str:
    return f"/frontdesk/{cast.property_a}/people"


def shown(client: FlaskClient, cast: Cast) -> str:
    answer = client.get(people(cast))
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_manager_sees_everybody_of_this_lodging(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.manager_ab)
    text = shown(client, cast)
    assert "clerk_a@example.com" in text
    assert "manager_ab@example.com" in text
    assert "clerk_b@example.com" not in text
    assert "Tidak ada undangan yang menunggu" in text


def test_an_invitation_is_sent_seen_and_withdrawn(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.manager_ab)
    invited = {"email": "baru@example.com", "role": "clerk"}
    answer = client.post_form(f"{people(cast)}/invite", invited)
    assert (answer.status_code, answer.headers["Location"]) == (303, people(cast))
    text = shown(client, cast)
    assert "baru@example.com" in text
    withdraw = re.search(r'action="([^"]+/withdraw)"', text)
    assert withdraw
    assert client.post_form(withdraw[1]).status_code == 303
    assert "baru@example.com" not in shown(client, cast)


def test_faults_of_an_invitation_are_told(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.manager_ab)
    for email, role, field in (
        ("bukan alamat", "clerk", "email"),
        ("clerk_a@example.com", "clerk", "email"),
        ("x@example.com", "directorate", "role-0"),
    ):
        answer = client.post_form(f"{people(cast)}/invite", {"email": email, "role": role})
        text = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert f'href="#{field}"' in text
        assert f'value="{email}"' in text


def test_a_removed_clerk_is_kept_out_at_once(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.manager_ab)
    answer = client.post_form(f"{people(cast)}/{cast.clerk_a}/remove")
    assert answer.status_code == 303
    assert "clerk_a@example.com" not in shown(client, cast)
    client.sign_in_as(cast.clerk_a)
    assert client.get(f"/frontdesk/{cast.property_a}/").status_code == 404


def test_the_last_manager_stays(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.manager_ab)
    client.post_form(f"{people(cast)}/{cast.manager_ab}/remove")
    text = shown(client, cast)
    assert "manager_ab@example.com" in text
    assert "notice-error" in text


def test_an_invitation_of_another_lodging_is_not_withdrawn_here(
    client: FlaskClient, cast: Cast
) -> None:
    client.sign_in_as(cast.manager_ab)
    other = f"/frontdesk/{cast.property_b}/people"
    client.post_form(f"{other}/invite", {"email": "baru@example.com", "role": "clerk"})
    page = client.get(other).get_data(as_text=True)
    path = re.search(r'action="[^"]+(/invitations/[^"]+/withdraw)"', page)
    assert path
    assert client.post_form(people(cast) + path[1]).status_code == 404
    assert "baru@example.com" in client.get(other).get_data(as_text=True)


def test_a_clerk_may_not_manage_people(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    assert client.get(people(cast)).status_code == 403
    invited = {"email": "baru@example.com", "role": "clerk"}
    assert client.post_form(f"{people(cast)}/invite", invited).status_code == 403
    assert client.post_form(f"{people(cast)}/{cast.clerk_a}/remove").status_code == 403
    assert (
        client.post_form(f"{people(cast)}/invitations/{cast.clerk_a}/withdraw").status_code == 403
    )


def test_people_are_closed_to_others(client: FlaskClient, cast: Cast) -> None:
    assert client.get(people(cast)).headers["Location"].startswith("/sign-in")
    for name in ("clerk_b", "clerk_c", "supervisor_bengkulu", "directorate", "stranger"):
        client.sign_in_as(getattr(cast, name))
        assert client.get(people(cast)).status_code == 404, name
        assert client.post_form(f"{people(cast)}/invite", {}).status_code == 404, name


def test_changes_need_a_post_with_its_token(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.manager_ab)
    assert client.get(f"{people(cast)}/invite").status_code == 405
    assert client.post(f"{people(cast)}/invite", data={"email": "a@b.cd"}).status_code == 400
    assert client.get(f"{people(cast)}/{cast.clerk_a}/remove").status_code == 405


def test_the_page_speaks_english(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.manager_ab)
    client.post_form("/language", {"locale": "en", "next": "/"})
    assert "Send the invitation" in shown(client, cast)
