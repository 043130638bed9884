"""Reads CSV row by row: tells encoding and separator, and stops clearly where the file breaks."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from apoa.permits.feed.columns import guess_mapping
from apoa.permits.feed.table import LARGEST_ROW, MEGABYTE, Line, Table, has_content, unreadable

ENCODINGS = ("utf-8", "utf-16", "cp1252")
SEPARATORS = (",", ";", "\t")
_HEAD = 64 * 1024
# The headings may stand under a title; so far down they are looked for.
_DEEPEST_HEADING = 10
_NOT_DECODED = re.compile("[\udc80-\udcff]")

# A limit of the whole process, 128 KiB by itself: rows are bounded here, as a whole.
csv.field_size_limit(LARGEST_ROW)


def read_csv(file: BinaryIO, encoding: str | None = None, separator: str | None = None) -> Table:
    """The table of a CSV file. `encoding` and `separator` where the sender says them.

    A file without a byte order mark is UTF-8 (or clearly UTF-16) unless another is declared: a
    guess would spoil names silently. Raises InvalidInput.
    """
    head = file.read(_HEAD)
    file.seek(0)
    codec = tell_encoding(head, encoding)
    # The lone surrogates of undecodable bytes tell in which row they stand.
    errors = "strict" if codec.startswith("utf-16") else "surrogateescape"
    lines = _Lines(io.TextIOWrapper(file, encoding=codec, errors=errors, newline=""), codec)
    first = lines.peek()
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        separator = separator or first.strip()[-1]
        lines.skip()
    separator = separator or tell_separator(first if lines.row == 0 else lines.peek())
    rows = _rows(lines, separator)
    begun: list[Line] = []
    for row in rows:
        if has_content(row.cells):
            begun.append(row)
        if row.number >= _DEEPEST_HEADING:
            break
    if not begun:
        raise unreadable("feed-empty")
    best = max(range(len(begun)), key=lambda one: (_known(begun[one]), -one))
    headings = tuple(one.strip() for one in begun[best].cells)
    rest = chain(begun[best + 1 :], (row for row in rows if has_content(row.cells)))
    return Table(headings, rest)


def tell_encoding(head: bytes, declared: str | None) -> str:
    """The codec for a file that begins like this: its mark, else what is declared, else UTF-8."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # A text of Latin letters in UTF-16 has a zero in every second byte.
    evens, odds = head[0::2].count(0), head[1::2].count(0)
    if odds > len(head) // 5 and not evens:
        return "utf-16-le"
    if evens > len(head) // 5 and not odds:
        return "utf-16-be"
    if declared == "utf-16":
        return "utf-16-le"
    return declared or "utf-8"


def tell_separator(line: str) -> str:
    """The separator that stands most often in the headings, outside of quotation marks."""
    bare = re.sub(r'"[^"]*"', "", line)
    return max(SEPARATORS, key=bare.count)


def _known(line: Line) -> int:
    return len(guess_mapping([str(one) for one in line.cells]))


def _rows(lines: "_Lines", separator: str) -> Iterator[Line]:
    reader = csv.reader(lines, delimiter=separator)
    while True:
        lines.begin_row()
        try:
            cells = next(reader, None)
        except csv.Error:
            raise unreadable("feed-csv-broken", row=lines.row) from None
        if cells is None:
            return
        yield Line(lines.row, cells)


class _Lines:
    """The lines of the text, each row of them bounded; it knows which row is being read."""

    def __init__(self, text: io.TextIOWrapper, codec: str) -> None:
        self._text, self._codec = text, codec
        self._kept: list[str] = []
        self._size = 0
        self.row = 0

    def begin_row(self) -> None:
        """What is read from here on is the next row."""
        self.row += 1
        self._size = 0

    def peek(self) -> str:
        """The next line, which stays the next. Raises InvalidInput."""
        if not self._kept:
            self._kept.append(self._read())
        return self._kept[0]

    def skip(self) -> None:
        """Leaves the next line out; it counts as a row."""
        self.peek()
        self._kept.clear()
        self.begin_row()

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._kept.pop() if self._kept else self._read()
        if not line:
            raise StopIteration
        self._size += len(line)
        if self._size > LARGEST_ROW:
            raise unreadable("feed-row-too-large", row=self.row, max=LARGEST_ROW // MEGABYTE)
        if not line.isascii() and _NOT_DECODED.search(line):
            raise self._not_decoded()
        return line

    def _read(self) -> str:
        try:
            return self._text.readline(LARGEST_ROW + 1)
        except UnicodeError:
            raise self._not_decoded() from None

    def _not_decoded(self) -> Exception:
        name = "UTF-8" if self._codec.startswith("utf-8") else self._codec.upper()
        return unreadable("feed-encoding", row=max(self.row, 1), encoding=name)
