"""When two writings of a document's or permit's number are the same number."""

import re
import unicodedata

_NOT_IN_NUMBERS = re.compile(r"[^A-Z0-9]")


def normalize_document_number(number: str) -> str:
    """What two writings of one number have in common: A-Z and 0-9 in upper case; "" if nothing."""
    return _NOT_IN_NUMBERS.sub("", unicodedata.normalize("NFKC", number).upper())
