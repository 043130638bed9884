"""How receipts become paper: one page each, alone or many in one file."""

import json
from collections.abc import Iterator, Sequence

from apoa.stays.receipt.page import page_of
from apoa.stays.receipt.typesetter import CannotTypeset, typeset, typeset_apart
from apoa.stays.receipt.view import Language, ReceiptView

__all__ = ["MAX_RECEIPTS_IN_FILE", "Language", "ReceiptView", "receipt_pdf", "receipts_pdf"]

# Typesetting takes about 1.2 MB of memory for each page of a file.
MAX_RECEIPTS_IN_FILE = 200
_MOST_IN_THIS_PROCESS = 5


def receipt_pdf(view: ReceiptView, language: Language = "id") -> bytes:
    """The receipt as one A4 page of PDF/UA-1 whose title and values are in this language."""
    return receipts_pdf([view], language)


def receipts_pdf(views: Sequence[ReceiptView], language: Language = "id") -> bytes:
    """Many receipts in one file, a page each, in the given order.

    ValueError for none, or for more than MAX_RECEIPTS_IN_FILE.
    """
    if not 1 <= len(views) <= MAX_RECEIPTS_IN_FILE:
        raise ValueError(f"a file holds 1 to {MAX_RECEIPTS_IN_FILE} receipts")
    try:
        return _typeset([page_of(view, language) for view in views], views, language)
    except CannotTypeset:
        # Print the marks as codes, and only in the receipts that need it.
        return _typeset(list(_safe_pages(views, language)), views, language)


def _safe_pages(views: Sequence[ReceiptView], language: Language) -> Iterator[dict[str, object]]:
    for view in views:
        page = page_of(view, language)
        try:
            _typeset([page], [view], language)
        except CannotTypeset:
            page = page_of(view, language, marks=False)
        yield page


def _typeset(
    pages: list[dict[str, object]], views: Sequence[ReceiptView], language: Language
) -> bytes:
    dated = int(max(view.issued_at for view in views).timestamp())
    # Measured pages and long files leave this process the larger for good: they go to their own.
    light = len(pages) <= _MOST_IN_THIS_PROCESS and all(page["roomy"] for page in pages)
    press = typeset if light else typeset_apart
    return press(json.dumps(pages), language, dated)
