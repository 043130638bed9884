"""What an officer reads of a permit; every reading is audited."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from apoa.access.actors import Actor, require
from apoa.access.models import User
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.errors import NotFound
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.offices.models import Office, Region
from apoa.permits.content import PermitContent
from apoa.permits.models import Permit, PermitDocument, PermitHistory
from apoa.permits.revise import content_of, documents_of
from apoa.permits.sealing import unseal_document, unseal_history
from apoa.permits.table_models import PermitKindName


@dataclass(frozen=True)
class DocumentView:
    """A document of the holder, its number as written."""

    number: str = field(repr=False)
    issuing_state: str | None
    expires_on: date | None
    is_current: bool
    learnt: bool
    added_at: datetime


@dataclass(frozen=True)
class HistoryLine:
    """One act on the permit; `by_name` is None for feeds."""

    seq: int
    act: str
    status: str
    valid_until: date
    effective_on: date | None
    at: datetime
    by_name: str | None
    feed_id: UUID | None
    reason: str | None


@dataclass(frozen=True)
class PermitView:
    """A permit as an officer reads it; `content.documents` are all of `documents`.

    `history` is newest first. `as_of` is when the register's source said so.
    """

    id: UUID
    content: PermitContent
    kind_name_id: str
    kind_name_en: str
    region_name: str | None
    issuing_office_name: str | None
    documents: tuple[DocumentView, ...]
    history: tuple[HistoryLine, ...]
    version: int
    feed_id: UUID | None
    as_of: datetime
    updated_at: datetime


def get_permit_view(actor: Actor, permit_id: UUID, *, purpose: str | None = None) -> PermitView:
    """The permit, opened. The reading is audited. Raises NotAllowed, NotFound, CannotDecrypt."""
    require(actor, Action.VIEW_PERMITS)
    permit = session().get(Permit, permit_id)
    if permit is None:
        raise NotFound("permit")
    documents = documents_of(permit_id)
    kind, region_name, office_name = (
        session()
        .execute(
            select(PermitKindName, Region.name, Office.name)
            .select_from(PermitKindName)
            .outerjoin(Region, Region.code == permit.region_code)
            .outerjoin(Office, Office.id == permit.issuing_office_id)
            .where(PermitKindName.code == permit.kind)
        )
        .one()
    )
    found = PermitView(
        id=permit.id,
        content=content_of(permit, documents),
        kind_name_id=kind.name_id,
        kind_name_en=kind.name_en,
        region_name=region_name,
        issuing_office_name=office_name,
        documents=tuple(_document(row) for row in documents),
        history=_history(permit_id),
        version=permit.version,
        feed_id=permit.feed_id,
        as_of=permit.as_of,
        updated_at=permit.updated_at,
    )
    with unit_of_work():
        record("view_permit", subject_type="permit", subject_id=permit_id, purpose=purpose)
    return found


def get_past_permit(actor: Actor, permit_id: UUID, seq: int) -> PermitContent:
    """The permit as one act left it. The reading is audited.

    Raises NotAllowed, NotFound, CannotDecrypt.
    """
    require(actor, Action.VIEW_PERMITS)
    row = session().get(PermitHistory, (permit_id, seq))
    if row is None:
        raise NotFound("permit history")
    content = unseal_history(permit_id, seq, row.content_sealed)
    with unit_of_work():
        record("view_permit", subject_type="permit", subject_id=permit_id, version=seq)
    return content


def _document(row: PermitDocument) -> DocumentView:
    return DocumentView(
        number=unseal_document(row.permit_id, row.number_blind, row.number_sealed),
        issuing_state=row.issuing_state,
        expires_on=row.expires_on,
        is_current=row.is_current,
        learnt=row.learnt,
        added_at=row.added_at,
    )


def _history(permit_id: UUID) -> tuple[HistoryLine, ...]:
    rows = session().execute(
        select(PermitHistory, User.name)
        .outerjoin(User, User.id == PermitHistory.by)
        .where(PermitHistory.permit_id == permit_id)
        .order_by(PermitHistory.seq.desc())
    )
    return tuple(
        HistoryLine(
            row.seq,
            row.act,
            row.status,
            row.valid_until,
            row.effective_on,
            row.at,
            name,
            row.feed_id,
            row.reason,
        )
        for row, name in rows
    )
