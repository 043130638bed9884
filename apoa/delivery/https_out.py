"""Posts to an address that others chose: resolved once, judged, and connected to just there."""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout

from apoa.webhooks.attempt import Result
from apoa.webhooks.targets import Target, may_connect, parse_target

TIMEOUT_SECONDS = 10.0
LONGEST_EXCERPT = 200
_MOST_ADDRESSES = 3
_RESOLVERS = ThreadPoolExecutor(max_workers=8, thread_name_prefix="resolve")

Resolve = Callable[[str, int], list[str]]


class _Refused(Exception):
    """The code of why nothing was sent."""


def resolve_name(host: str, port: int) -> list[str]:
    """The addresses of a name. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allow_local: bool,
    resolve: Resolve = resolve_name,
    context: ssl.SSLContext | None = None,
) -> Result:
    """Posts once, within ten seconds in all; redirects are not followed, proxies not used.

    Never raises: what went wrong is a code in the result ("timeout", "tls", "unresolvable",
    "refused-target", "connection", "bad-answer"). Of the answer at most 200 characters are kept,
    and of a success none.
    """
    begun = time.monotonic()
    deadline = begun + TIMEOUT_SECONDS
    status, error, excerpt = None, None, ""
    try:
        target = _target(url, allow_local)
        addresses = _addresses(target, allow_local, resolve, deadline)
        with _connect(target, addresses, deadline, context) as connected:
            connected.settimeout(_left(deadline))
            connected.sendall(_request(target, body, headers))
            status, excerpt = _read(connected, deadline)
    except _Refused as refusal:
        error = str(refusal)
    except ssl.SSLError as fault:
        error = "timeout" if isinstance(fault, TimeoutError) else "tls"
    except TimeoutError:
        error = "timeout"
    except http.client.HTTPException:
        error = "bad-answer"
    except (OSError, ValueError):
        error = "connection"
    return Result(status, error, round((time.monotonic() - begun) * 1000), excerpt)


def _target(url: str, allow_local: bool) -> Target:
    target = parse_target(url, allow_local=allow_local)
    if isinstance(target, str):
        raise _Refused("refused-target")
    return target


def _addresses(target: Target, allow_local: bool, resolve: Resolve, deadline: float) -> list[str]:
    """The addresses of the target; one that is not public spoils them all."""
    try:
        found = _RESOLVERS.submit(resolve, target.host, target.port).result(_left(deadline))
    except FutureTimeout:
        raise _Refused("timeout") from None
    except (OSError, UnicodeError):
        raise _Refused("unresolvable") from None
    if not found:
        raise _Refused("unresolvable")
    if not all(may_connect(one, allow_local=allow_local) for one in found):
        raise _Refused("refused-target")
    return found[:_MOST_ADDRESSES]


def _connect(
    target: Target, addresses: list[str], deadline: float, context: ssl.SSLContext | None
) -> socket.socket:
    """A connection to one of the judged addresses; the certificate is for the name."""
    fault: OSError | None = None
    for address in addresses:
        try:
            plain = socket.create_connection((address, target.port), timeout=_left(deadline))
            break
        except OSError as error:
            fault = error
    else:
        raise fault or OSError("no address")
    if not target.is_https:
        return plain
    try:
        plain.settimeout(_left(deadline))
        secure = context or ssl.create_default_context()
        return secure.wrap_socket(plain, server_hostname=target.host)
    except BaseException:
        plain.close()
        raise


def _request(target: Target, body: bytes, headers: Mapping[str, str]) -> bytes:
    lines = [f"POST {target.path} HTTP/1.1", f"Host: {target.authority}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += [f"Content-Length: {len(body)}", "Accept: */*", "Connection: close", "", ""]
    return "\r\n".join(lines).encode("ascii") + body


def _read(connected: socket.socket, deadline: float) -> tuple[int, str]:
    """The status, and unless it is a success the beginning of the answer in one line."""
    reader = _Timed(connected, deadline)
    response = http.client.HTTPResponse(reader, method="POST")  # type: ignore[arg-type]
    response.begin()
    if 200 <= response.status < 300:
        return response.status, ""
    try:
        begun = response.read(LONGEST_EXCERPT * 4)
    except (OSError, http.client.HTTPException):
        begun = b""
    text = " ".join(begun.decode("utf-8", "replace").split())
    return response.status, "".join(one for one in text if one.isprintable())[:LONGEST_EXCERPT]


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Timed(io.RawIOBase):
    """A socket read under one deadline: who answers a byte a minute is not waited for."""

    def __init__(self, connected: socket.socket, deadline: float) -> None:
        self._socket, self._deadline = connected, deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What http.client asks of a socket."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Reads once, for no longer than is left."""
        self._socket.settimeout(_left(self._deadline))
        return self._socket.recv_into(buffer)
