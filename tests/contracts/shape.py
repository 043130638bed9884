"""The shape of a JSON value: every member by its name, every value by its kind."""

import re
from typing import Any

_KINDS = (
    ("uuid", re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")),
    ("instant", re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")),
    ("date", re.compile(r"\d{4}-\d\d-\d\d")),
    ("url", re.compile(r"https?://.+")),
)


def shape_of(value: Any) -> Any:
    """Kinds in place of values; of a list the shape of its members, which must be one."""
    if isinstance(value, dict):
        return {name: shape_of(inner) for name, inner in sorted(value.items())}
    if isinstance(value, list):
        shapes: list[Any] = []
        for one in map(shape_of, value):
            if one not in shapes:
                shapes.append(one)
        return shapes
    if isinstance(value, str):
        return next((kind for kind, pattern in _KINDS if pattern.fullmatch(value)), "text")
    return "null" if value is None else type(value).__name__
