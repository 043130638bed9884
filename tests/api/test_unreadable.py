"""What is no request of HTTP: answered as every other error, and nothing of it in the log."""

import json
import socket

import pytest
from gunicorn.http.errors import ConfigurationProblem, InvalidHeader

from apoa.start.web_worker import code_of
from tests.api.running import Running

GET = b"GET /api/v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
POST = b"POST /api/v1/oauth/token HTTP/1.1\r\nHost: x\r\n"
SECRET = b"apoa_live_TOPSECRET"
UNREADABLE = {
    "no request at all": (b'{"surname":"' + SECRET + b'"}\r\n\r\n', 400, "bad-request"),
    "a header without a name": (GET + b"Bearer " + SECRET + b"\r\n\r\n", 400, "bad-request"),
    "a NUL in a header": (
        GET + b"Authorization: Bearer " + SECRET + b"\0\r\n\r\n",
        400,
        "bad-request",
    ),
    "a folded header": (GET + b"X-A: 1\r\n " + SECRET + b"\r\n\r\n", 400, "bad-request"),
    "no length": (POST + b"Content-Length: " + SECRET + b"\r\n\r\n", 400, "bad-request"),
    "another version": (b"GET /" + SECRET + b" HTTP/9.9\r\n\r\n", 400, "bad-request"),
    "an unknown coding": (POST + b"Transfer-Encoding: " + SECRET + b"\r\n\r\n", 400, "bad-request"),
    "a long address": (
        b"GET /" + SECRET + b"a" * 5000 + b" HTTP/1.1\r\n\r\n",
        414,
        "address-too-long",
    ),
    "a long header": (
        GET + b"X-A: " + SECRET + b"a" * 9000 + b"\r\n\r\n",
        431,
        "headers-too-large",
    ),
    "many headers": (
        GET + b"".join(b"X-%d: %s\r\n" % (n, SECRET) for n in range(150)) + b"\r\n",
        431,
        "headers-too-large",
    ),
}


def answer_to(running: Running, sent: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """The headers (with the first line as "") and the JSON of the last answer."""
    with socket.create_connection(("127.0.0.1", running.system.port), 20) as wire:
        wire.sendall(sent)
        got = b""
        while more := wire.recv(65536):
            got += more
    head, _, body = got.rpartition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").rsplit("HTTP/1.1 ", 1)[1].split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    return headers | {"": first}, json.loads(body)


@pytest.mark.parametrize(("sent", "status", "code"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_it_is_answered_with_a_problem(
    running: Running, sent: bytes, status: int, code: str
) -> None:
    headers, problem = answer_to(running, sent)
    assert headers[""].startswith(f"{status} ")
    assert headers["content-type"] == "application/problem+json"
    assert headers["cache-control"] == "no-store"
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["type"].endswith(f"/api/docs/errors/{code}")
    assert problem["request_id"] == headers["x-request-id"]
    assert SECRET.decode() not in json.dumps(problem)
    log = running.system.log()
    assert problem["request_id"] in log
    assert SECRET.decode() not in log


def test_what_follows_a_body_that_is_longer_than_it_says_is_not_logged(running: Running) -> None:
    body = b'{"guest":{"surname":"' + SECRET + b'"}}\r\n\r\n'
    report = POST + b"Content-Type: application/json\r\nContent-Length: 10\r\n\r\n" + body
    headers, problem = answer_to(running, report)
    assert problem["code"] == "bad-request"
    log = running.system.log()
    assert headers["x-request-id"] in log
    assert SECRET.decode() not in log


def test_only_a_fault_of_the_sender_is_told_as_theirs() -> None:
    assert code_of(InvalidHeader("X")) == "bad-request"
    assert code_of(ConfigurationProblem("X")) == "internal-error"
    assert code_of(OSError()) == "internal-error"
