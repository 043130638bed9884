"""What confirmations taught the register: another passport of a permit's holder; and its end."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from apoa.crosscheck.matching.documents import document_bits
from apoa.crosscheck.matching.prepared import prepared
from apoa.crosscheck.models import MatchDecision
from apoa.crosscheck.persons import guest_of, holder_of, list_holders
from apoa.crosscheck.store import ONE_SLIP
from apoa.db.base import session
from apoa.db.scope import scope_everywhere
from apoa.stays.models import Stay

Forget = Callable[[UUID, bytes, Callable[[UUID, bytes], bool]], bool]


def is_slip(stay: Stay, permit_id: UUID) -> bool:
    """Whether the guest's document is one of the holder's with a slip of the hand.

    That is nothing to remember. Raises CannotDecrypt.
    """
    row = list_holders([permit_id]).get(permit_id)
    if row is None:
        return False
    known = prepared(holder_of(row, as_far_as_known=True)).documents
    return any(
        document_bits(one, other)[1] in ONE_SLIP
        for one in prepared(guest_of(stay)).documents
        for other in known
    )


def take_back(stay: Stay, which: ColumnElement[bool], forget: Forget) -> bool:
    """Unsays what these decisions on the stay taught; whether a permit lost a document by it.

    `forget` takes a document from a permit unless a feed names it, or another stay's confirmation.
    """
    decisions = session().scalars(
        select(MatchDecision).where(
            MatchDecision.property_id == stay.property_id,
            MatchDecision.stay_id == stay.id,
            MatchDecision.taught_blind.is_not(None),
            which,
        )
    )
    taught = [(one, one.permit_id, one.taught_blind) for one in decisions]
    for decision, _, _ in taught:
        decision.taught_blind = None
    gone = [forget(permit, blind, _is_taught) for _, permit, blind in taught if blind is not None]
    return any(gone)


def _is_taught(permit_id: UUID, blind: bytes) -> bool:
    """Whether a confirmation says so still, of any office's stay."""
    with scope_everywhere("what confirmations taught"):
        said = exists().where(
            MatchDecision.permit_id == permit_id, MatchDecision.taught_blind == blind
        )
        return bool(session().scalar(select(said)))
