"""A confirmed match teaches that a permit's holder has another document, until it is taken back."""

from collections.abc import Callable
from uuid import UUID

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.base.clock import now
from apoa.base.document_number import normalize_document_number
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.permits.models import HistoryAct, PermitDocument
from apoa.permits.queries import lock_permit
from apoa.permits.revise import Revision, write_revision
from apoa.permits.sealing import permit_document_blind, seal_document
from apoa.permits.writing import writing


def learn_document(actor: Actor, permit_id: UUID, number: str, issuing_state: str | None) -> bool:
    """Adds a document to a permit, beside the current one; False where it was there already.

    Raises NotAllowed, NotFound, ValueError for a number without A-Z and 0-9.
    """
    require(actor, Action.REVIEW_MATCH)
    if not normalize_document_number(number):
        raise ValueError("a document's number holds at least one letter or digit")
    with unit_of_work(), writing(actor):
        permit = lock_permit(permit_id)
        blind = permit_document_blind(number)
        if session().get(PermitDocument, (permit_id, blind)) is not None:
            return False
        document = PermitDocument(
            permit_id=permit_id,
            number_blind=blind,
            number_sealed=seal_document(permit_id, blind, number),
            issuing_state=issuing_state,
            expires_on=None,
            is_current=False,
            learnt=True,
            added_at=now(),
        )
        session().add(document)
        write_revision(
            permit,
            Revision(
                HistoryAct.DOCUMENT_ADDED, "learn_permit_document", actor.user_id, is_news=False
            ),
        )
        return True


def forget_document(
    actor: Actor, permit_id: UUID, number_blind: bytes, is_taught: Callable[[UUID, bytes], bool]
) -> bool:
    """Takes a learnt document from a permit; False where it stays, or is not there.

    What a feed has named stays, and what another match teaches: `is_taught` is asked for that
    while nobody else can change the permit. The history keeps the permit as it was before. Raises
    NotAllowed, NotFound.
    """
    require(actor, Action.REVIEW_MATCH)
    with writing(actor):
        return _forget(permit_id, number_blind, is_taught, actor.user_id)


def forget_unsaid_document(
    permit_id: UUID, number_blind: bytes, is_taught: Callable[[UUID, bytes], bool]
) -> bool:
    """The same for the worker, where the lodging has corrected the document that was taught."""
    return _forget(permit_id, number_blind, is_taught, None)


def _forget(
    permit_id: UUID, number_blind: bytes, is_taught: Callable[[UUID, bytes], bool], by: UUID | None
) -> bool:
    with unit_of_work():
        permit = lock_permit(permit_id)
        if is_taught(permit_id, number_blind):
            return False
        document = session().get(PermitDocument, (permit_id, number_blind))
        if document is None or not document.learnt or document.is_current:
            return False
        session().delete(document)
        write_revision(
            permit,
            Revision(HistoryAct.DOCUMENT_REMOVED, "forget_permit_document", by, is_news=False),
        )
        return True
