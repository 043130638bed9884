"""Insarkom's queue: matches that are not sure, or sure by all but the document; and one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from apoa.access.actors import Actor, require
from apoa.access.roles import ALLOWED, Action
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import NotFound
from apoa.crosscheck.ask_to_correct import ANSWER_WITHIN
from apoa.crosscheck.compare import FieldPair, compare
from apoa.crosscheck.models import Match, MatchBand
from apoa.crosscheck.views import MatchView, match_view
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.permits.view import PermitView, get_permit_view
from apoa.properties.models import Property
from apoa.stays.models import Stay, StayState
from apoa.stays.read import StayView, stay_view

PAGE = 25
Rows = Select[*tuple[Any, ...]]


class ReviewKind(StrEnum):
    """Why a match waits: not sure who it is, or sure by all but the document."""

    UNSURE = "unsure"
    OTHER_DOCUMENT = "other_document"


class ReviewTurn(StrEnum):
    """Who has to do something: the office, or the lodging that was asked in the last days."""

    OFFICE = "office"
    LODGING = "lodging"


@dataclass(frozen=True)
class ReviewFilters:
    """Which part of the queue is wanted; None is any."""

    kind: ReviewKind | None = None
    turn: ReviewTurn | None = None


@dataclass(frozen=True)
class ReviewItem:
    """A line of the queue. `is_amended`: the lodging changed its report since it was asked."""

    property_id: UUID
    stay_id: UUID
    property_name: str
    surname: str | None = field(repr=False)
    given_names: str | None = field(repr=False)
    nationality: str
    checked_in_on: date
    band: str
    score: float
    asked_at: datetime | None
    is_amended: bool


@dataclass(frozen=True)
class ReviewPage:
    """Lines, the report that waits longest first. `next_cursor` leads on; None on the last page.

    `total` counts what the filters let through.
    """

    items: tuple[ReviewItem, ...]
    next_cursor: UUID | None
    total: int


@dataclass(frozen=True)
class Review:
    """A stay and a permit side by side, with what the match said.

    `other_permit_id` is the second best holder's, to compare with instead.
    """

    stay: StayView = field(repr=False)
    permit: PermitView = field(repr=False)
    match: MatchView
    fields: tuple[FieldPair, ...]
    other_permit_id: UUID | None


def list_review(
    actor: Actor,
    filters: ReviewFilters = ReviewFilters(),
    *,
    cursor: UUID | None = None,
    limit: int = PAGE,
    purpose: str | None = None,
) -> ReviewPage:
    """What waits for Insarkom in the actor's offices. The reading is audited. Raises NotAllowed."""
    require(actor, Action.REVIEW_MATCH)
    waiting = _waiting(actor, filters)
    page = waiting.order_by(Match.stay_id).limit(limit + 1)
    if cursor is not None:
        page = page.where(Match.stay_id > cursor)
    offices = _offices(actor)
    with unit_of_work():
        total = _count(waiting)
        rows = session().execute(page).all()
        items = tuple(_item(match, stay, name) for match, stay, name in rows[:limit])
        record(
            "review_listed",
            office_id=offices[0] if len(offices) == 1 else None,
            purpose=purpose,
            count=len(items),
            first_page=cursor is None,
        )
    more = len(rows) > limit
    return ReviewPage(items, items[-1].stay_id if more else None, total)


def count_review(actor: Actor, filters: ReviewFilters = ReviewFilters()) -> int:
    """How many matches wait in the actor's offices; nobody is named. Raises NotAllowed."""
    require(actor, Action.REVIEW_MATCH)
    return _count(_waiting(actor, filters))


def find_next_review(actor: Actor, filters: ReviewFilters, after: UUID) -> tuple[UUID, UUID] | None:
    """Lodging and stay of what waits next after a stay; from the front again behind the last.

    None where nothing else waits. Raises NotAllowed.
    """
    require(actor, Action.REVIEW_MATCH)
    place = select(Match.property_id, Match.stay_id)
    waiting = _waiting(actor, filters, place).where(Match.stay_id != after)
    order = waiting.order_by(Match.stay_id <= after, Match.stay_id).limit(1)
    row = session().execute(order).one_or_none()
    return (row[0], row[1]) if row else None


