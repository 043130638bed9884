"""Posting to strangers: a name is resolved once, and only public addresses are connected to."""

import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from apoa.delivery import https_out
from apoa.delivery.https_out import post
from tests.webhooks.receiver import Receiver, run_receiver, status

URL = "https://pms.example.com/hook"


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Where connections were tried; none is made."""
    tried: list[tuple[str, int]] = []

    def refuse(address: tuple[str, int], timeout: float) -> socket.socket:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    return tried


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with run_receiver() as running:
        yield running


def posted(*addresses: str, url: str = URL, allow_local: bool = False) -> str | None:
    """The error of a post to a name that stands for these addresses."""
    resolve = lambda _host, _port: list(addresses)  # noqa: E731
    return post(url, b"{}", {}, allow_local=allow_local, resolve=resolve).error


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.20.0.5", "192.168.1.1", "169.254.169.254", "100.64.1.1",
        "0.0.0.0", "::1", "::", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "fd00:ec2::254",  # noqa: S104 - refused
        "fe80::1%eth0", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "255.255.255.255",
    ],
)  # fmt: skip
def test_a_name_that_leads_inside_is_not_connected_to(connections: list[Any], address: str) -> None:
    assert posted(address) == "refused-target"
    assert connections == []


def test_one_address_inside_spoils_the_others(connections: list[Any]) -> None:
    assert posted("8.8.8.8", "127.0.0.1") == "refused-target"
    assert posted("127.0.0.1", "8.8.8.8") == "refused-target"
    assert connections == []


def test_the_connection_is_to_the_address_that_was_judged(connections: list[Any]) -> None:
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        # Whoever asks again is led inside.
        return ["8.8.8.8"] if len(asked) == 1 else ["127.0.0.1"]

    result = post(URL, b"{}", {}, allow_local=False, resolve=resolve)
    assert result.error == "connection"
    assert asked == [("pms.example.com", 443)]
    assert connections == [("8.8.8.8", 443)]


@pytest.mark.parametrize(
    "url",
    [
        "http://pms.example.com/", "https://127.0.0.1/", "https://localhost/", "https://[::1]/",
        "https://2130706433/", "https://0x7f.1/", "https://u:p@pms.example.com/", "file:///etc/x",
        "https://pms.example.com:22/",
    ],
)  # fmt: skip
def test_a_bad_address_is_not_even_resolved(connections: list[Any], url: str) -> None:
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["8.8.8.8"]

    assert post(url, b"{}", {}, allow_local=False, resolve=resolve).error == "refused-target"
    assert asked == []
    assert connections == []


def test_plain_http_in_development_stays_on_this_machine(connections: list[Any]) -> None:
    assert posted("10.0.0.1", url="http://localhost:8000/", allow_local=True) == "refused-target"
    assert connections == []


def test_names_that_nobody_knows(connections: list[Any]) -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        raise socket.gaierror

    assert post(URL, b"{}", {}, allow_local=False, resolve=resolve).error == "unresolvable"
    assert posted() == "unresolvable"


def test_a_resolver_that_does_not_answer(
    connections: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(https_out, "TIMEOUT_SECONDS", 0.2)
    over = threading.Event()

    def resolve(_host: str, _port: int) -> list[str]:
        over.wait(5)
        return ["8.8.8.8"]

    assert post(URL, b"{}", {}, allow_local=False, resolve=resolve).error == "timeout"
    over.set()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"", "bad-answer"),
        (b"SSH-2.0-OpenSSH_9\r\n\r\n", "bad-answer"),
        (b"HTTP/1.1 9999 X\r\n\r\n", "bad-answer"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500, "bad-answer"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000, "bad-answer"),
    ],
)
def test_what_is_not_http_is_a_failure(receiver: Receiver, answer: bytes, error: str) -> None:
    def write(handler: Any, _number: int) -> None:
        handler.wfile.write(answer)
        handler.close_connection = True

    receiver.answer = write
    result = post(receiver.url, b"{}", {}, allow_local=True)
    assert (result.status_code, result.error) == (None, error)


def test_an_answer_without_end_costs_no_memory(receiver: Receiver) -> None:
    def write(handler: Any, _number: int) -> None:
        handler.wfile.write(b"HTTP/1.1 500 X\r\n\r\n")
        for _ in range(2000):
            handler.wfile.write(b"x" * 10_000)

    receiver.answer = write
    result = post(receiver.url, b"{}", {}, allow_local=True)
    assert result.status_code == 500
    assert result.excerpt == "x" * 200


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for pms.example.com that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pms.example.com")])
    day = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day - datetime.timedelta(days=1))
        .not_valid_after(day + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def tls_receiver(certificate: Path) -> tuple[socket.socket, int]:
    """A server of one connection that speaks TLS and answers 204."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            plain, _ = listening.accept()
            with context.wrap_socket(plain, server_side=True) as secure:
                secure.recv(10_000)
                secure.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
        except OSError:
            pass

    threading.Thread(target=serve, daemon=True).start()
    return listening, listening.getsockname()[1]


def test_the_certificate_must_be_trusted_and_of_the_name(certificate: Path) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate))
    for host, context, wanted in (
        ("localhost", trusting, (204, None)),
        ("localhost", None, (None, "tls")),
        ("pms.example.com", trusting, (None, "tls")),
    ):
        listening, port = tls_receiver(certificate)
        with listening:
            result = post(
                f"https://{host}:{port}/",
                b"{}",
                {},
                allow_local=True,
                resolve=lambda _host, _port: ["127.0.0.1"],
                context=context,
            )
            assert (result.status_code, result.error) == wanted, host


def test_no_proxy_of_the_environment_is_used(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    receiver.answer = status(200)
    assert post(receiver.url, b"{}", {}, allow_local=True).status_code == 200
