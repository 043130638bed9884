"""Writes what an officer's act makes of a permit: its next version, with history and re-check."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from apoa.audit.record import record
from apoa.base.clock import now
from apoa.db.base import session
from apoa.db.bulk import NewRows, insert_rows
from apoa.permits.content import DocumentContent, PermitContent, content_text
from apoa.permits.incoming import current_mark
from apoa.permits.models import HistoryAct, Permit, PermitDocument, PermitHistory
from apoa.permits.sealing import seal_history, unseal_document, unseal_permit
from apoa.permits.tell import permits_changed


@dataclass(frozen=True)
class Revision:
    """By which act, from which day on, by whom and why. `act_name` is the audit's word for it.

    `is_news`: the register's knowledge of the permit is as of now, so that an older feed does not
    change it. Who a guest is says nothing of the permit itself.
    """

    act: HistoryAct
    act_name: str
    by: UUID | None
    effective_on: date | None = None
    reason: str | None = None
    is_news: bool = True


def documents_of(permit_id: UUID) -> Sequence[PermitDocument]:
    """The documents of a permit's holder, the current one first, then the newest."""
    return (
        session()
        .scalars(
            select(PermitDocument)
            .where(PermitDocument.permit_id == permit_id)
            .order_by(PermitDocument.is_current.desc(), PermitDocument.added_at.desc())
        )
        .all()
    )


def content_of(permit: Permit, documents: Iterable[PermitDocument]) -> PermitContent:
    """A stored permit as plain values, with these documents. Raises CannotDecrypt."""
    return PermitContent(
        number=unseal_permit("number_sealed", permit.id, permit.number_sealed) or "",
        issuing_state=permit.issuing_state,
        kind=permit.kind,
        birth_date=permit.birth_date,
        nationality=permit.nationality,
        valid_until=permit.valid_until,
        surname=permit.surname,
        given_names=permit.given_names,
        sex=permit.sex,
        index_code=permit.index_code,
        niora=unseal_permit("niora_sealed", permit.id, permit.niora_sealed),
        valid_from=permit.valid_from,
        entered_on=permit.entered_on,
        status=permit.status,
        status_on=permit.status_on,
        sponsor=permit.sponsor,
        region_code=permit.region_code,
        issuing_office_id=permit.issuing_office_id,
        documents=tuple(_document(row) for row in documents),
    )


def write_revision(permit: Permit, revision: Revision) -> None:
    """Stores the next version of a locked permit whose columns hold it already."""
    at = now()
    permit.version += 1
    permit.updated_at = at
    if revision.is_news:
        permit.as_of = at
    session().flush()
    documents = documents_of(permit.id)
    content = content_of(permit, documents)
    permit.content_mark = current_mark(
        content_of(permit, [one for one in documents if one.is_current])
    )
    session().flush()
    row = {
        "permit_id": permit.id,
        "seq": permit.version,
        "act": revision.act,
        "status": permit.status,
        "valid_until": permit.valid_until,
        "effective_on": revision.effective_on,
        "at": at,
        "by": revision.by,
        "feed_id": None,
        "reason": revision.reason,
        "content_sealed": seal_history(permit.id, permit.version, content_text(content)),
    }
    insert_rows(NewRows(PermitHistory, [row]))
    record(
        revision.act_name,
        subject_type="permit",
        subject_id=permit.id,
        purpose=revision.reason[:300] if revision.reason else None,
        version=permit.version,
    )
    permits_changed([permit.id])


def _document(row: PermitDocument) -> DocumentContent:
    number = unseal_document(row.permit_id, row.number_blind, row.number_sealed)
    return DocumentContent(number, row.issuing_state, row.expires_on)
