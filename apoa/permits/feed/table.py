"""A feed's file as headings and rows, whatever it is written in; how its kind is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import apoa.permits.feed.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.base.errors import InvalidInput, Problem
from apoa.permits.feed.models import FeedKind

MEGABYTE = 1024 * 1024
LARGEST_FILE = 256 * MEGABYTE
LARGEST_ROW = 4 * MEGABYTE
_HEAD = 4096


@dataclass(frozen=True)
class Line:
    """One row: its number as the file counts, and its cells; `code` where it is no row at all."""

    number: int
    cells: Sequence[Any]
    code: str | None = None


@dataclass(frozen=True)
class Table:
    """The headings, and the rows under them one after another; rows without content are left out.

    Reading the rows raises InvalidInput where the file itself breaks.
    """

    headings: tuple[str, ...]
    rows: Iterator[Line]
    is_sheet: bool = False


def unreadable(code: str, **params: object) -> InvalidInput:
    """The file as a whole cannot be read, and why."""
    return InvalidInput([Problem("/file", code, {key: str(one) for key, one in params.items()})])


def tell_kind(file: BinaryIO) -> FeedKind:
    """How the file is written, by its content; its name is not asked. Raises InvalidInput."""
    head = file.read(_HEAD)
    file.seek(0)
    if not head:
        raise unreadable("feed-empty")
    if head.startswith(b"PK"):
        return FeedKind.XLSX
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise unreadable("feed-old-excel")
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"Rar!", b"7z\xbc")):
        raise unreadable("feed-kind-unknown")
    begun = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return FeedKind.JSON if begun[:1] in (b"[", b"{") else FeedKind.CSV


def has_content(cells: Sequence[Any]) -> bool:
    """Whether any cell of a row holds anything."""
    return any(one is not None and one != "" and (one != " ") for one in cells)
