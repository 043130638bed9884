"""The report of a feed and its template as files; no cell of them is ever taken for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from apoa.base.problems import problem_text
from apoa.permits.feed.columns import COLUMNS, NEEDED, heading_of
from apoa.permits.feed.listing import FaultView
from apoa.permits.feed.words import KINDS, SEXES, STATUSES

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LINES_AT_ONCE = 500
_HEADS = {
    "id": ("Baris", "Kolom", "Jenis", "Kode", "Keterangan"),
    "en": ("Row", "Column", "Kind", "Code", "Words"),
}
_KIND_WORDS = {"id": ("ditolak", "peringatan"), "en": ("refused", "warning")}
_TEMPLATE_HEADS = {
    "id": ("Kolom", "Wajib", "Contoh", "Nilai yang diterima"),
    "en": ("Column", "Needed", "Example", "Accepted values"),
}
_YES = {"id": "ya", "en": "yes"}


def safe_cell(text: str) -> str:
    """The text, with a quotation mark in front where a spreadsheet would reckon it."""
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def report_rows(faults: Iterable[FaultView], locale: str) -> Iterator[tuple[Any, ...]]:
    """Headings and then one row for each fault or warning, in the words of a language."""
    locale = "en" if locale == "en" else "id"
    yield _HEADS[locale]
    refused, warning = _KIND_WORDS[locale]
    for one in faults:
        words = problem_text(one.problem, locale)
        kind = warning if one.is_warning else refused
        yield (one.row, one.column_name or "", kind, one.problem.code, words)


def csv_lines(rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The rows as CSV in UTF-8 with its mark, some hundred at a time."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    for number, row in enumerate(rows, start=1):
        writer.writerow([safe_cell(one) if isinstance(one, str) else one for one in row])
        if number % _LINES_AT_ONCE == 0:
            yield _taken(text)
    yield _taken(text)


def write_xlsx(file: BinaryIO, sheets: Sequence[tuple[str, Iterable[Sequence[Any]]]]) -> None:
    """The rows as sheets of an XLSX: texts as texts and numbers as numbers, row by row."""
    # Only who downloads a workbook pays for it: a web worker stays small.
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True})
        for title, rows in sheets:
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 30, 22)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    style = bold if number == 0 else None
                    if isinstance(value, int):
                        sheet.write_number(number, place, value, style)
                    else:
                        sheet.write_string(number, place, str(value), style)


def template_rows(locale: str) -> list[tuple[str, ...]]:
    """The headings of the template and one invented permit."""
    return [
        tuple(heading_of(one.field, locale) for one in COLUMNS),
        tuple(one.example for one in COLUMNS),
    ]


def template_notes(locale: str) -> list[tuple[str, ...]]:
    """What each column holds: whether it is needed, an example, and the values it may have."""
    locale = "en" if locale == "en" else "id"
    rows: list[tuple[str, ...]] = [_TEMPLATE_HEADS[locale]]
    for one in COLUMNS:
        group = next((names for names in NEEDED if one.field in names), ())
        others = [heading_of(name, locale) for name in group if name != one.field]
        needed = _YES[locale] if group else ""
        if others:
            needed = f"{needed} ({_or(locale)} {' / '.join(others)})"
        rows.append((heading_of(one.field, locale), needed, one.example, _values(one.field)))
    return rows


def _or(locale: str) -> str:
    return "or" if locale == "en" else "atau"


def _values(field: str) -> str:
    if field in ("kind", "status", "sex"):
        codes: tuple[str, ...] = {"kind": KINDS, "status": STATUSES, "sex": SEXES}[field]
        return ", ".join(codes)
    if field in ("nationality", "issuing_state"):
        return "ISO 3166-1 alpha-3, ICAO 9303"
    if field == "birth_date":
        return "1974-08-12, 12/08/1974, 1974-08-00, 1974"
    if field.endswith(("_on", "_from", "_until")):
        return "2026-11-24, 24/11/2026"
    if field == "region_code":
        return "17.71, 17.71.01"
    return ""


def _taken(text: io.StringIO) -> bytes:
    content = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return content
