"""A body is strict JSON within its bounds, or the answer says what is wrong; never 500."""

import gzip
import io
import json
import zlib
from typing import Any

import pytest

import apoa.api.request_body
from apoa.api.request_body import MAX_BODY_BYTES
from tests.api.client import ApiClient, assert_problem

EMPTY_MEMBER = gzip.compress(b"", mtime=0)
ECHO = {"fault": "echo", "text": "é"}


def send(probe: ApiClient, data: bytes, **headers: str) -> Any:
    sent = {"Content-Type": "application/json"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return probe.send("POST", f"{probe.lodging}/probe", data=data, headers=sent)


class CountingZlib:
    """Zlib that counts what it is given to unpack."""

    MAX_WBITS, error = zlib.MAX_WBITS, zlib.error

    def __init__(self) -> None:
        self.given = 0

    def decompressobj(self, bits: int) -> Any:
        plain = zlib.decompressobj(bits)
        counting = self

        class Stream:
            def decompress(self, data: bytes, most: int) -> bytes:
                counting.given += len(data)
                return plain.decompress(data, most)

            def __getattr__(self, name: str) -> Any:
                return getattr(plain, name)

        return Stream()


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> CountingZlib:
    """Counts the work of unpacking."""
    made = CountingZlib()
    monkeypatch.setattr(apoa.api.request_body, "zlib", made)
    return made


def test_json_comes_back_as_sent(probe: ApiClient) -> None:
    response = send(probe, json.dumps(ECHO).encode())
    assert response.get_json() == ECHO


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/xml", "application/x-www-form-urlencoded", "text/json", ""],
)
def test_another_content_type_is_415(probe: ApiClient, kind: str) -> None:
    response = send(probe, b"{}", Content_Type=kind)
    assert_problem(response, 415, "unsupported-media-type")
    assert response.headers["Accept-Post"] == "application/json"


def test_another_charset_is_415(probe: ApiClient) -> None:
    response = send(probe, b"{}", Content_Type="application/json; charset=latin-1")
    assert_problem(response, 415, "unsupported-media-type")
    assert send(probe, b'{"fault": "echo"}', Content_Type="application/json; charset=UTF-8")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "malformed-json"),
        (b"{", "malformed-json"),
        (b"{} {}", "malformed-json"),
        (b"{'a': 1}", "malformed-json"),
        (b'{"a": 1,}', "malformed-json"),
        (b'{"a": NaN}', "malformed-json"),
        (b'{"a": Infinity}', "malformed-json"),
        (b'{"a": -Infinity}', "malformed-json"),
        (b'{"a": 1e999}', "malformed-json"),
        (b'{"a": ' + b"9" * 5000 + b"}", "malformed-json"),
        (b'{"a": 0.' + b"9" * 5000 + b"}", "malformed-json"),
        (b'{"a": "\xff"}', "malformed-json"),
        (b'\xff\xfe{"a": 1}', "malformed-json"),
        ('{"a": "é"}'.encode("utf-16"), "malformed-json"),
        (b'\xef\xbb\xbf{"a": 1}', "malformed-json"),
        (b'{"a": "\x01"}', "malformed-json"),
        (b'{"a": "\\ud800"}', "malformed-json"),
        (b'{"\\udfff": 1}', "malformed-json"),
        (b'{"a": 1, "a": 2}', "duplicate-member"),
        (b'{"b": {"a": 1, "a": 2}}', "duplicate-member"),
        (b'{"\\ud800": 1, "\\ud800": 2}', "duplicate-member"),
        (b"[" * 100_000 + b"]" * 100_000, "nested-too-deep"),
        (b"[" * 20 + b"]" * 20, "nested-too-deep"),
        (b'{"a":' * 200 + b"1" + b"}" * 200, "nested-too-deep"),
    ],
)
def test_what_is_not_strict_json_is_400(probe: ApiClient, data: bytes, code: str) -> None:
    assert_problem(send(probe, data), 400, code)


