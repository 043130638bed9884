"""Faulty requests, each with its status, code and pointer; none is a fault of ours."""

import gzip
import json
import zlib
from typing import Any

import pytest

from apoa.api.request_body import MAX_BODY_BYTES
from apoa.stays.models import Stay
from tests.api.client import ApiClient, assert_problem
from tests.api.faulty_reports import CASES, changed
from tests.api.reporting import count, pointers
from tests.factories import make_mapping

JSON = "application/json"
GZIP = {"Content-Encoding": "gzip"}
DIGITS = b"9" * 5000
SOUND = json.dumps(make_mapping()).encode()


def bomb(size: int) -> bytes:
    """A gzip of so many spaces around a report."""
    return gzip.compress(b" " * size + SOUND)


@pytest.mark.parametrize(
    ("changes", "faults"), [case[1:] for case in CASES], ids=[case[0][:60] for case in CASES]
)
def test_a_faulty_report_is_told_every_fault(
    api: ApiClient, changes: dict[str, Any], faults: dict[str, str]
) -> None:
    sent = changed(make_mapping(), changes)
    response = api.post(f"{api.lodging}/stays", sent)
    body = assert_problem(response, 422, "invalid-input")
    assert pointers(body) == faults
    assert all(one["detail"] and "{" not in one["detail"] for one in body["errors"])


def test_there_are_enough_of_them() -> None:
    assert len(CASES) + len(BODIES) >= 150
    assert len({case[0] for case in CASES}) == len(CASES)


BODIES: list[tuple[str, bytes, dict[str, str], int, str]] = [
    ("nothing", b"", {}, 400, "malformed-json"),
    ("half", SOUND[:-5], {}, 400, "malformed-json"),
    ("twice", SOUND + SOUND, {}, 400, "malformed-json"),
    ("a word", b"report", {}, 400, "malformed-json"),
    ("single quotes", b"{'room': 1}", {}, 400, "malformed-json"),
    ("a comma too many", b'{"room": "1",}', {}, 400, "malformed-json"),
    ("a comment", b'{"room": "1" /* x */}', {}, 400, "malformed-json"),
    ("no number", b'{"room": NaN}', {}, 400, "malformed-json"),
    ("endless", b'{"room": Infinity}', {}, 400, "malformed-json"),
    ("an exponent", b'{"room": 1e999}', {}, 400, "malformed-json"),
    ("many digits", b'{"room": ' + DIGITS + b"}", {}, 400, "malformed-json"),
    ("many digits behind the point", b'{"room": 0.' + DIGITS + b"}", {}, 400, "malformed-json"),
    ("a leading zero", b'{"room": 0204}', {}, 400, "malformed-json"),
    ("latin-1", SOUND.replace(b"ANNA", b"\xc5NNA"), {}, 400, "malformed-json"),
    ("UTF-16", SOUND.decode().encode("utf-16"), {}, 400, "malformed-json"),
    ("half of a surrogate pair", SOUND.replace(b"ANNA", b"\\ud83d"), {}, 400, "malformed-json"),
    ("a raw control character", SOUND.replace(b"ANNA", b"AN\x01NA"), {}, 400, "malformed-json"),
    ("the same name twice", b'{"room": "1", "room": "2"}', {}, 400, "duplicate-member"),
    ("deep lists", b"[" * 5000 + b"]" * 5000, {}, 400, "nested-too-deep"),
    ("deep objects", b'{"a":' * 40 + b"1" + b"}" * 40, {}, 400, "nested-too-deep"),
    ("very deep", b"[" * 200_000, {}, 400, "nested-too-deep"),
    ("too large", b" " * MAX_BODY_BYTES + SOUND, {}, 413, "body-too-large"),
    ("a gzip bomb", bomb(200 * 1024 * 1024), GZIP, 413, "body-too-large"),
    ("a small gzip bomb", bomb(MAX_BODY_BYTES), GZIP, 413, "body-too-large"),
    ("truncated gzip", gzip.compress(SOUND)[:-9], GZIP, 400, "malformed-body"),
    ("no gzip", SOUND, GZIP, 400, "malformed-body"),
    ("deflate", zlib.compress(SOUND), {"Content-Encoding": "deflate"}, 415, "unsupported-encoding"),
    ("brotli", SOUND, {"Content-Encoding": "br"}, 415, "unsupported-encoding"),
    ("gzip twice", gzip.compress(gzip.compress(SOUND)), {"Content-Encoding": "gzip, gzip"}, 415,
     "unsupported-encoding"),
    ("gzip with a broken sum", gzip.compress(SOUND)[:-8] + b"\0" * 8, GZIP,
     400, "malformed-body"),
    ("text", SOUND, {"Content-Type": "text/json"}, 415, "unsupported-media-type"),
    ("a form", b"room=1", {"Content-Type": "application/x-www-form-urlencoded"}, 415,
     "unsupported-media-type"),
    ("another charset", SOUND, {"Content-Type": f"{JSON}; charset=utf-16"}, 415,
     "unsupported-media-type"),
    ("a list", b"[]", {}, 422, "invalid-input"),
    ("null", b"null", {}, 422, "invalid-input"),
    ("a number", b"7", {}, 422, "invalid-input"),
    ("a text", b'"ERIKSSON"', {}, 422, "invalid-input"),
    ("an empty object", b"{}", {}, 422, "invalid-input"),
    ("a bad retry key", SOUND, {"Idempotency-Key": "a b"}, 400, "idempotency-key-malformed"),
]  # fmt: skip


@pytest.mark.parametrize("path", ["/stays", "/stays/validate", "/stays/batch", "/reconciliations"])
@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [one[1:] for one in BODIES],
    ids=[one[0] for one in BODIES],
)
def test_a_faulty_body_is_refused_everywhere_alike(
    api: ApiClient, path: str, body: bytes, headers: dict[str, str], status: int, code: str
) -> None:
    if status == 422 and path.endswith("validate"):
        return
    response = api.send(
        "POST", api.lodging + path, data=body, headers={"Content-Type": JSON} | headers
    )
    assert_problem(response, status, code)
    assert count(Stay) == 0


def test_sound_gzip_is_taken(api: ApiClient) -> None:
    headers = {"Content-Type": JSON, "Content-Encoding": "gzip"}
    answer = api.send("POST", f"{api.lodging}/stays", data=gzip.compress(SOUND), headers=headers)
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "path",
    ["/stays/%00", "/stays/..%2f..", "/stays/%F0%9F%98%80", "/stays/0", "/stays/" + "a" * 3000,
     "/stays/validate/x", "/stayz", "/stays//versions", "/../x"],
)  # fmt: skip
def test_addresses_that_are_none_are_not_found(api: ApiClient, path: str) -> None:
    assert_problem(api.get(api.lodging + path), 404, "not-found")


@pytest.mark.parametrize(
    "text",
    ["' OR 1=1 --", "<script>alert(1)</script>", "${jndi:ldap://x}", "=cmd|' /C calc'!A0", "\\",
     "%00", "\U0001f600", "ﷺ", "Ω≈ç√", "{{7*7}}", "'; DROP TABLE stays; --"],
)  # fmt: skip
def test_strange_but_sound_text_is_kept_as_it_is(api: ApiClient, text: str) -> None:
    answer = api.post(f"{api.lodging}/stays", make_mapping(room=text[:30], surname=f"A {text}"))
    body = answer.get_json()
    assert answer.status_code == 201
    assert body["guest"]["surname"] == f"A {text}"
    assert api.get(f"{api.lodging}/stays/{body['id']}").get_json() == body
