"""Opens a feed's file as a table, read the way the feed says."""

from collections.abc import Mapping
from typing import Any, BinaryIO

from apoa.permits.feed.csv_table import read_csv
from apoa.permits.feed.json_table import read_json_table
from apoa.permits.feed.models import FeedKind
from apoa.permits.feed.table import Table
from apoa.permits.feed.xlsx_table import read_xlsx


def open_table(file: BinaryIO, kind: str, reading: Mapping[str, Any]) -> Table:
    """The table; `reading` may say `encoding`, `separator` and `sheet`. Raises InvalidInput."""
    if kind == FeedKind.XLSX:
        return read_xlsx(file, reading.get("sheet"))
    if kind == FeedKind.JSON:
        return read_json_table(file)
    return read_csv(file, reading.get("encoding"), reading.get("separator"))
