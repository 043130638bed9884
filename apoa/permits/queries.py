"""Reads the register: permits opened for the cross-check, and found by numbers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, func, select

from apoa.base.document_number import normalize_document_number
from apoa.base.errors import NotFound
from apoa.db.base import session
from apoa.db.core import any_of
from apoa.permits.facts import HolderDocument, PastState, PermitFacts
from apoa.permits.models import HistoryAct, Permit, PermitDocument, PermitHistory
from apoa.permits.sealing import permit_document_blind, permit_number_blind, unseal_document

_IDS = any_of("ids", Uuid)
# One statement each for ever, so that they are compiled once.
_FACTS = select(
    Permit.id,
    Permit.issuing_state,
    Permit.kind,
    Permit.index_code,
    Permit.surname,
    Permit.given_names,
    Permit.sex,
    Permit.birth_date,
    Permit.nationality,
    Permit.valid_from,
    Permit.valid_until,
    Permit.entered_on,
    Permit.status,
    Permit.status_on,
    Permit.region_code,
    Permit.issuing_office_id,
    Permit.version,
    Permit.feed_id,
    Permit.as_of,
).where(Permit.id == _IDS)
_DOCUMENTS = (
    select(
        PermitDocument.permit_id,
        PermitDocument.number_blind,
        PermitDocument.number_sealed,
        PermitDocument.issuing_state,
        PermitDocument.expires_on,
        PermitDocument.is_current,
        PermitDocument.learnt,
    )
    .where(PermitDocument.permit_id == _IDS)
    .order_by(PermitDocument.is_current.desc(), PermitDocument.added_at.desc())
)
_HISTORY = (
    select(
        PermitHistory.permit_id,
        PermitHistory.seq,
        PermitHistory.act,
        PermitHistory.status,
        PermitHistory.valid_until,
        PermitHistory.effective_on,
        PermitHistory.at,
    )
    .where(PermitHistory.permit_id == _IDS)
    .order_by(PermitHistory.seq)
)


def permit_facts(permit_ids: Iterable[UUID]) -> dict[UUID, PermitFacts]:
    """These permits, opened, with documents (the current one first) and history (oldest first).

    What does not exist, or is not the scope's to see, is left out. For work that shows nobody
    anything; what people read is `get_permit_view`. Raises CannotDecrypt.
    """
    ids = list(dict.fromkeys(permit_ids))
    if not ids:
        return {}
    values = {"ids": ids}
    documents: dict[UUID, list[HolderDocument]] = defaultdict(list)
    for row in _rows(_DOCUMENTS, values):
        documents[row[0]].append(_document(*row))
    history: dict[UUID, list[PastState]] = defaultdict(list)
    for row in _rows(_HISTORY, values):
        history[row[0]].append(PastState(*row[1:]))
    return {
        row[0]: PermitFacts(*(*row, tuple(documents[row[0]]), tuple(history[row[0]])))
        for row in _rows(_FACTS, values)
    }


def find_permit(number: str, issuing_state: str) -> UUID | None:
    """The permit with this number, of a holder with a document of that state."""
    return session().scalar(
        select(Permit.id).where(
            Permit.number_blind == permit_number_blind(number),
            Permit.issuing_state == issuing_state,
        )
    )


def list_permits_by_number(number: str) -> Sequence[UUID]:
    """The permits with this number, whatever the state of the holder's document."""
    return (
        session()
        .scalars(
            select(Permit.id)
            .where(Permit.number_blind == permit_number_blind(number))
            .order_by(Permit.id)
        )
        .all()
    )


def list_permits_by_document(number: str, issuing_state: str | None = None) -> Sequence[UUID]:
    """The permits whose holder has, or had, this document.

    With a state, documents of that state and those of which nobody knows it.
    """
    found = select(PermitDocument.permit_id).where(
        PermitDocument.number_blind == permit_document_blind(number)
    )
    if issuing_state is not None:
        known = PermitDocument.issuing_state
        found = found.where(known.is_(None) | (known == issuing_state))
    return session().scalars(found.order_by(PermitDocument.permit_id)).all()


def count_extensions(permit_id: UUID) -> int:
    """How often a permit was extended, as far as the register saw it."""
    counted = select(func.count()).where(
        PermitHistory.permit_id == permit_id, PermitHistory.act == HistoryAct.EXTENDED
    )
    return session().scalar(counted) or 0


def lock_permit(permit_id: UUID) -> Permit:
    """The permit, held until the transaction's end. Raises NotFound."""
    permit = (
        session()
        .scalars(
            select(Permit)
            .where(Permit.id == permit_id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
        .one_or_none()
    )
    if permit is None:
        raise NotFound("permit")
    return permit


def _rows(statement: Select[*tuple[Any, ...]], values: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    return (tuple(row) for row in session().execute(statement, values))


def _document(permit_id: UUID, blind: bytes, sealed: bytes, *rest: Any) -> HolderDocument:
    number = unseal_document(permit_id, blind, sealed)
    return HolderDocument(blind, normalize_document_number(number), *rest)
