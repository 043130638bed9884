"""Makes answers small for a bad line, where no proxy in front does it."""

import gzip
import secrets
from functools import lru_cache

from flask import Flask, request
from werkzeug.wrappers import Response

SMALLEST = 600
_KINDS = {"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml"}
_KINDS |= {"application/json", "application/problem+json"}
_FILE_NAME_FLAG = 8


def register_compression(app: Flask) -> None:
    """Adds gzip to answers that are text, for browsers that take it."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if (
        response.mimetype not in _KINDS
        or response.status_code != 200
        or request.method == "HEAD"
        or response.headers.get("Content-Encoding")
        or "gzip" not in request.accept_encodings
    ):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < SMALLEST:
        return response
    if request.endpoint == "static":
        response.set_data(_compressed_file(body))
    else:
        response.set_data(_with_random_length(gzip.compress(body, 6, mtime=0)))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    etag, _weak = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)
    return response


@lru_cache(maxsize=64)
def _compressed_file(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)


def _with_random_length(packed: bytes) -> bytes:
    """A file name of random length in the header: the size tells nothing of a page's secrets
    (BREACH attack)."""
    padding = secrets.token_hex(secrets.randbelow(50)).encode() + b"\0"
    head = bytearray(packed[:10])
    head[3] |= _FILE_NAME_FLAG
    return bytes(head) + padding + packed[10:]
