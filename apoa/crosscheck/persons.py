"""Reads guests and permit holders as the matching knows them: names, birth, nationality, papers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, select

from apoa.base.document_number import normalize_document_number
from apoa.crosscheck.matching.person import Document, Person
from apoa.db.base import session
from apoa.db.secrets import secrets
from apoa.permits.models import Permit, PermitDocument
from apoa.permits.sealing import unseal_document
from apoa.stays.models import Stay
from apoa.stays.sealing import unseal


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


_IDS = any_(bindparam("ids", type_=ARRAY(Uuid)))
# One statement each for ever, so that they are compiled once.
_HOLDERS = select(
    Permit.id,
    Permit.surname,
    Permit.given_names,
    Permit.birth_date,
    Permit.nationality,
    Permit.sex,
    Permit.valid_from,
    Permit.valid_until,
    Permit.status,
    Permit.status_on,
).where(Permit.id == _IDS)
_DOCUMENTS = select(
    PermitDocument.permit_id,
    PermitDocument.number_blind,
    PermitDocument.number_sealed,
    PermitDocument.issuing_state,
).where(PermitDocument.permit_id == _IDS)


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
    """What a decision about the guest stands on: another document or birth day is another guest."""
    blind = stay.document_blind.hex() if stay.document_blind else ""
    said = f"{blind}|{stay.document_issuing_state or ''}|{stay.birth_date}"
    return secrets().blind_keys.blind("match-guest", said)


def list_holders(permit_ids: Iterable[UUID]) -> dict[UUID, HolderRow]:
    """The holders of these permits, each with all documents; what does not exist is left out."""
    ids = list(set(permit_ids))
    if not ids:
        return {}
    documents: dict[UUID, list[SealedDocument]] = defaultdict(list)
    for row in session().execute(_DOCUMENTS, {"ids": ids}):
        documents[row[0]].append(SealedDocument(*row))
    return {
        row[0]: HolderRow(tuple(documents[row[0]]), *cast(tuple[Any, ...], row))
        for row in session().execute(_HOLDERS, {"ids": ids})
    }


def holder_of(row: HolderRow) -> Person:
    """The holder with the documents opened. Raises CannotDecrypt."""
    return Person(
        surname=row.surname,
        given_names=row.given_names,
        birth_date=row.birth_date,
        nationality=row.nationality,
        sex=row.sex,
        documents=_opened(row.documents),
    )


def _opened(sealed: Sequence[SealedDocument]) -> tuple[Document, ...]:
    return tuple(
        _document(
            unseal_document(one.permit_id, one.number_blind, one.number_sealed), one.issuing_state
        )
        for one in sealed
    )


def _document(number: str, issuing_state: str | None) -> Document:
    return Document(normalize_document_number(number), issuing_state)
