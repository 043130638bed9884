"""What the log tells of a fault: kinds and places, no messages, which quote guests' data."""

from pathlib import Path
from traceback import extract_tb
from typing import Any

_OURS = Path(__file__).parents[1]
_MOST_FRAMES = 12


def fault_facts(error: BaseException) -> dict[str, Any]:
    """What happened and where, without the messages: they quote rows and what was typed."""
    kinds: list[str] = []
    one: BaseException | None = error
    while one is not None and len(kinds) < _MOST_FRAMES:
        kinds.append(type(one).__name__)
        one = getattr(one, "orig", None) or one.__cause__ or one.__context__
    frames = [
        f"{_short(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in extract_tb(error.__traceback__)[-_MOST_FRAMES:]
    ]
    facts: dict[str, Any] = {"kind": " < ".join(kinds), "where": frames}
    sqlstate = getattr(getattr(error, "orig", None), "sqlstate", None)
    return facts | ({"sqlstate": sqlstate} if sqlstate else {})


def _short(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(_OURS):
        return str(path.relative_to(_OURS.parent))
    return "/".join(path.parts[-2:])
