"""Webhooks of the lodging: registered, changed, tested and ended by its manager."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from apoa.stays.models import Source
from apoa.stays.report import report_stay
from tests.cast import Cast
from tests.factories import make_report
from tests.webhooks.conftest import (  # noqa: F401 - fixtures
    Listen,
    Register,
    api_caller,
    everything,
    receiver,
    register,
    work,
)
from tests.webhooks.receiver import Receiver, status

SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{44}")


def hooks(cast: Cast, rest: str = "") -> str:
    return f"/frontdesk/{cast.property_a}/webhooks{rest}"


def form(**changes: Any) -> dict[str, Any]:
    return {
        "url": "https://pms.example.com/hook",
        "events": ["stay.accepted", "stay.cancelled"],
        "description": "PMS",
        "mode": "live",
    } | changes


@pytest.fixture
def manager(client: FlaskClient, cast: Cast) -> Any:
    client.sign_in_as(cast.manager_ab)  # type: ignore[attr-defined]
    return client


def register_by_form(manager: Any, cast: Cast, **changes: Any) -> tuple[str, str]:
    """The page of the new endpoint, and its secret."""
    answer = manager.post_form(hooks(cast, "/new"), form(**changes))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200, text
    page = re.search(rf'href="({hooks(cast)}/[0-9a-f-]{{36}})"', text)
    secret = SECRET.search(text.replace("&#43;", "+"))
    assert page
    assert secret
    return page[1], secret[0]


def text_of(manager: Any, path: str) -> str:
    answer = manager.get(path)
    assert answer.status_code == 200
    text: str = answer.get_data(as_text=True)
    return text


def test_without_webhooks_the_page_says_what_to_do(manager: Any, cast: Cast) -> None:
    text = text_of(manager, hooks(cast))
    assert "Belum ada alamat" in text
    assert f'href="{hooks(cast)}/new"' in text
    assert f'href="{hooks(cast)}"' in text_of(manager, f"/frontdesk/{cast.property_a}/keys")


def test_an_address_is_registered_and_its_secret_shown_once(manager: Any, cast: Cast) -> None:
    page, secret = register_by_form(manager, cast)
    for path in (page, hooks(cast)):
        text = text_of(manager, path)
        assert "https://pms.example.com/hook" in text
        assert secret not in text
    assert "stay.cancelled" in text_of(manager, page)


def test_a_form_sent_twice_registers_once(manager: Any, cast: Cast) -> None:
    register_by_form(manager, cast)
    answer = manager.post_form(hooks(cast, "/new"), form())
    assert answer.status_code == 422
    assert "sudah terdaftar" in answer.get_data(as_text=True)
    register_by_form(manager, cast, mode="test")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"url": ""}, "url"),
        ({"url": "http://pms.example.com/"}, "url"),
        ({"url": "https://192.168.1.1/"}, "url"),
        ({"url": "https://u:p@pms.example.com/"}, "url"),
        ({"events": []}, "events-0"),
        ({"mode": "both"}, "mode-0"),
        ({"description": "x" * 121}, "description"),
    ],
)
def test_faults_stand_at_their_field_and_input_is_kept(
    manager: Any, cast: Cast, changes: dict[str, Any], field: str
) -> None:
    answer = manager.post_form(hooks(cast, "/new"), form(**changes))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'href="#{field}"' in text
    assert f'value="{changes.get("url", form()["url"])}"' in text
    assert everything("SELECT * FROM webhook_endpoints") == []


def test_there_is_a_most(manager: Any, cast: Cast) -> None:
    for number in range(10):
        register_by_form(manager, cast, url=f"https://pms.example.com/{number}")
    answer = manager.post_form(hooks(cast, "/new"), form())
    assert answer.status_code == 409
    assert "Paling banyak 10" in answer.get_data(as_text=True)


def test_it_is_changed(manager: Any, cast: Cast) -> None:
    page, _ = register_by_form(manager, cast)
    text = text_of(manager, f"{page}/edit")
    assert 'value="https://pms.example.com/hook"' in text
    assert "checked" in text
    changed = form(url="https://new.example.com/", events=["stay.amended"], description="")
    answer = manager.post_form(f"{page}/edit", changed)
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    text = text_of(manager, page)
    assert "https://new.example.com/" in text
    assert "stay.amended" in text
    assert "stay.accepted" not in text
    answer = manager.post_form(f"{page}/edit", form(url="https://10.0.0.1/"))
    assert answer.status_code == 422
    assert 'href="#url"' in answer.get_data(as_text=True)


def test_it_is_disabled_and_made_active(manager: Any, cast: Cast) -> None:
    page, _ = register_by_form(manager, cast)
    assert manager.post_form(f"{page}/state", {"state": "disabled"}).status_code == 303
    text = text_of(manager, page)
    assert "Dinonaktifkan oleh pengelola" in text
    assert f"{page}/test" not in text
    manager.post_form(f"{page}/test")
    assert "dinonaktifkan" in text_of(manager, page)
    assert manager.post_form(f"{page}/state", {"state": "active"}).status_code == 303
    assert f"{page}/test" in text_of(manager, page)
    manager.post_form(f"{page}/state", {"state": "asleep"})
    assert "notice-error" in text_of(manager, page)


def test_a_secret_is_replaced_once(manager: Any, cast: Cast) -> None:
    page, secret = register_by_form(manager, cast)
    answer = manager.post_form(f"{page}/secret", {"overlap": "24", "seen": ""})
    new = SECRET.search(answer.get_data(as_text=True).replace("&#43;", "+"))
    assert new
    assert new[0] != secret
    again = manager.post_form(f"{page}/secret", {"overlap": "24", "seen": ""})
    assert again.status_code == 303
    text = text_of(manager, page)
    assert "hanya ditampilkan sekali" in text
    seen = re.search(r'name="seen" value="([^"]+)"', text)
    assert seen
    answer = manager.post_form(f"{page}/secret", {"overlap": "5", "seen": seen[1]})
    assert answer.status_code == 422


def test_deliveries_are_seen_and_sent_again(
    manager: Any,
    cast: Cast,
    receiver: Receiver,  # noqa: F811
    work: Callable[[], None],  # noqa: F811
) -> None:
    receiver.answer = lambda handler, number: status(500 if number == 1 else 204, b"oh")(
        handler, number
    )
    page, _ = register_by_form(manager, cast, url=receiver.url)
    clerk = cast.act_as("clerk_a")
    stay = report_stay(clerk, cast.property_a, make_report(client_ref="R-7"), source=Source.WEB)
    work()
    text = text_of(manager, page)
    assert f'href="/frontdesk/{cast.property_a}/stays/{stay.stay_id}"' in text
    assert "R-7" in text
    assert "500" in text
    assert "oh" in text
    assert "ERIKSSON" not in text
    assert "Kiriman tidak diterima" in text
    replay = re.search(r'action="([^"]+/replay)"', text)
    assert replay
    assert manager.post_form(replay[1]).status_code == 303
    work()
    text = text_of(manager, page)
    assert "2 ×" in text
    assert "Kiriman tidak diterima" not in text
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 1
    assert manager.post_form(f"{page}/deliveries/{uuid4()}/replay").status_code == 404


def test_a_test_is_sent(
    manager: Any,
    cast: Cast,
    receiver: Receiver,  # noqa: F811
    work: Callable[[], None],  # noqa: F811
) -> None:
    page, _ = register_by_form(manager, cast, url=receiver.url, mode="test")
    assert manager.post_form(f"{page}/test").status_code == 303
    work()
    assert len(receiver.received) == 1
    assert "Uji coba" in text_of(manager, page)


def test_a_long_list_has_pages(
    manager: Any,
    cast: Cast,
    receiver: Receiver,  # noqa: F811
) -> None:
    page, _ = register_by_form(manager, cast, url=receiver.url)
    for _ in range(23):
        manager.post_form(f"{page}/test")
    older = re.search(r'rel="next" href="([^"]+)"', text_of(manager, page))
    assert older
    text = text_of(manager, older[1].replace("&amp;", "&"))
    assert text.count("/replay") == 3
    assert 'rel="prev"' in text


def test_it_is_deleted(manager: Any, cast: Cast) -> None:
    page, _ = register_by_form(manager, cast)
    answer = manager.post_form(f"{page}/delete")
    assert (answer.status_code, answer.headers["Location"]) == (303, hooks(cast))
    assert manager.get(page).status_code == 404
    assert "Belum ada alamat" in text_of(manager, hooks(cast))


def test_of_a_keys_endpoint_only_the_lodging_is_taken_away(
    manager: Any,
    cast: Cast,
    register: Register,  # noqa: F811
    api_caller: Listen,  # noqa: F811
) -> None:
    caller = api_caller(property_ids=[cast.property_a, cast.property_b])
    made = register(actor=caller)
    manager.sign_in_as(cast.manager_ab)
    page = hooks(cast, f"/{made.view.endpoint_id}")
    text = text_of(manager, page)
    assert "lewat kunci API" in text
    assert "Ganti rahasia" not in text
    for rest, data in (
        ("/edit", form()),
        ("/secret", {"overlap": "0", "seen": ""}),
        ("/state", {"state": "disabled"}),
    ):
        answer = manager.post_form(page + rest, data)
        assert answer.status_code in (303, 409), rest
    [row] = everything("SELECT url, state, previous_secret_sealed FROM webhook_endpoints")
    assert (row.url, row.state, row.previous_secret_sealed) == (made.view.url, "active", None)
    assert manager.post_form(f"{page}/delete").status_code == 303
    left = everything("SELECT property_id FROM webhook_subscriptions")
    assert [row.property_id for row in left] == [cast.property_b]
    [row] = everything("SELECT ended_at FROM webhook_endpoints")
    assert row.ended_at is None


GETS = ["", "/new", "/{id}", "/{id}/edit"]
POSTS = ["/new", "/{id}/edit", "/{id}/state", "/{id}/secret", "/{id}/test", "/{id}/delete"]


def test_it_is_closed_to_others(client: Any, manager: Any, cast: Cast) -> None:
    page, _ = register_by_form(manager, cast)
    endpoint_id = page.rpartition("/")[2]
    gets = [hooks(cast, one.format(id=endpoint_id)) for one in GETS]
    posts = [hooks(cast, one.format(id=endpoint_id)) for one in POSTS]
    posts.append(f"{page}/deliveries/{uuid4()}/replay")
    others = ("clerk_a", "clerk_b", "clerk_c", "supervisor_bengkulu", "directorate", "stranger")
    for name in others:
        client.sign_in_as(getattr(cast, name))
        wanted = 403 if name == "clerk_a" else 404
        for path in gets:
            assert client.get(path).status_code == wanted, (name, path)
        for path in posts:
            assert client.post_form(path, {}).status_code == wanted, (name, path)
    [row] = everything("SELECT state, ended_at FROM webhook_endpoints")
    assert tuple(row) == ("active", None)


def test_an_endpoint_of_another_lodging_is_not_here(manager: Any, cast: Cast) -> None:
    page, _ = register_by_form(manager, cast)
    endpoint_id = page.rpartition("/")[2]
    other = f"/frontdesk/{cast.property_b}/webhooks"
    assert manager.get(f"{other}/{endpoint_id}").status_code == 404
    assert manager.post_form(f"{other}/{endpoint_id}/delete").status_code == 404
    assert endpoint_id not in text_of(manager, other)


def test_strangers_are_led_to_sign_in(client: Any, cast: Cast) -> None:
    assert client.get(hooks(cast)).headers["Location"].startswith("/sign-in")


def test_changes_need_a_post_with_its_token(manager: Any, cast: Cast) -> None:
    page, _ = register_by_form(manager, cast)
    for rest in ("/state", "/secret", "/test", "/delete"):
        assert manager.get(page + rest).status_code == 405
        assert manager.post(page + rest, data={}).status_code == 400
    assert manager.post(hooks(cast, "/new"), data=form()).status_code == 400


def test_the_pages_speak_english(manager: Any, cast: Cast) -> None:
    page, _ = register_by_form(manager, cast)
    manager.post_form("/language", {"locale": "en", "next": "/"})
    assert "Register an address" in text_of(manager, hooks(cast))
    assert "report was accepted" in text_of(manager, hooks(cast, "/new"))
    assert "Send a test" in text_of(manager, page)
