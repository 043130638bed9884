"""Which parts of a permit are sealed in the database, and by which keys its numbers are found."""

import json
from uuid import UUID

from apoa.base.crypto import Place
from apoa.base.document_number import normalize_document_number
from apoa.db.secrets import secrets
from apoa.permits.content import PermitContent, content_from

PERMIT_USE = "permit-number"
DOCUMENT_USE = "permit-document"
_MARK_USE = "permit-content"
_MARK_BYTES = 16


def permit_number_blind(number: str) -> bytes:
    """The blind key under which permits with this number are stored and found."""
    return secrets().blind_keys.blind(PERMIT_USE, normalize_document_number(number))


def permit_document_blind(number: str) -> bytes:
    """The blind key under which documents of permit holders are stored and found."""
    return secrets().blind_keys.blind(DOCUMENT_USE, normalize_document_number(number))


def content_mark(text: str) -> bytes:
    """Tells contents, written by `content_text`, apart without opening them."""
    return secrets().blind_keys.blind(_MARK_USE, text)[:_MARK_BYTES]


def seal_permit(column: str, permit_id: UUID, text: str | None) -> bytes | None:
    """The sealed form of a column of `permits`; None stays None."""
    if text is None:
        return None
    return secrets().cipher.encrypt(text, Place("permits", column, str(permit_id)))


def unseal_permit(column: str, permit_id: UUID, sealed: bytes | None) -> str | None:
    """The text again. Raises CannotDecrypt."""
    if sealed is None:
        return None
    return secrets().cipher.decrypt(sealed, Place("permits", column, str(permit_id)))


def seal_document(permit_id: UUID, number_blind: bytes, number: str) -> bytes:
    """The sealed number of a holder's document."""
    return secrets().cipher.encrypt(number, _document_place(permit_id, number_blind))


def unseal_document(permit_id: UUID, number_blind: bytes, sealed: bytes) -> str:
    """The number as written. Raises CannotDecrypt."""
    return secrets().cipher.decrypt(sealed, _document_place(permit_id, number_blind))


def seal_history(permit_id: UUID, seq: int, text: str) -> bytes:
    """The whole permit as it became by one act, as `content_text` writes it."""
    return secrets().cipher.encrypt(text, _history_place(permit_id, seq))


def unseal_history(permit_id: UUID, seq: int, sealed: bytes) -> PermitContent:
    """The permit as it was then. Raises CannotDecrypt."""
    return content_from(
        json.loads(secrets().cipher.decrypt(sealed, _history_place(permit_id, seq)))
    )


def _document_place(permit_id: UUID, number_blind: bytes) -> Place:
    return Place("permit_documents", "number_sealed", f"{permit_id}:{number_blind.hex()}")


def _history_place(permit_id: UUID, seq: int) -> Place:
    return Place("permit_history", "content_sealed", f"{permit_id}:{seq}")
