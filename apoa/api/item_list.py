"""Reads the body of a call about many: `{"items": [...]}`, at most 1,000."""

from itertools import islice
from typing import Any

from apoa.api.request_body import read_json
from apoa.base.errors import InvalidInput, Problem
from apoa.base.schema import MOST_FAULTS

MOST_ITEMS = 1000


def read_items() -> list[Any]:
    """The items as they came. Raises ApiFault, and InvalidInput for another shape."""
    body = read_json()
    if not isinstance(body, dict):
        raise InvalidInput.because("invalid")
    others = islice((name for name in body if name != "items"), MOST_FAULTS - 1)
    faults = [Problem(f"/{_escaped(name)}", "unknown-field") for name in others]
    items = body.get("items")
    if "items" not in body:
        faults.append(Problem("/items", "required"))
    elif not isinstance(items, list):
        faults.append(Problem("/items", "invalid"))
    elif len(items) > MOST_ITEMS:
        faults.append(Problem("/items", "too-many-items", {"max": str(MOST_ITEMS)}))
    if faults or not isinstance(items, list):
        raise InvalidInput(faults)
    return items


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
