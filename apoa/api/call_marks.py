"""What a call has done to stays, read off its request and its answer; stored without a body."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from apoa.access.call_models import CallMark
from apoa.base.names import clean_text

REPORT = ("POST", "/properties/{property_id}/stays")
BATCH = ("POST", "/properties/{property_id}/stays/batch")
AMEND = ("PATCH", "/properties/{property_id}/stays/{stay_id}")
_MARKED_BY_SUCCESS = {
    ("POST", "/properties/{property_id}/stays/{stay_id}/check-out"): CallMark.CHECKED_OUT,
    ("POST", "/properties/{property_id}/stays/{stay_id}/cancel"): CallMark.CANCELLED,
}
_OF_RESULT = {
    "created": CallMark.ACCEPTED,
    "duplicate": CallMark.DUPLICATE,
    "rejected": CallMark.REJECTED,
}
_MOST_CODES = 20
_MOST_REFS = 1000
_VERSION = re.compile(r'"v(\d+)(?:-\w+)?"')


@dataclass(frozen=True)
class Exchange:
    """A request and its answer, as far as they are judged. Bodies are JSON values or None.

    `if_match` and `etag` are the headers.
    """

    method: str
    path: str | None
    status: int
    replayed: bool = False
    if_match: str = ""
    etag: str = ""
    sent: Any = None
    answered: Any = None


@dataclass(frozen=True)
class Judged:
    """What a call did, the problem codes of its answer, and which references it was about."""

    marks: list[CallMark] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)


def judge_call(exchange: Exchange) -> Judged:
    """The marks of a call. A replayed answer is a replay and nothing else."""
    if exchange.replayed:
        return Judged(marks=[CallMark.REPLAYED])
    if (exchange.method, exchange.path) == BATCH and exchange.status == 200:
        return _judge_batch(exchange)
    mark = _mark(exchange)
    ref = _ref(exchange.sent)
    return Judged(
        marks=[mark] if mark else [],
        codes=_codes(exchange.answered) if exchange.status >= 400 else [],
        refused=ref if mark == CallMark.REJECTED else [],
        accepted=ref if mark == CallMark.ACCEPTED else [],
    )


def needs_answer(method: str, path: str | None, status: int) -> bool:
    """Whether the answer's body must be read to judge the call."""
    return status >= 400 or (method, path) == BATCH


def read_value(body: bytes) -> Any:
    """A body as a JSON value; None for what is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _mark(exchange: Exchange) -> CallMark | None:
    called, status = (exchange.method, exchange.path), exchange.status
    if called == REPORT:
        of_status = {
            201: CallMark.ACCEPTED,
            200: CallMark.DUPLICATE,
            422: CallMark.REJECTED,
        }
        return of_status.get(status)
    if called == AMEND and status == 200:
        return CallMark.AMENDED if _is_newer(exchange.etag, exchange.if_match) else None
    return _MARKED_BY_SUCCESS.get(called) if status == 200 and exchange.path else None  # type: ignore[arg-type]


def _is_newer(etag: str, if_match: str) -> bool:
    now, before = _VERSION.search(etag), _VERSION.search(if_match)
    return now is not None and before is not None and int(now[1]) > int(before[1])


def _judge_batch(exchange: Exchange) -> Judged:
    results = _listed(exchange.answered, "results")
    items = _listed(exchange.sent, "items")
    refs: dict[CallMark, list[str]] = {mark: [] for mark in _OF_RESULT.values()}
    marks, codes = set(), []
    for result in results[:_MOST_REFS]:
        mark = _OF_RESULT.get(result.get("status", "")) if isinstance(result, dict) else None
        if mark is None:
            continue
        marks.add(mark)
        index = result.get("index")
        if isinstance(index, int) and 0 <= index < len(items):
            refs[mark] += _ref(items[index])
        if mark == CallMark.REJECTED:
            codes += _codes(result.get("problem"))
    return Judged(
        marks=sorted(marks),
        codes=_distinct(codes),
        refused=refs[CallMark.REJECTED],
        accepted=refs[CallMark.ACCEPTED],
    )


def _listed(value: Any, name: str) -> list[Any]:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _codes(problem: Any) -> list[str]:
    """The problem's own code, then those of its faults, each once."""
    if not isinstance(problem, dict):
        return []
    all_of_them = [problem, *_listed(problem, "errors")]
    return _distinct(one.get("code") for one in all_of_them if isinstance(one, dict))


def _distinct(codes: Iterable[Any]) -> list[str]:
    found = dict.fromkeys(one[:60] for one in codes if isinstance(one, str))
    return list(found)[:_MOST_CODES]


def _ref(item: Any) -> list[str]:
    """The reference of a report, as it would be stored."""
    ref = item.get("client_ref") if isinstance(item, dict) else None
    if not isinstance(ref, str):
        return []
    try:
        return [clean_text(ref)]
    except ValueError:
        return []
