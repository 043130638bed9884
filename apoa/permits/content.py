"""What a permit says, in plain values: whether a feed, an officer or the demo brought it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """A travel document of the holder; the state that issued it may be unknown."""

    number: str = field(repr=False)
    issuing_state: str | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class PermitContent:
    """A whole permit. Days are inclusive; `birth_date` is "YYYY-MM-DD", 00 for what is unknown.

    `number` and `issuing_state` (of the holder's document) name the permit; the number holds at
    least one of A-Z and 0-9. One of the names is there. `status_on` is there unless the status is
    "active". The first of `documents` is the current one, the others are older.
    """

    number: str = field(repr=False)
    issuing_state: str
    kind: str
    birth_date: str = field(repr=False)
    nationality: str
    valid_until: date
    surname: str | None = field(default=None, repr=False)
    given_names: str | None = field(default=None, repr=False)
    sex: str | None = None
    index_code: str | None = None
    niora: str | None = field(default=None, repr=False)
    valid_from: date | None = None
    entered_on: date | None = None
    status: str = "active"
    status_on: date | None = None
    sponsor: str | None = field(default=None, repr=False)
    region_code: str | None = None
    issuing_office_id: UUID | None = None
    documents: tuple[DocumentContent, ...] = field(default=(), repr=False)


_NAMES = tuple(sorted(one.name for one in fields(PermitContent) if one.name != "documents"))
_values = attrgetter(*_NAMES)
# Days and ids are written as text; everything else of a permit is text already.
_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False, default=str
).encode


def content_text(content: PermitContent, documents: int | None = None) -> str:
    """The one writing of a permit, as JSON; with `documents` only the first so many of them."""
    value: dict[str, Any] = dict(zip(_NAMES, _values(content), strict=True))
    value["documents"] = [
        (one.number, one.issuing_state, one.expires_on) for one in content.documents[:documents]
    ]
    return _encode(value)


def content_from(value: Mapping[str, Any]) -> PermitContent:
    """The permit again, from what `content_text` wrote, read as JSON."""
    given = dict(value)
    for name in ("valid_from", "valid_until", "entered_on", "status_on"):
        given[name] = _day(given[name])
    office_id = given["issuing_office_id"]
    given["issuing_office_id"] = UUID(office_id) if office_id else None
    given["documents"] = tuple(
        DocumentContent(number, state, _day(expires_on))
        for number, state, expires_on in given["documents"]
    )
    return PermitContent(**given)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
