"""Reads an entry of the watchlist as the matching knows persons, and seals its document."""

from uuid import UUID

from apoa.base.crypto import Place
from apoa.base.document_number import normalize_document_number
from apoa.crosscheck.matching.person import Document, Person
from apoa.crosscheck.watchlist.models import WatchlistEntry
from apoa.db.secrets import secrets


def person_of(entry: WatchlistEntry) -> Person:
    """Whom to look for. Raises CannotDecrypt."""
    documents: tuple[Document, ...] = ()
    if entry.document_number_sealed is not None:
        number = unseal_entry("document_number_sealed", entry.id, entry.document_number_sealed)
        number = normalize_document_number(number)
        documents = (Document(number, entry.document_issuing_state),)
    return Person(
        surname=entry.surname,
        given_names=entry.given_names,
        birth_date=entry.birth_date,
        nationality=entry.nationality,
        sex=entry.sex,
        documents=documents,
        native_name=entry.native_name,
    )


def seal_entry(column: str, entry_id: UUID, value: str | None) -> bytes | None:
    """The sealed form of a column of `watchlist_entries`; None stays None."""
    if value is None:
        return None
    return secrets().cipher.encrypt(value, _place(column, entry_id))


def unseal_entry(column: str, entry_id: UUID, sealed: bytes) -> str:
    """The text again. Raises CannotDecrypt."""
    return secrets().cipher.decrypt(sealed, _place(column, entry_id))


def _place(column: str, entry_id: UUID) -> Place:
    return Place("watchlist_entries", column, str(entry_id))
