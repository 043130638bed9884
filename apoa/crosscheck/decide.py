"""What an officer decides about a stay and a permit: the same person, or not the same.

Each is one commit with its audit row, and leaves a job that checks the stay again.
"""

from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.dialects.postgresql import insert

import apoa.crosscheck.problems
import apoa.stays.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import NotFound, Problem, StateConflict, VersionConflict
from apoa.crosscheck.defer import defer_checks
from apoa.crosscheck.models import Decision, Match, MatchBand, MatchDecision
from apoa.crosscheck.persons import guest_mark
from apoa.crosscheck.taught import is_slip, take_back
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.permits.learn_document import forget_document, learn_document
from apoa.permits.models import Permit
from apoa.permits.sealing import permit_document_blind
from apoa.stays.models import Stay, StayState
from apoa.stays.queries import get_stay
from apoa.stays.reasons import read_reason
from apoa.stays.sealing import unseal

# Who decides waits to see what the rules say now.
AT_ONCE = 20


def confirm_match(
    actor: Actor,
    property_id: UUID,
    stay_id: UUID,
    permit_id: UUID,
    *,
    seen_version: int | None = None,
    reason: str | None = None,
) -> None:
    """The guest is the holder of this permit, the one proposed or another.

    From now on the guest's document is known as the holder's, unless it is the holder's own with
    a slip of the hand; what the stay had taught of another holder is taken back. Raises NotFound,
    NotAllowed, InvalidInput, StateConflict for a cancelled stay, VersionConflict when the stay
    changed since `seen_version`.
    """
    reason = read_reason(reason)
    with unit_of_work():
        stay, match = hold_for_decision(actor, property_id, stay_id, seen_version)
        _get_permit(permit_id)
        number = unseal("document_number_sealed", stay.id, stay.document_number_sealed)
        is_known = number is None or is_slip(stay, permit_id)
        taught = permit_document_blind(number) if number and not is_known else None
        is_other = MatchDecision.taught_blind.is_distinct_from(taught)
        forgotten = _take_back(actor, stay, or_(MatchDecision.permit_id != permit_id, is_other))
        _decide(actor, stay, permit_id, Decision.CONFIRMED, reason, taught)
        match.permit_id, match.band = permit_id, MatchBand.LINKED
        match.needs_review = False
        match.decision = Decision.CONFIRMED
        match.decided_by, match.decided_at = actor.user_id, now()
        session().flush()
        learnt = (
            taught is not None
            and number is not None
            and learn_document(actor, permit_id, number, stay.document_issuing_state)
        )
        _record("match_confirmed", stay, permit_id, {"learnt": learnt} | forgotten)
        defer_checks({property_id: [stay_id]}, priority=AT_ONCE)


def reject_match(
    actor: Actor,
    property_id: UUID,
    stay_id: UUID,
    permit_id: UUID,
    *,
    seen_version: int | None = None,
    reason: str | None = None,
) -> None:
    """The guest is not the holder of this permit: it is not proposed for this guest again.

    If that takes back a confirmation, so is the document that it taught, unless another stay's
    confirmation still says so. Raises as `confirm_match`.
    """
    reason = read_reason(reason)
    with unit_of_work():
        stay, match = hold_for_decision(actor, property_id, stay_id, seen_version)
        _get_permit(permit_id)
        forgotten = _take_back(actor, stay, MatchDecision.permit_id == permit_id)
        _decide(actor, stay, permit_id, Decision.NOT_SAME, reason)
        if match.permit_id == permit_id:
            # Till the check that comes now says who else it may be.
            match.permit_id, match.band, match.score = None, MatchBand.NONE, 0.0
            match.reasons, match.other_permits, match.runner_up = [], [], None
            match.needs_review = False
            match.decision = match.decided_by = match.decided_at = None
        session().flush()
        _record("match_rejected", stay, permit_id, forgotten)
        defer_checks({property_id: [stay_id]}, priority=AT_ONCE)


def hold_for_decision(
    actor: Actor, property_id: UUID, stay_id: UUID, seen_version: int | None
) -> tuple[Stay, Match]:
    """The stay and its match, locked, where the actor may decide about them.

    Raises NotFound, NotAllowed, StateConflict for a cancelled stay, VersionConflict.
    """
    require(actor, Action.REVIEW_MATCH)
    match = (
        session()
        .scalars(
            select(Match)
            .where(Match.property_id == property_id, Match.stay_id == stay_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        .one_or_none()
    )
    if match is None:
        # 404, not 403: do not confirm that another office has this guest.
        raise NotFound("match")
    require(actor, Action.REVIEW_MATCH, office_id=match.office_id)
    stay = get_stay(property_id, stay_id)
    if stay.state == StayState.CANCELLED:
        raise StateConflict.because("stay-cancelled")
    if seen_version is not None and stay.version != seen_version:
        raise VersionConflict([Problem("", "changed-meanwhile")])
    return stay, match


def _get_permit(permit_id: UUID) -> None:
    if session().scalar(select(Permit.id).where(Permit.id == permit_id)) is None:
        raise NotFound("permit")


def _decide(
    actor: Actor,
    stay: Stay,
    permit_id: UUID,
    decision: Decision,
    reason: str | None,
    taught: bytes | None = None,
) -> None:
    values = {
        "office_id": stay.office_id,
        "decision": decision,
        "guest_mark": guest_mark(stay),
        "taught_blind": taught,
        "by": actor.user_id,
        "at": now(),
        "reason": reason,
    }
    statement = insert(MatchDecision).values(
        property_id=stay.property_id, stay_id=stay.id, permit_id=permit_id, **values
    )
    session().execute(
        statement.on_conflict_do_update(
            index_elements=["property_id", "stay_id", "permit_id"], set_=values
        )
    )


def _take_back(actor: Actor, stay: Stay, which: ColumnElement[bool]) -> dict[str, bool]:
    """For the audit, if a document went with it."""
    gone = take_back(stay, which, partial(forget_document, actor))
    return {"forgotten": True} if gone else {}


def _record(action: str, stay: Stay, permit_id: UUID, detail: dict[str, Any]) -> None:
    record(
        action,
        subject_type="stay",
        subject_id=stay.id,
        property_id=stay.property_id,
        office_id=stay.office_id,
        permit_id=str(permit_id),
        version=stay.version,
        **detail,
    )
