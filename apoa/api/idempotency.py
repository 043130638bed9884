"""A POST that is sent again with its `Idempotency-Key` is answered as the first time, once done.

Where a part of it failed by our fault, the retry does that part again, and nothing else: a view
tells by `failed_in_part`, and is handed its first answer by `answered_before`.
"""

import json
import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from apoa.access.kept_answers import (
    KeptAnswer,
    Retriable,
    drop_answer,
    find_answer,
    hold,
    keep_answer,
)
from apoa.api.answers import caller
from apoa.api.faults import ApiFault
from apoa.api.request_body import body_bytes
from apoa.db.unit_of_work import unit_of_work

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_KEPT_HEADERS = ("Content-Type", "Location", "ETag", "Link")
# What is kept under this status was answered 200, but is to be completed, and never replayed.
_IN_PART = 500
_FAILED, _BEFORE = "apoa.failed-in-part", "apoa.answered-before"


def idempotent(view: Callable[..., Response]) -> Callable[..., Response]:
    """Wraps a view: its work, and the answer that is kept for a retry, are one commit.

    Only success is kept. Raises ApiFault for a malformed key (400), one whose first request still
    runs (409), and one that came with another payload (422).
    """

    @wraps(view)
    def wrapped(**arguments: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return view(**arguments)
        if not _KEY.fullmatch(key):
            raise ApiFault("idempotency-key-malformed")
        request_hash = _request_hash()
        retriable = Retriable.of(caller().user_id, key)
        with unit_of_work():
            if not hold(retriable):
                raise ApiFault("idempotency-in-progress", headers={"Retry-After": "1"})
            kept = find_answer(retriable)
            if kept and kept.status == _IN_PART and kept.request_hash == request_hash:
                request.environ[_BEFORE] = json.loads(kept.body)
                drop_answer(retriable)
                kept = None
            if kept is None:
                return _work(view, arguments, retriable, request_hash)
        if kept.request_hash != request_hash:
            raise ApiFault("idempotency-key-reused")
        return _replay(kept)

    return wrapped


def failed_in_part() -> None:
    """Says of the present request that its answer holds a failure of ours, to be done again."""
    request.environ[_FAILED] = True


def answered_before() -> Any:
    """The answer to the same request before, where a part of it failed by our fault; else None."""
    return request.environ.get(_BEFORE)


def _work(
    view: Callable[..., Response],
    arguments: dict[str, Any],
    retriable: Retriable,
    request_hash: bytes,
) -> Response:
    response = view(**arguments)
    if 200 <= response.status_code < 300:
        headers = {
            name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers
        }
        body = response.get_data(as_text=True)
        status = _IN_PART if _FAILED in request.environ else response.status_code
        keep_answer(retriable, KeptAnswer(request_hash, status, headers, body))
    return response


def _replay(kept: KeptAnswer) -> Response:
    response = Response(kept.body, kept.status, kept.headers)
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _request_hash() -> bytes:
    head = f"{request.method}\0{request.path}\0{request.query_string.decode('latin-1')}\0"
    return sha256(head.encode() + body_bytes()).digest()
