"""Which requests are a program's and not a browser's."""

from flask import Request

_PREFIX = "/api/v1"


def is_api_call(request: Request) -> bool:
    """Whether the API is called: its callers show a key, read no page, and no cookie of theirs
    counts."""
    return request.path == _PREFIX or request.path.startswith(f"{_PREFIX}/")
