"""Which parts of a stay are sealed in the database, and how a document's number is found."""

import json
from typing import Any
from uuid import UUID

from apoa.base.crypto import Place
from apoa.db.secrets import secrets
from apoa.stays.document_number import document_blind


def seal(column: str, stay_id: UUID, text: str | None) -> bytes | None:
    """The sealed form of a column of `stays`; None stays None."""
    if text is None:
        return None
    return secrets().cipher.encrypt(text, Place("stays", column, str(stay_id)))


def unseal(column: str, stay_id: UUID, sealed: bytes | None) -> str | None:
    """The text again. Raises CannotDecrypt."""
    if sealed is None:
        return None
    return secrets().cipher.decrypt(sealed, Place("stays", column, str(stay_id)))


def seal_version(stay_id: UUID, version: int, canonical: bytes) -> bytes:
    """The whole content of a version, written as canonical JSON, sealed."""
    return secrets().cipher.encrypt(canonical.decode(), _version_place(stay_id, version))


def unseal_version(stay_id: UUID, version: int, sealed: bytes) -> dict[str, Any]:
    """The content again. Raises CannotDecrypt."""
    content: dict[str, Any] = json.loads(
        secrets().cipher.decrypt(sealed, _version_place(stay_id, version))
    )
    return content


def find_document_blind(number: str | None) -> bytes | None:
    """The blind key of a document's number; None without one."""
    return document_blind(number) if number else None


def _version_place(stay_id: UUID, version: int) -> Place:
    return Place("stay_versions", "content_sealed", f"{stay_id}:{version}")
