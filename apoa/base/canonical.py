"""The one writing of a JSON value that can be signed: RFC 8785, by a fast encoder where it may."""

import json
from typing import Any

import rfc8785

_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode


def canonical_json(value: Any) -> bytes:
    """The canonical JSON of a value, in UTF-8.

    Raises ValueError, without quoting the value, for what cannot be written so.
    """
    try:
        # Both write text, whole numbers and names in ASCII alike; only floats are another matter.
        return _encode(value).encode() if _is_simple(value) else rfc8785.dumps(value)
    except (UnicodeEncodeError, rfc8785.CanonicalizationError):
        # Without "from": the cause's text may hold the value.
        raise ValueError("the value cannot be written as canonical JSON") from None


def _is_simple(value: object) -> bool:
    kind = type(value)
    if value is None or kind is str or kind is bool:
        return True
    if type(value) is int:
        return -(2**53) < value < 2**53
    if type(value) is dict:
        return all(
            type(name) is str and name.isascii() and _is_simple(one) for name, one in value.items()
        )
    return type(value) is list and all(map(_is_simple, value))
