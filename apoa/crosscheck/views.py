"""What officers read of a match: on a stay's page its permit, on a permit's page its stays."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from apoa.access.actors import Actor, require
from apoa.access.models import User
from apoa.access.roles import Action
from apoa.crosscheck.models import Decision, Match, MatchDecision
from apoa.db.base import session
from apoa.properties.models import Property
from apoa.stays.models import Stay

MOST_STAYS = 200


@dataclass(frozen=True)
class MatchView:
    """A match with its reasons. `is_current`: it is of the stay's present version.

    `runner_up_id` is the second best holder's permit, `runner_up_score` how near it came.
    `is_amended`: the lodging changed its report since it was asked to look at it.

    `confirmed_by` names the officer who said so, None where the score alone did. `rejected` are
    the permits of which an officer said that they are another person's.
    """

    property_id: UUID
    stay_id: UUID
    office_id: UUID
    permit_id: UUID | None
    other_permits: tuple[UUID, ...]
    runner_up_id: UUID | None
    runner_up_score: float | None
    band: str
    score: float
    reasons: tuple[dict[str, Any], ...]
    needs_review: bool
    method_version: str
    is_current: bool
    confirmed_by: str | None
    confirmed_at: datetime | None
    asked_at: datetime | None
    is_amended: bool
    checked_at: datetime
    rejected: tuple[UUID, ...]


@dataclass(frozen=True)
class PermitStay:
    """A stay of a permit's holder, as far as the officer's reach goes."""

    property_id: UUID
    stay_id: UUID
    property_name: str
    surname: str | None = field(repr=False)
    given_names: str | None = field(repr=False)
    checked_in_on: date
    checked_out_on: date | None
    expected_departure_on: date
    state: str
    band: str
    is_confirmed: bool


def match_of_stay(actor: Actor, property_id: UUID, stay_id: UUID) -> MatchView | None:
    """What the last check said; None before the first. Raises NotAllowed.

    Other offices' matches are as if they were not there. Whoever shows it has audited the reading
    of the stay itself.
    """
    require(actor, Action.VIEW_PERMITS)
    match = session().get(Match, (property_id, stay_id))
    return match_view(match) if match is not None else None


def match_view(match: Match) -> MatchView:
    """The match as it is read."""
    version, updated_at = (
        session()
        .execute(
            select(Stay.version, Stay.updated_at).where(
                Stay.property_id == match.property_id, Stay.id == match.stay_id
            )
        )
        .one()
    )
    by = session().scalar(select(User.name).where(User.id == match.decided_by))
    second = match.runner_up or {}
    rejected = session().scalars(
        select(MatchDecision.permit_id)
        .where(
            MatchDecision.property_id == match.property_id,
            MatchDecision.stay_id == match.stay_id,
            MatchDecision.decision == Decision.NOT_SAME,
        )
        .order_by(MatchDecision.at.desc())
    )
    return MatchView(
        property_id=match.property_id,
        stay_id=match.stay_id,
        office_id=match.office_id,
        permit_id=match.permit_id,
        other_permits=tuple(match.other_permits),
        runner_up_id=UUID(second["permit_id"]) if second else None,
        runner_up_score=second.get("score"),
        band=match.band,
        score=match.score,
        reasons=tuple(match.reasons),
        needs_review=match.needs_review,
        method_version=match.method_version,
        is_current=version == match.stay_version,
        confirmed_by=by,
        confirmed_at=match.decided_at,
        asked_at=match.asked_at,
        is_amended=match.asked_at is not None and updated_at > match.asked_at,
        checked_at=match.checked_at,
        rejected=tuple(rejected),
    )


def stays_of_permit(actor: Actor, permit_id: UUID) -> tuple[PermitStay, ...]:
    """The stays matched to a permit within the actor's reach, the newest arrivals first.

    Raises NotAllowed. Whoever shows it
    has audited the reading of the permit.
    """
    require(actor, Action.VIEW_PERMITS)
    rows = session().execute(
        select(Match, Stay, Property.name)
        .join(Stay, (Stay.property_id == Match.property_id) & (Stay.id == Match.stay_id))
        .join(Property, Property.id == Match.property_id)
        .where(Match.permit_id == permit_id)
        .order_by(Stay.checked_in_on.desc(), Stay.id.desc())
        .limit(MOST_STAYS)
    )
    return tuple(
        PermitStay(
            property_id=stay.property_id,
            stay_id=stay.id,
            property_name=name,
            surname=stay.surname,
            given_names=stay.given_names,
            checked_in_on=stay.checked_in_on,
            checked_out_on=stay.checked_out_on,
            expected_departure_on=stay.expected_departure_on,
            state=stay.state,
            band=match.band,
            is_confirmed=match.decision is not None,
        )
        for match, stay, name in rows
    )
