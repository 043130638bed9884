"""Permits as feeds send them: rows, files of them, and feeds made of files."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import xlsxwriter

from apoa.permits.feed.models import FeedSource, PermitFeed, PermitFeedFault
from apoa.permits.feed.receive import preview_feed, receive_feed
from apoa.permits.feed.run import run_feed
from apoa.permits.feed.start import start_feed
from apoa.permits.models import Permit
from tests.cast import EVERYWHERE, db, scope

HEADINGS = (
    "number", "issuing_state", "kind", "index_code", "surname", "given_names", "birth_date",
    "nationality", "valid_from", "valid_until", "status", "status_on", "document_number",
)  # fmt: skip


def permit(number: int = 1, **changes: Any) -> dict[str, Any]:
    """One invented permit; `number` makes it another."""
    return {
        "number": f"2C11AA{number:06}",
        "issuing_state": "SWE",
        "kind": "itas",
        "index_code": "E23",
        "surname": "ERIKSSON",
        "given_names": f"ANNA {number}",
        "birth_date": "1974-08-12",
        "nationality": "SWE",
        "valid_from": "2026-01-15",
        "valid_until": "2027-01-14",
        "status": "active",
        "status_on": None,
        "document_number": f"X{number:07}",
    } | changes


def csv_file(
    rows: Sequence[dict[str, Any]], separator: str = ",", encoding: str = "utf-8"
) -> bytes:
    """The rows as CSV with the fields' names as headings."""
    text = io.StringIO()
    headings = list({key: None for row in rows for key in row}) or list(HEADINGS)
    writer = csv.DictWriter(text, headings, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_file(rows: Sequence[Sequence[Any]]) -> bytes:
    """The cells as the first sheet; days as days, "=" as formulas."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return content.getvalue()


def json_file(rows: Sequence[Any]) -> bytes:
    """The rows as a JSON array."""
    return json.dumps(rows).encode()


def send(
    content: bytes,
    *,
    actor: Any = None,
    office_id: UUID | None = None,
    data_as_of: datetime | None = None,
    **reading: Any,
) -> UUID:
    """A feed that waits to be started, sent by the operator unless an actor is named."""
    return receive_feed(
        actor,
        io.BytesIO(content),
        file_name="contoh.csv",
        source=FeedSource.COMMAND,
        office_id=office_id,
        data_as_of=data_as_of,
        reading=reading,
    )


def start(feed_id: UUID, *, is_dry_run: bool = False, **mapping: str) -> None:
    """Starts with the columns that are known by their headings, and those that are named."""
    with scope(EVERYWHERE):
        guessed = preview_feed(the_feed(feed_id)).guessed
    start_feed(None, feed_id, mapping=guessed | mapping, is_dry_run=is_dry_run, in_background=False)


def load(content: bytes, *, is_dry_run: bool = False, **more: Any) -> PermitFeed:
    """Sends, starts and takes over a file; gives the feed as it is then."""
    feed_id = send(content, **more)
    start(feed_id, is_dry_run=is_dry_run)
    run_feed(feed_id)
    return the_feed(feed_id)


def the_feed(feed_id: UUID) -> PermitFeed:
    """The feed as it is now, out of reach of the session."""
    with scope(EVERYWHERE):
        feed = db.session.get_one(PermitFeed, feed_id, populate_existing=True)
        db.session.expunge(feed)
        db.session.rollback()
    return feed


def counts(feed: PermitFeed) -> tuple[int, int, int, int]:
    """New, changed, unchanged, refused."""
    return feed.new, feed.changed, feed.unchanged, feed.refused


def faults(feed_id: UUID) -> list[tuple[int, str | None, str]]:
    """Row, column and code of everything in the report."""
    with scope(EVERYWHERE):
        rows = db.session.query(PermitFeedFault).filter_by(feed_id=feed_id)
        found = [(one.row, one.column_name, one.code) for one in rows]
        db.session.rollback()
    return sorted(found, key=lambda one: (one[0], one[1] or "", one[2]))


def stored_permits() -> list[Permit]:
    """Every permit of the register."""
    with scope(EVERYWHERE):
        found = list(db.session.query(Permit).order_by(Permit.given_names))
        for one in found:
            db.session.expunge(one)
        db.session.rollback()
    return found
