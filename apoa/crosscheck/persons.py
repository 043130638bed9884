"""Reads guests and permit holders as the matching knows them: names, birth, nationality, papers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import text

from apoa.base.crypto import CannotDecrypt
from apoa.base.document_number import normalize_document_number
from apoa.crosscheck.matching.person import Document, Person
from apoa.db.base import session
from apoa.db.secrets import secrets
from apoa.permits.sealing import unseal_document
from apoa.stays.models import Stay
from apoa.stays.sealing import unseal
from apoa.stays.warnings import folded_name

log = structlog.get_logger()


@dataclass(frozen=True)
class SealedDocument:
    """A holder's document before it is opened."""

    permit_id: UUID
    number_blind: bytes
    number_sealed: bytes
    issuing_state: str | None


@dataclass(frozen=True)
class HolderRow:
    """What the register says of one permit's holder, the document numbers still sealed."""

    documents: tuple[SealedDocument, ...]
    permit_id: UUID
    surname: str | None
    given_names: str | None
    birth_date: str
    nationality: str
    sex: str | None
    valid_from: date | None
    valid_until: date
    status: str
    status_on: date | None


# The columns of a holder, in the order of HolderRow, its documents as three arrays.
HOLDER_COLUMNS = """
  p.id, p.surname, p.given_names, p.birth_date, p.nationality, p.sex, p.valid_from, p.valid_until,
  p.status, p.status_on, d.blinds, d.numbers, d.states
"""
HOLDERS = """
  permits p CROSS JOIN LATERAL (
    SELECT array_agg(number_blind) AS blinds, array_agg(number_sealed) AS numbers,
      array_agg(CAST(issuing_state AS text)) AS states
    FROM permit_documents WHERE permit_id = p.id) d
"""
_HOLDERS = text(
    f"SELECT {HOLDER_COLUMNS} FROM {HOLDERS} WHERE p.id = ANY (CAST(:ids AS uuid[]))"  # noqa: S608
)


def guest_of(stay: Stay) -> Person:
    """The guest of a stay. Raises CannotDecrypt."""
    number = unseal("document_number_sealed", stay.id, stay.document_number_sealed)
    documents = (_document(number, stay.document_issuing_state),) if number else ()
    return Person(
        surname=stay.surname,
        given_names=stay.given_names,
        birth_date=stay.birth_date,
        nationality=stay.nationality,
        sex=stay.sex,
        documents=documents,
        native_name=stay.native_name,
    )


def guest_mark(stay: Stay) -> bytes:
    """What a decision about the guest stands on: another document or birth day is another guest.

    Without a document the name stands for it.
    """
    blind = stay.document_blind.hex() if stay.document_blind else ""
    said = f"{blind}|{stay.document_issuing_state or ''}|{stay.birth_date}"
    if not blind:
        said += f"|{folded_name(stay.surname, stay.given_names)}"
    return secrets().blind_keys.blind("match-guest", said)


def list_holders(permit_ids: Iterable[UUID]) -> dict[UUID, HolderRow]:
    """The holders of these permits, each with all documents; what does not exist is left out."""
    ids = list(set(permit_ids))
    if not ids:
        return {}
    return {row[0]: holder_row(row) for row in session().execute(_HOLDERS, {"ids": ids})}


def holder_row(columns: Sequence[Any]) -> HolderRow:
    """The holder from HOLDER_COLUMNS."""
    *plain, blinds, numbers, states = columns
    permit_id = plain[0]
    documents = tuple(
        SealedDocument(permit_id, bytes(blind), bytes(number), state)
        for blind, number, state in zip(blinds or (), numbers or (), states or (), strict=True)
    )
    return HolderRow(documents, *plain)


def holder_of(row: HolderRow, *, as_far_as_known: bool = False) -> Person:
    """The holder with the documents opened.

    Raises CannotDecrypt; if `as_far_as_known`, what does not open is left out and logged.
    """
    return Person(
        surname=row.surname,
        given_names=row.given_names,
        birth_date=row.birth_date,
        nationality=row.nationality,
        sex=row.sex,
        documents=tuple(_opened(row.documents, as_far_as_known)),
    )


def _opened(sealed: Sequence[SealedDocument], as_far_as_known: bool) -> Iterator[Document]:
    for one in sealed:
        try:
            number = unseal_document(one.permit_id, one.number_blind, one.number_sealed)
        except CannotDecrypt:
            if not as_far_as_known:
                raise
            log.error("permit_document_not_opened", permit_id=str(one.permit_id))
        else:
            yield _document(number, one.issuing_state)


def _document(number: str, issuing_state: str | None) -> Document:
    return Document(normalize_document_number(number), issuing_state)
