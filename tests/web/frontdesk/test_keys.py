"""Keys of the lodging's own system: made, shown once, rotated, ended by its manager."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from apoa.access.key_text import KeyText, parse_key
from apoa.base.clock import now, pretend
from tests.api.client import ApiClient
from tests.cast import Cast

KEY = re.compile(r"apoa_(?:live|test)_[a-z2-7]{26}_[\w-]{43}")


def keys_of(cast: Cast, name: str = "property_a") -> str:
    return f"/frontdesk/{cast.properties[name]}/keys"


def form(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Contoh PMS",
        "mode": "test",
        "scopes": ["stays:read", "stays:write"],
        "property_ids": [str(cast.property_a)],
        "life": "365",
    } | changes


@pytest.fixture
def manager(client: FlaskClient, cast: Cast) -> Any:
    client.sign_in_as(cast.manager_ab)  # type: ignore[attr-defined]
    return client


def make(manager: Any, cast: Cast, **changes: Any) -> KeyText:
    answer = manager.post_form(f"{keys_of(cast)}/new", form(cast, **changes))
    assert answer.status_code == 200, answer.get_data(as_text=True)
    made = shown_key(answer)
    assert made is not None
    return made


def shown_key(answer: Any) -> KeyText | None:
    found = KEY.search(answer.get_data(as_text=True))
    return parse_key(found[0]) if found else None


def page_of(cast: Cast, key: KeyText, rest: str = "") -> str:
    return f"{keys_of(cast)}/{key.key_id}{rest}"


def call(app: Flask, cast: Cast, key: KeyText, path: str = "/me") -> int:
    status: int = ApiClient(app, key, cast.property_a).get(path).status_code
    return status


def seen_mark(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_without_keys_the_page_says_what_to_do(manager: Any, cast: Cast) -> None:
    text = manager.get(keys_of(cast)).get_data(as_text=True)
    assert "Belum ada kunci" in text
    assert f'href="{keys_of(cast)}/new"' in text
    menu = manager.get(f"/frontdesk/{cast.property_a}/").get_data(as_text=True)
    assert f'href="{keys_of(cast)}"' in menu


def test_a_key_is_shown_once_and_works(manager: Any, app: Flask, cast: Cast) -> None:
    answer = manager.post_form(f"{keys_of(cast)}/new", form(cast, mode="live"))
    key = shown_key(answer)
    assert key is not None
    assert key.text.startswith("apoa_live_")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers or key.secret not in answer.headers["Set-Cookie"]
    assert call(app, cast, key) == 200
    for path in (keys_of(cast), page_of(cast, key), page_of(cast, key, "/calls")):
        text = manager.get(path).get_data(as_text=True)
        assert key.secret not in text
        assert "Contoh PMS" in text


def test_a_form_sent_twice_makes_one_key(manager: Any, cast: Cast) -> None:
    make(manager, cast)
    answer = manager.post_form(f"{keys_of(cast)}/new", form(cast, name="contoh pms"))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert shown_key(answer) is None
    assert 'href="#name"' in text
    assert 'value="contoh pms"' in text


def test_the_list_says_mode_state_expiry_and_use(manager: Any, app: Flask, cast: Cast) -> None:
    key = make(manager, cast)
    text = manager.get(keys_of(cast)).get_data(as_text=True)
    for words in ("Uji coba", "Aktif", "belum pernah", "Manager Ab"):
        assert words in text
    call(app, cast, key)
    assert "belum pernah" not in manager.get(keys_of(cast)).get_data(as_text=True)
    page = manager.get(page_of(cast, key)).get_data(as_text=True)
    for words in (key.client_id, "stays:write", "Hotel Pantai Panjang", "Dipakai terakhir"):
        assert words in page
    assert "Wisma Rafflesia" not in page


def test_a_key_may_serve_both_lodgings(manager: Any, app: Flask, cast: Cast) -> None:
    both = [str(cast.property_a), str(cast.property_b)]
    key = make(manager, cast, property_ids=both)
    body = ApiClient(app, key, cast.property_a).get("/me").get_json()
    assert {one["id"] for one in body["properties"]} == set(both)
    assert "Contoh PMS" in manager.get(keys_of(cast, "property_b")).get_data(as_text=True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"scopes": []}, "scopes-0"),
        ({"property_ids": []}, "property_ids-0"),
        ({"life": "9000"}, "life-0"),
        ({"life": "selamanya"}, "life-0"),
        ({"mode": "both"}, "mode-0"),
    ],
)
def test_faults_are_told_at_their_field(
    manager: Any, cast: Cast, changes: dict[str, Any], field: str
) -> None:
    answer = manager.post_form(f"{keys_of(cast)}/new", form(cast) | changes)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'href="#{field}"' in text
    assert "Belum ada kunci" in manager.get(keys_of(cast)).get_data(as_text=True)


def test_a_foreign_lodging_is_no_choice(manager: Any, cast: Cast) -> None:
    for other in (str(cast.property_c), str(uuid4()), "nothing"):
        answer = manager.post_form(f"{keys_of(cast)}/new", form(cast, property_ids=[other]))
        assert answer.status_code == 404


def test_rotation_shows_a_new_key_and_keeps_the_old_a_while(
    manager: Any, app: Flask, cast: Cast
) -> None:
    old = make(manager, cast)
    answer = manager.post_form(page_of(cast, old, "/rotate"), {"overlap": "7", "seen": ""})
    new = shown_key(answer)
    assert new is not None
    assert new.key_id == old.key_id
    assert new.secret != old.secret
    assert (call(app, cast, old), call(app, cast, new)) == (200, 200)
    assert "Kunci lama masih berlaku" in manager.get(page_of(cast, old)).get_data(as_text=True)
    with pretend(now() + timedelta(days=8)):
        assert (call(app, cast, old), call(app, cast, new)) == (401, 200)


def test_a_leaked_key_ends_with_its_rotation(manager: Any, app: Flask, cast: Cast) -> None:
    old = make(manager, cast)
    answer = manager.post_form(page_of(cast, old, "/rotate"), {"overlap": "0", "seen": ""})
    new = shown_key(answer)
    assert new is not None
    assert (call(app, cast, old), call(app, cast, new)) == (401, 200)


def test_a_rotation_sent_twice_rotates_once(manager: Any, app: Flask, cast: Cast) -> None:
    old = make(manager, cast)
    sent = {"overlap": "7", "seen": seen_mark(manager.get(page_of(cast, old)).get_data(True))}
    new = shown_key(manager.post_form(page_of(cast, old, "/rotate"), sent))
    assert new is not None
    again = manager.post_form(page_of(cast, old, "/rotate"), sent)
    assert (again.status_code, again.headers["Location"]) == (303, page_of(cast, old))
    assert (call(app, cast, old), call(app, cast, new)) == (200, 200)


def test_an_unknown_overlap_is_refused(manager: Any, app: Flask, cast: Cast) -> None:
    key = make(manager, cast)
    for overlap in ("400", "-1", "", "x"):
        answer = manager.post_form(page_of(cast, key, "/rotate"), {"overlap": overlap, "seen": ""})
        assert answer.status_code == 422
        assert 'href="#overlap-0"' in answer.get_data(as_text=True)
    assert call(app, cast, key) == 200


def test_an_ended_key_is_refused_and_offers_nothing(manager: Any, app: Flask, cast: Cast) -> None:
    key = make(manager, cast)
    assert manager.post_form(page_of(cast, key, "/end")).status_code == 303
    assert call(app, cast, key) == 401
    assert "Diakhiri" in manager.get(keys_of(cast)).get_data(as_text=True)
    assert "/rotate" not in manager.get(page_of(cast, key)).get_data(as_text=True)
    assert manager.post_form(page_of(cast, key, "/end")).status_code == 303
    answer = manager.post_form(page_of(cast, key, "/rotate"), {"overlap": "7", "seen": ""})
    assert answer.status_code == 409
    assert shown_key(answer) is None


def test_calls_are_listed_without_guests(manager: Any, app: Flask, cast: Cast) -> None:
    key = make(manager, cast, scopes=["stays:read"])
    api = ApiClient(app, key, cast.property_a)
    api.get("/me", headers={"X-Request-Id": "asked-by-us"})
    api.post("/me", {"surname": "ERIKSSON"})
    api.get("/nothing/ERIKSSON")
    text = manager.get(page_of(cast, key, "/calls")).get_data(as_text=True)
    for words in ("Melihat kuncinya sendiri", "asked-by-us", "method-not-allowed", "not-found"):
        assert words in text
    assert "/api/docs/errors/method-not-allowed" in text
    assert "ERIKSSON" not in text
    refused = manager.get(page_of(cast, key, "/calls?refused=1")).get_data(as_text=True)
    assert "asked-by-us" not in refused
    assert "not-found" in refused


def test_many_calls_are_paged(manager: Any, app: Flask, cast: Cast) -> None:
    key = make(manager, cast)
    for number in range(55):
        api = ApiClient(app, key, cast.property_a)
        api.get("/me", headers={"X-Request-Id": f"number-{number:02}"})
    first = manager.get(page_of(cast, key, "/calls")).get_data(as_text=True)
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older is not None
    second = manager.get(older[1].replace("&amp;", "&")).get_data(as_text=True)
    on_first, on_second = (set(re.findall(r"number-\d\d", page)) for page in (first, second))
    assert (len(on_first), len(on_second)) == (50, 5)
    assert not on_first & on_second


def test_another_lodgings_key_is_not_here(manager: Any, cast: Cast) -> None:
    key = make(manager, cast, property_ids=[str(cast.property_a)])
    other = f"{keys_of(cast, 'property_b')}/{key.key_id}"
    for path in (other, f"{other}/calls", f"{other}/conformance", page_of(cast, key)[:-1] + "0"):
        assert manager.get(path).status_code == 404
    for path in (f"{other}/rotate", f"{other}/end", f"{other}/conformance"):
        assert manager.post_form(path, {"overlap": "7", "seen": ""}).status_code == 404


def test_a_clerk_may_not_see_keys(manager: Any, cast: Cast) -> None:
    key = make(manager, cast)
    manager.sign_in_as(cast.clerk_a)
    menu = manager.get(f"/frontdesk/{cast.property_a}/").get_data(as_text=True)
    assert keys_of(cast) not in menu
    for path in (keys_of(cast), f"{keys_of(cast)}/new", *_pages(cast, key)):
        assert manager.get(path).status_code == 403, path
    for path in (f"{keys_of(cast)}/new", *_acts(cast, key)):
        assert manager.post_form(path, form(cast)).status_code == 403, path


def test_keys_are_closed_to_others(client: FlaskClient, manager: Any, cast: Cast) -> None:
    key = make(manager, cast)
    for name in ("clerk_b", "clerk_c", "supervisor_bengkulu", "directorate", "stranger"):
        manager.sign_in_as(getattr(cast, name))
        for path in (keys_of(cast), f"{keys_of(cast)}/new", *_pages(cast, key)):
            assert manager.get(path).status_code == 404, (name, path)
        for path in (f"{keys_of(cast)}/new", *_acts(cast, key)):
            assert manager.post_form(path, form(cast)).status_code == 404, (name, path)
    client.delete_cookie("apoa")
    assert client.get(keys_of(cast)).headers["Location"].startswith("/sign-in")


def test_changes_need_a_post_with_its_token(manager: Any, app: Flask, cast: Cast) -> None:
    key = make(manager, cast)
    for path in _acts(cast, key)[:2]:
        assert manager.get(path).status_code == 405
    for path in (f"{keys_of(cast)}/new", *_acts(cast, key)):
        assert manager.post(path, data=form(cast)).status_code == 400
    assert call(app, cast, key) == 200


def test_the_pages_speak_english(manager: Any, cast: Cast) -> None:
    key = make(manager, cast)
    manager.post_form("/language", {"locale": "en", "next": "/"})
    assert "Make a key" in manager.get(keys_of(cast)).get_data(as_text=True)
    assert "Replace the key" in manager.get(page_of(cast, key)).get_data(as_text=True)
    assert "Recent calls" in manager.get(page_of(cast, key, "/calls")).get_data(as_text=True)
    again = manager.post_form(f"{keys_of(cast)}/new", form(cast, name="Lain"))
    assert "Copy it now" in again.get_data(as_text=True)


def _pages(cast: Cast, key: KeyText) -> list[str]:
    return [page_of(cast, key, rest) for rest in ("", "/calls", "/conformance")]


def _acts(cast: Cast, key: KeyText) -> list[str]:
    return [page_of(cast, key, rest) for rest in ("/rotate", "/end", "/conformance")]
