"""Reads JSON item by item, never the whole: an array, {"permits": [...]}, or one object a line."""

import codecs
import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, BinaryIO

from apoa.permits.feed.table import LARGEST_ROW, MEGABYTE, Line, Table, unreadable

_CHUNK = 64 * 1024
# The keys of so many items are the headings.
_HEADING_ITEMS = 1000
# "-Infinity", cut off.
_LONGEST_WORD = 12
_SPACE = re.compile(r"[ \t\r\n]*")
_WRAPPED = re.compile(r'\{\s*(?:"(?!permits")[^"\\]{1,60}"\s*:\s*(?:"[^"\\]*"|null|true|false|'
                      r'-?[0-9.]+)\s*,\s*){0,10}"permits"\s*:\s*\[')  # fmt: skip


def read_json_table(file: BinaryIO) -> Table:
    """The table of a JSON file in UTF-8; its headings are the keys. Raises InvalidInput."""
    items = _items(_Text(file))
    begun = list(islice(items, _HEADING_ITEMS))
    if not begun:
        raise unreadable("feed-empty")
    keys = {key: None for _, item in begun if isinstance(item, dict) for key in item}
    headings = tuple(keys)
    return Table(headings, (_line(number, item, headings) for number, item in chain(begun, items)))


def _line(number: int, item: Any, headings: tuple[str, ...]) -> Line:
    if not isinstance(item, dict):
        return Line(number, (), "feed-not-an-item")
    return Line(number, [item.get(heading) for heading in headings])


def _items(text: "_Text") -> Iterator[tuple[int, Any]]:
    text.skip_space()
    first = text.rest(1)
    wrapped = _WRAPPED.match(text.rest(_CHUNK)) if first == "{" else None
    if first == "[" or wrapped:
        text.skip(wrapped.end() if wrapped else 1)
        yield from _of_array(text)
        text.skip_space()
        if wrapped is None and text.rest(1):
            raise unreadable("feed-json-shape")
    elif first == "{":
        yield from _of_lines(text)
    elif first:
        raise unreadable("feed-json-shape")


def _of_array(text: "_Text") -> Iterator[tuple[int, Any]]:
    number = 0
    text.skip_space()
    while text.rest(1) != "]":
        if number:
            text.take_comma(number + 1)
        number += 1
        yield number, text.item(number)
        text.skip_space()
    text.skip(1)


def _of_lines(text: "_Text") -> Iterator[tuple[int, Any]]:
    """Objects after one another; between them is nothing but space."""
    number = 0
    while text.rest(1):
        number += 1
        yield number, text.item(number)
        text.skip_space()


class _Text:
    """The text of a file from where one is, with as much of it in memory as an item needs."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._at, self._seen = file, 0, ""
        self._decoder = json.JSONDecoder(parse_constant=_refuse)
        self._bytes = codecs.getincrementaldecoder("utf-8-sig")()
        self._ended = False

    def rest(self, most: int) -> str:
        """At most so many of the next characters; "" at the end."""
        self._fill(most)
        return self._seen[self._at : self._at + most]

    def skip(self, count: int) -> None:
        """Goes on behind so many characters."""
        self._at += count

    def skip_space(self) -> None:
        """Goes on to what is no space."""
        while True:
            found = _SPACE.match(self._seen, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._seen) or not self._more():
                return

    def take_comma(self, number: int) -> None:
        """Goes on behind the comma that must stand here. Raises InvalidInput."""
        if self.rest(1) != ",":
            raise unreadable("feed-json-broken", row=number)
        self._at += 1
        self.skip_space()

    def item(self, number: int) -> Any:
        """The value that begins here. Raises InvalidInput where there is none, or a huge one."""
        wanted = 1
        while True:
            available = self._fill(wanted)
            try:
                value, end = self._decoder.raw_decode(self._seen, self._at)
                # A number at the very end of what is read may go on.
                if end < len(self._seen) or self._ended:
                    self._at = end
                    return value
            except RecursionError:
                raise unreadable("feed-json-broken", row=number) from None
            except ValueError as error:
                if available < wanted or not self._may_go_on(error):
                    raise unreadable("feed-json-broken", row=number) from None
            wanted = max(_CHUNK, 2 * available)
            if wanted > 4 * LARGEST_ROW:
                raise unreadable("feed-row-too-large", row=number, max=LARGEST_ROW // MEGABYTE)

    def _may_go_on(self, error: ValueError) -> bool:
        """Whether the fault is only that what was read ends too early."""
        if self._ended or not isinstance(error, json.JSONDecodeError):
            return False
        return error.msg.startswith("Unterminated") or error.pos > len(self._seen) - _LONGEST_WORD

    def _fill(self, most: int) -> int:
        """Reads until so many characters lie ahead; gives how many do, fewer at the end."""
        while len(self._seen) - self._at < most and self._more():
            pass
        return len(self._seen) - self._at

    def _more(self) -> bool:
        chunk = self._file.read(_CHUNK)
        try:
            text = self._bytes.decode(chunk, final=not chunk)
        except UnicodeError:
            raise unreadable("feed-encoding", row=1, encoding="UTF-8") from None
        self._seen = self._seen[self._at :] + text
        self._at = 0
        self._ended = not chunk
        return bool(chunk)


def _refuse(_: str) -> None:
    raise ValueError("NaN and Infinity are no JSON")
