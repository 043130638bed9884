"""What every answer carries: a strict policy, no caching of pages, small bodies."""

import gzip

import pytest
from flask.testing import FlaskClient

GZIP = {"Accept-Encoding": "gzip"}
STATIC = "/static/vendor/bootstrap-5.3.9/bootstrap.min.css"


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nothing"])
def test_pages_forbid_inline_code_framing_and_caching(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Request-Id"]


def test_fingerprinted_files_are_kept_for_ever(client: FlaskClient) -> None:
    with client.get(STATIC + "?v=abc") as named, client.get(STATIC) as bare:
        assert "immutable" in named.headers["Cache-Control"]
        assert "immutable" not in bare.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/", STATIC])
def test_text_is_compressed_for_who_takes_it(client: FlaskClient, path: str) -> None:
    plain = client.get(path, headers={"Accept-Encoding": "identity"}, buffered=True)
    packed = client.get(path, headers=GZIP, buffered=True)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data)
    if path == STATIC:
        assert gzip.decompress(packed.data) == plain.data


def test_the_size_of_a_page_tells_nothing(client: FlaskClient) -> None:
    sizes = {len(client.get("/", headers=GZIP).data) for _ in range(12)}
    assert len(sizes) > 1


def test_cookies_are_http_only_and_same_site(client: FlaskClient) -> None:
    for cookie in client.get("/").headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
