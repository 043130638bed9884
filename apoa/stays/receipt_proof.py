"""The receipt of a version as data: what was signed, and all that is needed to check it."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.models import ReceiptKey
from apoa.stays.queries import get_lodging, get_receipt, get_stay


@dataclass(frozen=True)
class ReceiptProof:
    """A receipt. `payload` is what was signed, as canonical JSON (RFC 8785); the rest is base64."""

    number: str
    stay_id: UUID
    version: int
    current_version: int
    issued_at: datetime
    payload: dict[str, Any]
    key_id: str
    signature: str
    public_key: str
    time_zone: str


def receipt_proof(
    actor: Actor, property_id: UUID, stay_id: UUID, *, version: int | None = None
) -> ReceiptProof:
    """The receipt of a version, by default of the present one; the look is audited.

    Raises NotFound, NotAllowed.
    """
    require(actor, Action.VIEW_STAY, property_id=property_id)
    with unit_of_work():
        stay = get_stay(property_id, stay_id)
        receipt = get_receipt(property_id, stay_id, version or stay.version)
        key = session().scalar(select(ReceiptKey.public_key).where(ReceiptKey.id == receipt.key_id))
        record(
            "view_receipt",
            subject_type="stay",
            subject_id=stay_id,
            property_id=property_id,
            office_id=stay.office_id,
            version=receipt.version,
        )
        return ReceiptProof(
            number=receipt.number,
            stay_id=stay_id,
            version=receipt.version,
            current_version=stay.version,
            issued_at=receipt.issued_at,
            payload=json.loads(receipt.payload),
            key_id=receipt.key_id,
            signature=base64.b64encode(receipt.signature).decode(),
            public_key=base64.b64encode(key).decode() if key else "",
            time_zone=get_lodging(property_id).time_zone,
        )
