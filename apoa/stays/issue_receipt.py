"""Signs and stores the receipt of each version of a stay, in the version's own transaction."""

import base64
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from apoa.base.ids import new_id
from apoa.db.base import Base, session
from apoa.db.secrets import secrets
from apoa.stays.models import Receipt, ReceiptKey, Stay
from apoa.stays.queries import Lodging
from apoa.stays.receipt.number import new_receipt_number
from apoa.stays.receipt.signing import KeyRing, ReceiptFacts, sign_receipt

# One statement for ever, so that it is compiled once.
_INSERT = insert(Base.metadata.tables[Receipt.__tablename__])


def issue_receipt(
    stay: Stay, lodging: Lodging, content: Mapping[str, Any], issued_at: datetime
) -> str:
    """Signs what the stay's present version holds; gives the receipt's number."""
    ring = _ring(secrets().receipt_keys)
    facts = ReceiptFacts(
        number=new_receipt_number(issued_at),
        property_id=str(stay.property_id),
        property_name=lodging.name,
        office_name=lodging.office_name,
        stay_id=str(stay.id),
        version=stay.version,
        issued_at=issued_at,
        first_received_at=stay.first_received_at,
        checked_in_at=stay.checked_in_at,
        due_at=stay.due_at,
        deadline_state=stay.deadline_state,
    )
    signed = sign_receipt(facts, content, ring)
    _keep_public_key(ring, signed.key_id, issued_at)
    session().execute(
        _INSERT,
        {
            "property_id": stay.property_id,
            "id": new_id(),
            "office_id": stay.office_id,
            "stay_id": stay.id,
            "version": stay.version,
            "number": facts.number,
            "issued_at": issued_at,
            "payload": signed.payload,
            "key_id": signed.key_id,
            "signature": signed.signature,
            "content_salt": signed.content_salt,
        },
    )
    return facts.number


@lru_cache(maxsize=4)
def _ring(text: str) -> KeyRing:
    return KeyRing.parse(text)


def _keep_public_key(ring: KeyRing, key_id: str, used_at: datetime) -> None:
    """Keeps the public half at the first use, so that old receipts outlive their key."""
    if session().scalar(select(ReceiptKey.id).where(ReceiptKey.id == key_id)) is not None:
        return
    public_key = base64.b64decode(ring.public_keys()[key_id])
    session().execute(
        insert(ReceiptKey)
        .values(id=key_id, public_key=public_key, first_used_at=used_at)
        .on_conflict_do_nothing()
    )
