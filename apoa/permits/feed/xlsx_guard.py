"""Whether an XLSX may be opened at all: what it says it unpacks to, and what it really does.

The library that reads sheets unpacks without bound and keeps a sheet as one block from its first
to its last cell: a small file could take all the memory there is, in two ways.
"""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from apoa.permits.feed.table import MEGABYTE, unreadable

MOST_UNPACKED = 200 * MEGABYTE
# Sheets with the same words in every row reach 40; a file made to burst, 1,000.
MOST_RATIO = 120
# Below this a high ratio harms nobody.
_RATIO_FROM = 10 * MEGABYTE
MOST_CELLS = 6_000_000
_MOST_PARTS = 500
_MOST_COLUMNS = 500
_READ = 256 * 1024
_LOCAL_HEADER = 30
# A cell's place, as "AB12"; longer tags hardly occur, and where one is cut in two, none is lost.
_PLACE = re.compile(rb'<(?:\w+:)?c [^<>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row [^<>]{0,200}?\br="([0-9]{1,7})"')
_OPENED = re.compile(rb"<(?:\w+:)?c[ />]")
_OVERLAP = 300


def require_harmless(file: BinaryIO) -> None:
    """Raises InvalidInput for what is no XLSX, and for one that is too large once opened.

    Nothing is kept of what is unpacked: each part is run through and counted.
    """
    try:
        with ZipFile(file) as archive:
            parts = archive.infolist()
            _check_names(parts)
            _check_declared(parts)
            for part in parts:
                _check_real(file, part)
    except (BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, OSError):
        raise unreadable("feed-xlsx-broken") from None
    finally:
        file.seek(0)


def _check_names(parts: list[ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or len(parts) != len(names):
        raise unreadable("feed-xlsx-broken")
    if any(part.flag_bits & 1 for part in parts):
        raise unreadable("feed-old-excel")
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise unreadable("feed-xlsx-broken")


def _check_declared(parts: list[ZipInfo]) -> None:
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise unreadable("feed-xlsx-unpacks", max=MOST_UNPACKED // MEGABYTE)
    for part in parts:
        if part.file_size > max(_RATIO_FROM, MOST_RATIO * part.compress_size):
            raise unreadable("feed-xlsx-ratio")


def _check_real(file: BinaryIO, part: ZipInfo) -> None:
    """The part unpacks to what it says, and its cells lie close enough together."""
    is_sheet = part.filename.startswith("xl/worksheets/")
    span = _Span()
    size = 0
    for chunk in _unpacked(file, part):
        size += len(chunk)
        if size > part.file_size:
            # It says less than it holds: that is no accident.
            raise unreadable("feed-xlsx-ratio")
        if is_sheet:
            span.look_at(chunk)
    if is_sheet and span.cells > MOST_CELLS:
        raise unreadable("feed-xlsx-cells", max=f"{MOST_CELLS:,}".replace(",", "."))


def _unpacked(file: BinaryIO, part: ZipInfo) -> Iterator[bytes]:
    """The content in pieces, straight from the bytes: whoever reads it later does the same."""
    file.seek(part.header_offset)
    header = file.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise BadZipFile("no part here")
    lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    file.seek(part.header_offset + _LOCAL_HEADER + lengths)
    left = part.compress_size
    inflate = zlib.decompressobj(-15) if part.compress_type == ZIP_DEFLATED else None
    while left > 0:
        data = file.read(min(_READ, left))
        if not data:
            raise EOFError
        left -= len(data)
        if inflate is None:
            yield data
            continue
        while data:
            yield inflate.decompress(data, _READ)
            data = inflate.unconsumed_tail
    if inflate is not None:
        yield inflate.flush()


class _Span:
    """How many cells lie between the first and the last one of a sheet, empty ones included."""

    def __init__(self) -> None:
        self._rows = 0
        self._columns = 0
        self._opened = 0
        self._tail = b""

    def look_at(self, chunk: bytes) -> None:
        """Takes account of the cells in the next piece of the sheet."""
        self._opened += len(_OPENED.findall(chunk))
        seen = self._tail + chunk
        for letters, row in set(_PLACE.findall(seen)):
            self._rows = max(self._rows, int(row))
            self._columns = max(self._columns, _column(letters))
        for row in _ROW.findall(seen):
            self._rows = max(self._rows, int(row))
        self._tail = seen[-_OVERLAP:]

    @property
    def cells(self) -> int:
        """From A1 on: a block is never larger than that."""
        if self._columns > _MOST_COLUMNS:
            return MOST_CELLS + 1
        return max(self._rows * max(self._columns, 1), self._opened)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
