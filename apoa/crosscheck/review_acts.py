"""What Insarkom decides of a match, from its queue or later: only of what is as the officer saw it.

A decision can be changed, and a link that no officer made can be contradicted, with a reason.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from apoa.access.actors import Actor
from apoa.access.models import User
from apoa.base.errors import Problem, StateConflict
from apoa.crosscheck.ask_to_correct import AskedField, StayLinks, ask_to_correct
from apoa.crosscheck.decide import confirm_match, hold_for_decision, reject_match
from apoa.crosscheck.models import Decision, Match, MatchDecision
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.reasons import read_reason


@dataclass(frozen=True)
class SeenReview:
    """What stood on the officer's page: the stay's version, the permit matched to it, the one that
    was shown beside it, and whether the match waited for a decision.
    """

    property_id: UUID
    stay_id: UUID
    version: int
    proposed_id: UUID | None
    permit_id: UUID
    is_waiting: bool


@dataclass(frozen=True)
class LastDecision:
    """What was decided last about a stay, and by whom."""

    decision: str
    by_name: str | None


def confirm_review(actor: Actor, seen: SeenReview, reason: str | None = None) -> None:
    """The guest is the holder. Raises as `confirm_match`, and StateConflict if it is as seen no
    more; InvalidInput where a decision is changed without a reason.
    """
    with _as_seen(actor, seen, reason):
        confirm_match(
            actor,
            seen.property_id,
            seen.stay_id,
            seen.permit_id,
            seen_version=seen.version,
            reason=reason,
        )


def reject_review(actor: Actor, seen: SeenReview, reason: str | None = None) -> None:
    """The guest is somebody else. Raises as `confirm_review`."""
    with _as_seen(actor, seen, reason):
        reject_match(
            actor,
            seen.property_id,
            seen.stay_id,
            seen.permit_id,
            seen_version=seen.version,
            reason=reason,
        )


def ask_about_review(
    actor: Actor, seen: SeenReview, fields: Collection[AskedField], links: StayLinks
) -> int:
    """Asks the lodging to look at these fields; gives how many were asked.

    Raises as `ask_to_correct`, and StateConflict if it is as seen no more.
    """
    with _as_seen(actor, seen):
        return ask_to_correct(
            actor,
            seen.property_id,
            seen.stay_id,
            fields,
            links=links,
            seen_version=seen.version,
        )


def find_last_decision(property_id: UUID, stay_id: UUID) -> LastDecision | None:
    """The newest decision about a stay; None if there was none."""
    row = session().execute(
        select(MatchDecision.decision, User.name)
        .outerjoin(User, User.id == MatchDecision.by)
        .where(MatchDecision.property_id == property_id, MatchDecision.stay_id == stay_id)
        .order_by(MatchDecision.at.desc())
        .limit(1)
    )
    found = row.one_or_none()
    return LastDecision(*found) if found else None


@contextmanager
def _as_seen(actor: Actor, seen: SeenReview, reason: str | None = None) -> Iterator[None]:
    with unit_of_work():
        _, match = hold_for_decision(actor, seen.property_id, seen.stay_id, seen.version)
        if (match.needs_review, match.permit_id) != (seen.is_waiting, seen.proposed_id):
            raise StateConflict([_decided_meanwhile(match)])
        if not seen.is_waiting:
            read_reason(reason, needed=True)
        yield


def _decided_meanwhile(match: Match) -> Problem:
    last = find_last_decision(match.property_id, match.stay_id)
    if last is None:
        return Problem("", "review-changed")
    code = {
        Decision.CONFIRMED: "review-confirmed-meanwhile",
        Decision.NOT_SAME: "review-rejected-meanwhile",
    }[Decision(last.decision)]
    return Problem("", code, {"name": last.by_name or "?"})
