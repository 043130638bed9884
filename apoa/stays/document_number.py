"""When two writings of a travel document's number are the same number, and how it is found."""

import unicodedata

from apoa.db.secrets import secrets

BLIND_USE = "stay-document"


def normalize_document_number(text: str) -> str:
    """Upper-case letters and digits alone: "l898-902 c3", "L898902C3<" are L898902C3.

    Look-alikes (O and 0) stay apart: in some states they are different numbers. The result is
    empty when the text holds no letter or digit.
    """
    upper = unicodedata.normalize("NFKC", text).upper()
    return "".join(char for char in upper if char.isalnum())


def document_blind(number: str) -> bytes:
    """The blind key under which stays with this document number are stored and found."""
    return secrets().blind_keys.blind(BLIND_USE, normalize_document_number(number))
