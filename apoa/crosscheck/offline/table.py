"""What a CSV file must be: UTF-8, a header with the columns, a value in each row for each."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

from apoa.crosscheck.offline.faults import FileFault

_SEPARATORS = (",", ";", "\t")


class Row(NamedTuple):
    """The number of the row, the header being 1, and the wanted values in the wanted order."""

    number: int
    values: tuple[str, ...]


def read_table(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a file, one after another; columns in any order, others are passed over.

    Empty lines are passed over and counted. Values lose the spaces at their ends. The separator
    is the comma, or a semicolon or tab if the header has no comma. Raises FileFault.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _rows(path, file, columns)
    except UnicodeDecodeError:
        raise FileFault(path, "the file is not UTF-8 text") from None
    except OSError as error:
        raise FileFault(path, f"cannot be read: {error.strerror}") from None


def _rows(path: Path, file: TextIO, columns: Sequence[str]) -> Iterator[Row]:
    header_line = file.readline()
    if not header_line.strip():
        raise FileFault(path, "the first row must be the header, but it is empty", row=1)
    separator = next((sign for sign in _SEPARATORS if sign in header_line), ",")
    file.seek(0)
    reader = csv.reader(file, delimiter=separator, strict=True)
    number = 0
    places: list[int] = []
    width = 0
    try:
        for cells in reader:
            number += 1
            if number == 1:
                places, width = _places(path, cells, columns), len(cells)
            elif cells:
                if len(cells) != width:
                    problem = f"{len(cells)} values, but the header has {width} columns"
                    raise FileFault(path, problem, row=number)
                yield Row(number, tuple([cells[place].strip() for place in places]))
    except csv.Error as error:
        raise FileFault(path, f"not well-formed CSV: {error}", row=number + 1) from None


def _places(path: Path, header: list[str], columns: Sequence[str]) -> list[int]:
    names = [name.strip().lower() for name in header]
    missing = [column for column in columns if column not in names]
    if missing:
        words = "the column is" if len(missing) == 1 else "these columns are"
        raise FileFault(path, f"{words} missing: {', '.join(missing)}", row=1)
    for column in columns:
        if names.count(column) > 1:
            raise FileFault(path, "the header names it twice", row=1, column=column)
    return [names.index(column) for column in columns]