def test_gzip_is_unpacked(probe: ApiClient) -> None:
    packed = gzip.compress(json.dumps(ECHO).encode())
    assert send(probe, packed, Content_Encoding="gzip").get_json() == ECHO
    half = len(json.dumps(ECHO)) // 2
    parts = [json.dumps(ECHO).encode()[:half], json.dumps(ECHO).encode()[half:]]
    packed = b"".join(gzip.compress(part, mtime=0) for part in parts)
    assert send(probe, packed, Content_Encoding="gzip").get_json() == ECHO


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b"\x1f\x8b",
        gzip.compress(b"{}", mtime=0)[:-5],
        gzip.compress(b"{}", mtime=0) + b"x",
        zlib.compress(b""),
    ],
)
def test_broken_gzip_is_400(probe: ApiClient, data: bytes) -> None:
    assert_problem(send(probe, data, Content_Encoding="gzip"), 400, "malformed-body")


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "zstd"])
def test_other_encodings_are_415(probe: ApiClient, encoding: str) -> None:
    response = send(probe, b"{}", Content_Encoding=encoding)
    assert_problem(response, 415, "unsupported-encoding")
    assert response.headers["Accept-Encoding"] == "gzip"


def test_a_gzip_bomb_is_413(probe: ApiClient) -> None:
    bomb = gzip.compress(b" " * (200 * 1024 * 1024))
    assert len(bomb) < MAX_BODY_BYTES
    assert_problem(send(probe, bomb, Content_Encoding="gzip"), 413, "body-too-large")
    many = gzip.compress(b" " * (MAX_BODY_BYTES // 2)) * 3
    assert_problem(send(probe, many, Content_Encoding="gzip"), 413, "body-too-large")


def test_a_name_that_stands_twice_among_very_many_is_found(probe: ApiClient) -> None:
    names = [f"{number:x}" for number in range(200_000)]
    body = "{" + ",".join(f'"{name}":1' for name in [*names, names[-1]]) + "}"
    body_problem = assert_problem(send(probe, body.encode()), 400, "duplicate-member")
    assert body_problem["detail"].endswith(names[-1])


def test_very_many_members_of_gzip_are_unpacked_in_one_go(
    probe: ApiClient, counting: CountingZlib
) -> None:
    packed = EMPTY_MEMBER * 20_000 + gzip.compress(json.dumps(ECHO).encode())
    assert send(probe, packed, Content_Encoding="gzip").get_json() == ECHO
    assert counting.given < 100 * len(packed)


def test_what_cannot_be_unpacked_is_not_tried_again_to_be_noted(
    test_api: ApiClient, counting: CountingZlib
) -> None:
    packed = EMPTY_MEMBER + b"x" * 20
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer = test_api.send("POST", f"{test_api.lodging}/stays", data=packed, headers=headers)
    assert_problem(answer, 400, "malformed-body")
    assert counting.given == len(packed) + 20


def test_a_large_body_is_413_and_one_at_the_bound_is_read(probe: ApiClient) -> None:
    body = b'{"fault": "echo"}'
    at_the_bound = body + b" " * (MAX_BODY_BYTES - len(body))
    assert send(probe, at_the_bound).status_code == 200
    assert_problem(send(probe, at_the_bound + b" "), 413, "body-too-large")


def test_a_large_body_in_chunks_is_413(probe: ApiClient) -> None:
    response = probe.send(
        "POST",
        f"{probe.lodging}/probe",
        headers={"Content-Type": "application/json", "Transfer-Encoding": "chunked"},
        input_stream=io.BytesIO(b" " * (MAX_BODY_BYTES + 1)),
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert_problem(response, 413, "body-too-large")


def test_what_is_no_object_is_a_fault_of_the_input(probe: ApiClient) -> None:
    from apoa.stays.schemas import StayReportSchema

    with pytest.raises(Exception, match="invalid"):
        StayReportSchema().read([])  # type: ignore[arg-type]
