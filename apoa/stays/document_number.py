"""How a sealed document number is found: by the blind key of what all its writings share."""

from apoa.base.document_number import normalize_document_number
from apoa.db.secrets import secrets

__all__ = ["BLIND_USE", "document_blind", "normalize_document_number"]

BLIND_USE = "stay-document"


def document_blind(number: str) -> bytes:
    """The blind key under which stays with this document number are stored and found."""
    return secrets().blind_keys.blind(BLIND_USE, normalize_document_number(number))
