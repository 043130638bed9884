"""A permit on its way into the register: what names it, and the rows that it becomes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from apoa.base.document_number import normalize_document_number
from apoa.db.bulk import Row
from apoa.permits.content import PermitContent, content_text
from apoa.permits.models import HistoryAct
from apoa.permits.sealing import (
    content_mark,
    permit_document_blind,
    permit_number_blind,
    seal_document,
    seal_history,
    seal_permit,
)

Key = tuple[bytes, str]


@dataclass(frozen=True, slots=True)
class UpsertSource:
    """Which feed, or who, says so, and as of when the sender's register stood like this."""

    feed_id: UUID | None
    as_of: datetime
    by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A permit that somebody sent, `place` in a list; `text` is its one writing."""

    place: int
    key: Key
    content: PermitContent = field(repr=False)
    text: str = field(repr=False)
    content_mark: bytes
    feed_mark: bytes


@dataclass(frozen=True, slots=True)
class Known:
    """What has to be known of a stored permit to tell whether it changes, and how."""

    id: UUID
    number_blind: bytes
    issuing_state: str
    content_mark: bytes
    feed_mark: bytes | None
    version: int
    as_of: datetime
    status: str
    valid_until: date

    @property
    def key(self) -> Key:
        """What names the permit."""
        return self.number_blind, self.issuing_state


def incoming(place: int, content: PermitContent) -> Incoming:
    """The permit with its keys and marks. Raises ValueError for a number without A-Z and 0-9."""
    if not normalize_document_number(content.number):
        raise ValueError("a permit's number holds at least one letter or digit")
    text = content_text(content)
    mark = content_mark(text)
    return Incoming(
        place=place,
        key=(permit_number_blind(content.number), content.issuing_state),
        content=content,
        text=text,
        # Older documents belong to the holder, not to the permit as it is now.
        content_mark=mark if len(content.documents) < 2 else current_mark(content),
        feed_mark=mark,
    )


def current_mark(content: PermitContent) -> bytes:
    """The mark of a permit as it is, with its current document alone."""
    return content_mark(content_text(content, documents=1))


def permit_row(
    one: Incoming, permit_id: UUID, version: int, source: UpsertSource, at: datetime
) -> Row:
    """The columns of `permits`; those of its beginning count only for a new row."""
    content = one.content
    return {
        "id": str(permit_id),
        "number_sealed": seal_permit("number_sealed", permit_id, content.number),
        "number_blind": one.key[0],
        "issuing_state": content.issuing_state,
        "kind": content.kind,
        "index_code": content.index_code,
        "niora_sealed": seal_permit("niora_sealed", permit_id, content.niora),
        "surname": content.surname,
        "given_names": content.given_names,
        "sex": content.sex,
        "birth_date": content.birth_date,
        "nationality": content.nationality,
        "valid_from": content.valid_from,
        "valid_until": content.valid_until,
        "entered_on": content.entered_on,
        "status": content.status,
        "status_on": content.status_on,
        "sponsor": content.sponsor,
        "region_code": content.region_code,
        "issuing_office_id": content.issuing_office_id,
        "version": version,
        "feed_id": source.feed_id,
        "content_mark": one.content_mark,
        "feed_mark": one.feed_mark,
        "as_of": source.as_of,
        "created_at": at,
        "updated_at": at,
    }


def document_rows(content: PermitContent, permit_id: UUID, at: datetime) -> list[Row]:
    """The columns of `permit_documents`: the first is the current one, each number once."""
    rows: dict[bytes, dict[str, Any]] = {}
    for place, one in enumerate(content.documents):
        blind = permit_document_blind(one.number)
        if blind not in rows:
            rows[blind] = {
                "permit_id": str(permit_id),
                "number_blind": blind,
                "number_sealed": seal_document(permit_id, blind, one.number),
                "issuing_state": one.issuing_state,
                "expires_on": one.expires_on,
                "is_current": place == 0,
                "learnt": False,
                "added_at": at,
            }
    return list(rows.values())


def history_row(
    one: Incoming, permit_id: UUID, before: Known | None, source: UpsertSource, at: datetime
) -> Row:
    """The columns of `permit_history` for what a feed or a registration says."""
    seq = before.version + 1 if before else 1
    content = one.content
    return {
        "permit_id": str(permit_id),
        "seq": seq,
        "act": _act(content, before),
        "status": content.status,
        "valid_until": content.valid_until,
        "effective_on": content.status_on,
        "at": at,
        "by": source.by,
        "feed_id": source.feed_id,
        "reason": None,
        "content_sealed": seal_history(permit_id, seq, one.text),
    }


def _act(content: PermitContent, before: Known | None) -> HistoryAct:
    if before is None:
        return HistoryAct.IMPORTED
    if content.valid_until > before.valid_until and content.status in ("active", "extended"):
        return HistoryAct.EXTENDED
    return HistoryAct.STATUS if content.status != before.status else HistoryAct.CORRECTED
