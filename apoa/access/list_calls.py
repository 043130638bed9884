"""What was called with a key lately, for the managers of its lodgings."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from apoa.access.actors import Actor
from apoa.access.call_models import ApiCall, CallMark
from apoa.access.list_keys import get_key
from apoa.db.base import session

PAGE_SIZE = 50


@dataclass(frozen=True)
class CallView:
    """One call. `path` is the template of its address; None where there is no such address."""

    call_id: UUID
    at: datetime
    method: str
    path: str | None
    property_id: UUID | None
    status: int
    codes: tuple[str, ...]
    marks: tuple[str, ...]
    duration_ms: int
    request_id: str


@dataclass(frozen=True)
class CallPage:
    """Calls, the newest first. `older` leads to the next page; None on the last."""

    calls: list[CallView]
    older: UUID | None


def list_calls(
    actor: Actor, key_id: UUID, *, before: UUID | None = None, refused_only: bool = False
) -> CallPage:
    """A page of the key's calls about the actor's lodgings, or about none.

    `refused_only`: those refused wholly, and batches refused in part. Raises NotFound, NotAllowed.
    """
    get_key(actor, key_id)
    own = or_(ApiCall.property_id.is_(None), ApiCall.property_id.in_(actor.property_roles))
    asked = select(ApiCall).where(ApiCall.key_id == key_id, own)
    if before is not None:
        asked = asked.where(ApiCall.id < before)
    if refused_only:
        asked = asked.where(or_(ApiCall.status >= 400, ApiCall.marks.contains([CallMark.REJECTED])))
    rows = session().scalars(asked.order_by(ApiCall.id.desc()).limit(PAGE_SIZE + 1)).all()
    calls = [_view(row) for row in rows[:PAGE_SIZE]]
    return CallPage(calls, calls[-1].call_id if len(rows) > PAGE_SIZE else None)


def _view(row: ApiCall) -> CallView:
    return CallView(
        call_id=row.id,
        at=row.at,
        method=row.method,
        path=row.path,
        property_id=row.property_id,
        status=row.status,
        codes=tuple(row.codes),
        marks=tuple(row.marks),
        duration_ms=row.duration_ms,
        request_id=row.request_id,
    )
