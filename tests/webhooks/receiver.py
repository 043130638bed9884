"""A lodging's system that receives webhooks: a real HTTP server of this machine."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Received:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes


Answerer = Callable[[BaseHTTPRequestHandler, int], None]


def status(code: int, body: bytes = b"", **headers: str) -> Answerer:
    """Answers always so."""

    def answer(handler: BaseHTTPRequestHandler, _number: int) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def slowly(seconds: float) -> Answerer:
    """Never comes to an end, but for a byte now and then."""

    def answer(handler: BaseHTTPRequestHandler, _number: int) -> None:
        until = time.monotonic() + seconds
        handler.wfile.write(b"HTTP/1.1 2")
        while time.monotonic() < until:
            time.sleep(0.05)
            handler.wfile.write(b"0")
            handler.wfile.flush()

    return answer


@dataclass
class Receiver:
    """What came, in order; `answer` decides what is answered."""

    port: int
    answer: Answerer = field(default_factory=lambda: status(204))
    received: list[Received] = field(default_factory=list)
    more: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/hook"

    def wait_for(self, count: int, seconds: float = 20) -> None:
        """Waits until so many came."""
        with self.more:
            assert self.more.wait_for(lambda: len(self.received) >= count, seconds), (
                f"{len(self.received)} of {count} came"
            )


@contextmanager
def run_receiver() -> Iterator[Receiver]:
    """A receiver that is ended with the block."""
    receiver = Receiver(0)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            headers = {name.lower(): value for name, value in self.headers.items()}
            with receiver.more:
                receiver.received.append(Received(self.path, headers, body))
                number = len(receiver.received)
                receiver.more.notify_all()
            try:
                receiver.answer(self, number)
            except OSError:
                self.close_connection = True

        do_GET = do_POST

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
