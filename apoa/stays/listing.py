"""The stays of one lodging page by page, the newest arrival first."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import eq, ge, le
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.errors import InvalidInput
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.act_schemas import LARGEST_PAGE
from apoa.stays.lines import StayLine, list_lines, select_lines
from apoa.stays.models import Receipt, Stay, StayState
from apoa.stays.outcome import StayView
from apoa.stays.queries import get_lodging
from apoa.stays.standing import IssuedReceipt, standing

Comparison: TypeAlias = Callable[[Any, Any], ColumnElement[bool]]


@dataclass(frozen=True)
class StayFilter:
    """What narrows the list; days are local days of arrival, both included."""

    state: StayState | None = None
    checked_in_from: date | None = None
    checked_in_to: date | None = None
    party_ref: str | None = None
    client_ref: str | None = None
    updated_since: datetime | None = None


@dataclass(frozen=True)
class StayPage:
    """A page, and the cursor that continues it; None at the end."""

    lines: list[StayLine]
    next_cursor: str | None


@dataclass(frozen=True)
class ViewPage:
    """A page of whole stays, and the cursor that continues it; None at the end."""

    views: list[StayView]
    next_cursor: str | None


def list_stays(
    actor: Actor,
    property_id: UUID,
    wanted: StayFilter,
    cursor: str | None = None,
    limit: int = 50,
) -> StayPage:
    """A page of at most `limit` (1 to 500) stays, from the start or from a page's `next_cursor`.

    Raises NotFound, NotAllowed, and InvalidInput at "/cursor".
    """
    require(actor, Action.VIEW_STAY, property_id=property_id)
    limit = max(1, min(limit, LARGEST_PAGE))
    lines = list_lines(_page(select_lines(), property_id, wanted, cursor, limit))
    last = lines[limit - 1] if len(lines) > limit else None
    return StayPage(
        lines[:limit], _write_cursor(last.checked_in_at, last.stay_id) if last else None
    )


def list_stay_views(
    actor: Actor,
    property_id: UUID,
    wanted: StayFilter,
    cursor: str | None = None,
    limit: int = 50,
) -> ViewPage:
    """The same with everything decrypted; the look is audited. Raises the same."""
    require(actor, Action.VIEW_STAY, property_id=property_id)
    limit = max(1, min(limit, LARGEST_PAGE))
    with unit_of_work():
        lodging = get_lodging(property_id)
        query = select_lines().add_columns(Receipt.issued_at)
        rows = session().execute(_page(query, property_id, wanted, cursor, limit)).all()
        views = [
            StayView(**standing(stay, lodging, IssuedReceipt(number, issued_at)))
            for stay, number, issued_at in rows[:limit]
        ]
        record(
            "list_stays",
            subject_type="property",
            subject_id=property_id,
            property_id=property_id,
            office_id=lodging.office_id,
            stays=len(views),
        )
    last = views[-1] if len(rows) > limit else None
    next_cursor = _write_cursor(last.report.checked_in_at, last.stay_id) if last else None
    return ViewPage(views, next_cursor)


def _page(query: Any, property_id: UUID, wanted: StayFilter, cursor: str | None, limit: int) -> Any:
    """The query's rows of one page, and one more if there is another page."""
    query = query.where(Stay.property_id == property_id, *_conditions(wanted))
    if cursor:
        query = query.where(tuple_(Stay.checked_in_at, Stay.id) < tuple_(*_read_cursor(cursor)))
    return query.order_by(Stay.checked_in_at.desc(), Stay.id.desc()).limit(limit + 1)


def _conditions(wanted: StayFilter) -> list[ColumnElement[bool]]:
    columns: list[tuple[InstrumentedAttribute[Any], Any, Comparison]] = [
        (Stay.state, wanted.state, eq),
        (Stay.checked_in_on, wanted.checked_in_from, ge),
        (Stay.checked_in_on, wanted.checked_in_to, le),
        (Stay.party_ref, wanted.party_ref, eq),
        (Stay.client_ref, wanted.client_ref, eq),
        (Stay.updated_at, wanted.updated_since, ge),
    ]
    return [fits(column, value) for column, value, fits in columns if value is not None]


def _write_cursor(checked_in_at: datetime, stay_id: UUID) -> str:
    text = f"{checked_in_at.isoformat()} {stay_id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[datetime, UUID]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        instant, stay_id = text.split(" ")
        checked_in_at = datetime.fromisoformat(instant)
        if checked_in_at.tzinfo is None:
            raise ValueError
        return checked_in_at.astimezone(UTC), UUID(stay_id)
    except (ValueError, OverflowError, binascii.Error):
        raise InvalidInput.because("invalid", "/cursor") from None
