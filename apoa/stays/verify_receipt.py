"""Says whether a receipt is genuine, and what became of the stay since; tells nothing personal."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import and_, select

from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.db.base import session
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work
from apoa.properties.models import Property
from apoa.stays.models import Receipt, ReceiptKey, Stay, StayState
from apoa.stays.receipt.number import ReceiptNumberInvalid, normalize_receipt_number
from apoa.stays.receipt.signing import RECEIPT_FORMAT


@dataclass(frozen=True)
class ReceiptVerdict:
    """What anybody who holds a receipt may know. All but the verdict and the zone was signed.

    `time_zone` is the lodging's own, to show the instants in. `is_test`: a test key reported to a
    sandbox, and the receipt proves nothing.
    """

    genuine: bool
    number: str
    property_name: str
    office_name: str
    time_zone: str
    issued_at: datetime
    first_received_at: datetime
    checked_in_at: datetime
    due_at: datetime
    deadline_state: str
    version: int
    current_version: int
    amended_since: bool
    cancelled: bool
    is_test: bool
    payload: dict[str, Any]
    signature: str
    key_id: str
    public_key: str


def verify_receipt(number: str) -> ReceiptVerdict | None:
    """The verdict on a receipt number in any writing; None when there is no such receipt.

    Signature and public key are base64. The key is the one kept at its first use, so that the
    verdict stands when the private half is long gone.
    """
    try:
        sought = normalize_receipt_number(number)
    except ReceiptNumberInvalid:
        return None
    with unit_of_work(), scope_everywhere("receipt verification"):
        row = (
            session()
            .execute(
                select(Receipt, ReceiptKey.public_key, Stay.version, Stay.state, Property.time_zone)
                .join(
                    Stay, and_(Stay.property_id == Receipt.property_id, Stay.id == Receipt.stay_id)
                )
                .join(Property, Property.id == Receipt.property_id)
                .outerjoin(ReceiptKey, ReceiptKey.id == Receipt.key_id)
                .where(Receipt.number == sought)
            )
            .one_or_none()
        )
        return _verdict(*row) if row is not None else None


def _verdict(
    receipt: Receipt,
    public_key: bytes | None,
    current_version: int,
    state: str,
    time_zone: str,
) -> ReceiptVerdict:
    stated: dict[str, Any] = json.loads(receipt.payload)
    return ReceiptVerdict(
        genuine=public_key is not None
        and _is_signed(receipt, public_key)
        and _states(receipt, stated),
        number=receipt.number,
        property_name=stated["property_name"],
        office_name=stated["office_name"],
        time_zone=time_zone,
        issued_at=datetime.fromisoformat(stated["issued_at"]),
        first_received_at=datetime.fromisoformat(stated["first_received_at"]),
        checked_in_at=datetime.fromisoformat(stated["checked_in_at"]),
        due_at=datetime.fromisoformat(stated["due_at"]),
        deadline_state=stated["deadline_state"],
        version=receipt.version,
        current_version=current_version,
        amended_since=current_version > receipt.version,
        cancelled=state == StayState.CANCELLED,
        is_test=receipt.office_id == SANDBOX_OFFICE_ID,
        payload=stated,
        signature=base64.b64encode(receipt.signature).decode(),
        key_id=receipt.key_id,
        public_key=base64.b64encode(public_key).decode() if public_key else "",
    )


def _is_signed(receipt: Receipt, public_key: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(receipt.signature, receipt.payload)
    except InvalidSignature:
        return False
    return True


def _states(receipt: Receipt, stated: dict[str, Any]) -> bool:
    """Whether the signed payload speaks of this very row."""
    row = {
        "format": RECEIPT_FORMAT,
        "number": receipt.number,
        "property_id": str(receipt.property_id),
        "stay_id": str(receipt.stay_id),
        "version": receipt.version,
        "key_id": receipt.key_id,
    }
    return row.items() <= stated.items()
