"""Reads the first sheet of an XLSX, or the one that is named; formulas are their stored values."""

from collections.abc import Iterator
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from apoa.permits.feed.columns import guess_mapping
from apoa.permits.feed.table import Line, Table, has_content, unreadable
from apoa.permits.feed.xlsx_guard import require_harmless

_DEEPEST_HEADING = 10


def read_xlsx(file: BinaryIO, sheet: str | None = None) -> Table:
    """The table of a sheet. The whole of it is in memory, within the bounds of the guard.

    Raises InvalidInput, before anything is unpacked for keeping where it would be too much.
    """
    require_harmless(file)
    try:
        with CalamineWorkbook.from_filelike(file) as book:
            found = _sheet(book, sheet)
            return _table(found)
    except (CalamineError, ValueError, OSError, IndexError):
        raise unreadable("feed-xlsx-broken") from None
    except BaseException as error:
        # A panic of the library is no Exception, so that nobody takes it for one.
        if type(error).__name__ == "PanicException":
            raise unreadable("feed-xlsx-broken") from None
        raise


def _sheet(book: CalamineWorkbook, name: str | None) -> CalamineSheet:
    if name is None:
        return book.get_sheet_by_index(0)
    if name not in book.sheet_names:
        raise unreadable("feed-sheet-unknown")
    return book.get_sheet_by_name(name)


def _table(sheet: CalamineSheet) -> Table:
    if sheet.start is None:
        raise unreadable("feed-empty")
    lines = _lines(sheet)
    begun: list[Line] = []
    for line in lines:
        begun.append(line)
        if len(begun) >= _DEEPEST_HEADING:
            break
    if not begun:
        raise unreadable("feed-empty")
    best = max(
        range(len(begun)),
        key=lambda one: (len(guess_mapping([str(cell) for cell in begun[one].cells])), -one),
    )
    headings = [str(cell).strip() for cell in begun[best].cells]
    while headings and not headings[-1]:
        headings.pop()

    def rest() -> Iterator[Line]:
        yield from begun[best + 1 :]
        yield from lines

    return Table(tuple(headings), rest(), is_sheet=True)


def _lines(sheet: CalamineSheet) -> Iterator[Line]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if has_content(cells):
            yield Line(number, cells)
