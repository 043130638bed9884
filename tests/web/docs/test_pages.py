"""The pages for developers: every guide, every call, every error code, in both languages."""

import re

import pytest
from flask.testing import FlaskClient

from apoa.api.openapi.document import document
from apoa.api.problems import API_PROBLEMS
from apoa.base.problems import PROBLEMS
from apoa.web.docs.guides import FOLDER, GUIDES

CALLS = [
    described["operationId"]
    for methods in document("https://apoa.example")["paths"].values()
    for described in methods.values()
]


def page(client: FlaskClient, path: str, language: str = "en") -> str:
    response = client.get(path, headers={"Accept-Language": language})
    assert response.status_code == 200, path
    return response.get_data(as_text=True)


def links(html: str) -> set[str]:
    return set(re.findall(r'href="(/api/docs[^"#]*)', html))


def test_every_guide_is_written() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == {one.slug for one in GUIDES}


@pytest.mark.parametrize("language", ["id", "en"])
def test_everything_is_reached_from_the_first_page(client: FlaskClient, language: str) -> None:
    home = page(client, "/api/docs/", language)
    assert {f"/api/docs/guides/{one.slug}" for one in GUIDES} <= links(home)
    assert {f"/api/docs/calls/{one}" for one in CALLS} <= links(home)
    assert "/api/docs/errors/" in links(home)


@pytest.mark.parametrize("slug", [one.slug for one in GUIDES])
@pytest.mark.parametrize("language", ["id", "en"])
def test_links_of_a_guide_lead_somewhere(client: FlaskClient, slug: str, language: str) -> None:
    html = page(client, f"/api/docs/guides/{slug}", language)
    assert '<article lang="en"' in html
    for found in links(html):
        assert client.get(found).status_code == 200, found
    anchors = set(re.findall(r'href="#([^"]+)"', html)) - {"isi"}
    assert anchors <= set(re.findall(r'id="([^"]+)"', html))


def test_a_guide_names_the_address_of_this_system(client: FlaskClient) -> None:
    html = page(client, "/api/docs/guides/quick-start")
    base_url = client.application.extensions["apoa_settings"].base_url
    assert f"APOA={base_url}/api/v1" in html


@pytest.mark.parametrize("call", CALLS)
def test_a_call_shows_what_it_takes_and_answers(client: FlaskClient, call: str) -> None:
    html = page(client, f"/api/docs/calls/{call}")
    assert "curl" in html
    assert "rate-limited" in html


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_every_code_has_its_page_in_both_languages(client: FlaskClient, code: str) -> None:
    for language, words in (("id", PROBLEMS[code].indonesian), ("en", PROBLEMS[code].english)):
        html = page(client, f"/api/docs/errors/{code}", language)
        assert f'<html lang="{language}"' in html
        assert _plain(words) in _plain(re.sub(r"<[^>]+>", " ", html))


def _plain(text: str) -> str:
    return re.sub(r"&#\d+;|[^\w{}]+", " ", text)


def test_the_list_of_codes_names_all_of_them(client: FlaskClient) -> None:
    found = links(page(client, "/api/docs/errors/"))
    assert {f"/api/docs/errors/{code}" for code in {*PROBLEMS, *API_PROBLEMS}} <= found


@pytest.mark.parametrize(
    "path",
    [
        "/api/docs/nothing",
        "/api/docs/guides/nothing",
        "/api/docs/guides/..%2f..%2fREADME",
        "/api/docs/calls/nothing",
        "/api/docs/errors/nothing",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (404, "text/html")


def test_pages_take_no_post(client: FlaskClient) -> None:
    response = client.post_form("/api/docs/")  # type: ignore[attr-defined]
    assert response.status_code == 405
