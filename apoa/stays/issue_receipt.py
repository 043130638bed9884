"""Signs the receipt of each version of a stay, to be stored in the version's own transaction."""

import base64
from datetime import datetime
from functools import lru_cache
from typing import Any

from apoa.base.ids import new_id
from apoa.db.bulk import NewRows
from apoa.db.secrets import secrets
from apoa.stays.models import Receipt, ReceiptKey, Stay
from apoa.stays.queries import Lodging
from apoa.stays.receipt.number import new_receipt_number
from apoa.stays.receipt.signing import KeyRing, ReceiptFacts, sign_receipt


def receipt_row(
    stay: Stay, lodging: Lodging, canonical: bytes, issued_at: datetime
) -> dict[str, Any]:
    """The columns of a receipt for what the stay's present version holds, as canonical JSON."""
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
        deadline_state=str(stay.deadline_state),
    )
    signed = sign_receipt(facts, canonical, _ring(secrets().receipt_keys))
    return {
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
    }


def receipt_rows(rows: list[dict[str, Any]]) -> tuple[NewRows, NewRows]:
    """Receipts to store, and the public half of their key, so that they outlive the key."""
    ring = _ring(secrets().receipt_keys)
    public_keys = ring.public_keys()
    first_use = {row["key_id"]: row["issued_at"] for row in reversed(rows)}
    keys = [
        {"id": key_id, "public_key": base64.b64decode(public_keys[key_id]), "first_used_at": at}
        for key_id, at in first_use.items()
    ]
    return NewRows(Receipt, rows, of_new="stay_id"), NewRows(ReceiptKey, keys, if_new=True)


@lru_cache(maxsize=4)
def _ring(text: str) -> KeyRing:
    return KeyRing.parse(text)