def get_review(
    actor: Actor,
    property_id: UUID,
    stay_id: UUID,
    *,
    permit_id: UUID | None = None,
    purpose: str | None = None,
) -> Review:
    """The stay beside the permit that it is matched to, or beside another one.

    The reading is audited. Raises NotFound, also where nothing is matched and no permit is named,
    and NotAllowed.
    """
    require(actor, Action.REVIEW_MATCH)
    match = session().get(Match, (property_id, stay_id))
    if match is None:
        # 404, not 403: do not confirm that another office has this guest.
        raise NotFound("match")
    require(actor, Action.REVIEW_MATCH, office_id=match.office_id)
    wanted = permit_id or match.permit_id
    if wanted is None:
        raise NotFound("permit")
    shown = match_view(match)
    stay = stay_view(session().scalars(_stay_of(match)).one())
    with unit_of_work():
        permit = get_permit_view(actor, wanted, purpose=purpose)
        record(
            "review_opened",
            subject_type="stay",
            subject_id=stay_id,
            property_id=property_id,
            office_id=stay.office_id,
            purpose=purpose,
            permit_id=str(wanted),
            version=stay.version,
        )
    reasons: Sequence[Any] = shown.reasons if wanted == shown.permit_id else ()
    others = (shown.permit_id, shown.runner_up_id)
    return Review(
        stay=stay,
        permit=permit,
        match=shown,
        fields=compare(stay.report, permit.content, reasons),
        other_permit_id=next((one for one in others if one not in (None, wanted)), None),
    )


def _offices(actor: Actor) -> list[UUID]:
    allowed = ALLOWED[Action.REVIEW_MATCH]
    return [office for office, roles in actor.office_roles.items() if roles & allowed]


def _waiting(actor: Actor, filters: ReviewFilters, columns: Rows | None = None) -> Rows:
    found = columns if columns is not None else select(Match, Stay, Property.name)
    found = (
        found.select_from(Match)
        .join(Stay, (Stay.property_id == Match.property_id) & (Stay.id == Match.stay_id))
        .join(Property, Property.id == Match.property_id)
        .where(Match.office_id.in_(_offices(actor)), Match.needs_review)
        .where(Stay.state != StayState.CANCELLED)
    )
    if filters.kind is not None:
        unsure = Match.band == MatchBand.REVIEW
        found = found.where(unsure if filters.kind is ReviewKind.UNSURE else ~unsure)
    if filters.turn is not None:
        asked = _is_with_lodging()
        found = found.where(asked if filters.turn is ReviewTurn.LODGING else ~asked)
    return found


def _is_with_lodging() -> ColumnElement[bool]:
    # Never unknown: a match that nobody was asked about has no instant to compare with.
    waits = Match.asked_at >= func.greatest(Stay.updated_at, now() - ANSWER_WITHIN)
    return func.coalesce(waits, False)


def _count(waiting: Rows) -> int:
    return session().scalar(waiting.with_only_columns(func.count())) or 0


def _stay_of(match: Match) -> Any:
    return select(Stay).where(Stay.property_id == match.property_id, Stay.id == match.stay_id)


def _item(match: Match, stay: Stay, property_name: str) -> ReviewItem:
    return ReviewItem(
        property_id=match.property_id,
        stay_id=match.stay_id,
        property_name=property_name,
        surname=stay.surname,
        given_names=stay.given_names,
        nationality=stay.nationality,
        checked_in_on=stay.checked_in_on,
        band=match.band,
        score=match.score,
        asked_at=match.asked_at,
        is_amended=match.asked_at is not None and stay.updated_at > match.asked_at,
    )
