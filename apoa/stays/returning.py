"""Finds what a returning guest said the last time, in this lodging and no other."""

from uuid import UUID

from sqlalchemy import select

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.columns import report_of
from apoa.stays.content import StayReport
from apoa.stays.document_number import normalize_document_number
from apoa.stays.models import Stay, StayState
from apoa.stays.queries import get_lodging
from apoa.stays.sealing import find_document_blind


def find_returning_guest(
    actor: Actor, property_id: UUID, document_number: str, issuing_state: str | None = None
) -> StayReport | None:
    """The latest report here with this document; the look is audited, found or not.

    Raises NotFound, NotAllowed.
    """
    require(actor, Action.REPORT_STAY, property_id=property_id)
    if not normalize_document_number(document_number):
        return None
    with unit_of_work():
        lodging = get_lodging(property_id)
        query = select(Stay).where(
            Stay.property_id == property_id,
            Stay.document_blind == find_document_blind(document_number),
            Stay.state != StayState.CANCELLED,
        )
        if issuing_state is not None:
            query = query.where(Stay.document_issuing_state == issuing_state)
        query = query.order_by(Stay.checked_in_at.desc(), Stay.id.desc()).limit(1)
        stay = session().scalars(query).one_or_none()
        record(
            "find_returning_guest",
            subject_type="stay",
            subject_id=stay.id if stay else None,
            property_id=property_id,
            office_id=lodging.office_id,
            found=stay is not None,
        )
        return report_of(stay) if stay else None
