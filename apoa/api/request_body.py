"""Reads a request's body: strict JSON, within bounds of size, depth and numbers."""

import json
import zlib
from collections import Counter
from typing import Any

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from apoa.api.faults import ApiFault

MAX_BODY_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 16
_LONGEST_NUMBER = 30
_KEPT = "apoa.body"
_GZIP = 16 + zlib.MAX_WBITS
# What follows the end of a gzip member is copied: a body of many members is taken bit by bit.
_PIECE = 1024
JSON_TYPES = ("application/json",)
MERGE_PATCH_TYPES = ("application/merge-patch+json", "application/json")


class _Malformed(ValueError):
    """What is wrong with the JSON, in the words of the API's English."""


class _Duplicate(ValueError):
    """A name that stands twice."""


def body_bytes() -> bytes:
    """The body as sent, unpacked. Raises ApiFault (400, 413, 415)."""
    if _KEPT not in request.environ:
        request.environ[_KEPT] = _read()
    body: bytes = request.environ[_KEPT]
    return body


def kept_body() -> bytes | None:
    """The body, if somebody has asked for it and it could be read; it is not read again."""
    body: bytes | None = request.environ.get(_KEPT)
    return body


def read_json(*, types: tuple[str, ...] = JSON_TYPES, optional: bool = False) -> Any:
    """The JSON value of the body; with `optional`, {} where there is no body.

    Raises ApiFault: 415 for another content type, 413, and 400 for what is not strict JSON.
    """
    body = body_bytes()
    if optional and not body:
        return {}
    _require_type(types)
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_int=_whole,
            parse_float=_decimal,
        )
    except UnicodeDecodeError:
        raise _malformed("not UTF-8") from None
    except _Duplicate as error:
        raise ApiFault("duplicate-member", name=str(error)) from None
    except _Malformed as error:
        raise _malformed(str(error)) from None
    except json.JSONDecodeError as error:
        raise _malformed(f"line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise _too_deep() from None
    _require_shallow(value, body)
    _require_whole_characters(value, body)
    return value


def _read() -> bytes:
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", ""):
        raise ApiFault("unsupported-encoding", headers={"Accept-Encoding": "gzip"})
    # One byte more, since a body in chunks is cut off at the limit without a word.
    request.max_content_length = MAX_BODY_BYTES + 1
    try:
        body = request.get_data(cache=True)
    except RequestEntityTooLarge:
        raise _too_large() from None
    if len(body) > MAX_BODY_BYTES:
        raise _too_large()
    return _unpack(body) if encoding == "gzip" else body


def _unpack(packed: bytes) -> bytes:
    """The unpacked body; never more than the bound is held in memory."""
    unpacked, stream = bytearray(), zlib.decompressobj(_GZIP)
    for start in range(0, len(packed), _PIECE):
        piece = packed[start : start + _PIECE]
        while piece:
            if stream.eof:
                stream = zlib.decompressobj(_GZIP)
            try:
                unpacked += stream.decompress(piece, MAX_BODY_BYTES + 1 - len(unpacked))
            except zlib.error:
                raise ApiFault("malformed-body", reason="not gzip") from None
            if len(unpacked) > MAX_BODY_BYTES:
                raise _too_large()
            piece = stream.unused_data
    if packed and not stream.eof:
        raise ApiFault("malformed-body", reason="gzip ends too early")
    return bytes(unpacked)


def _require_type(types: tuple[str, ...]) -> None:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype not in types or charset not in ("utf-8", "utf8"):
        accept = "Accept-Patch" if request.method == "PATCH" else "Accept-Post"
        raise ApiFault(
            "unsupported-media-type", headers={accept: ", ".join(types)}, wanted=types[0]
        )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        times = Counter(name for name, _ in pairs)
        name = next(one for one in times if times[one] > 1)
        raise _Duplicate(name[:100].encode("utf-8", "replace").decode())
    return made


def _no_constant(name: str) -> Any:
    raise _Malformed(f"{name} is not a JSON number")


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise _Malformed("a number is too long")
    return int(digits)


def _decimal(digits: str) -> float:
    value = float(digits) if len(digits) <= _LONGEST_NUMBER else float("inf")
    if value in (float("inf"), float("-inf")):
        raise _Malformed("a number is too long or too large")
    return value


def _require_shallow(value: Any, body: bytes) -> None:
    if body.count(b"{") + body.count(b"[") <= MAX_DEPTH:
        return
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH + 1:
            raise _too_deep()
        inner: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                inner += one.values()
            elif isinstance(one, list):
                inner += one
        level = inner


def _require_whole_characters(value: Any, body: bytes) -> None:
    """Half of a surrogate pair is no character and cannot be stored."""
    if b"\\u" not in body:
        return
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise _malformed("half of a surrogate pair") from None


def _malformed(reason: str) -> ApiFault:
    return ApiFault("malformed-json", reason=reason)


def _too_deep() -> ApiFault:
    return ApiFault("nested-too-deep", max=str(MAX_DEPTH))


def _too_large() -> ApiFault:
    return ApiFault("body-too-large", max=str(MAX_BODY_BYTES))
