"""The public keys that receipts were ever signed with, for anybody who checks one."""

import base64
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from apoa.db.base import session
from apoa.stays.models import ReceiptKey


@dataclass(frozen=True)
class PublicReceiptKey:
    """A key's public half (base64 of its 32 bytes, Ed25519), and since when it signs."""

    key_id: str
    public_key: str
    first_used_at: datetime


def list_receipt_keys() -> list[PublicReceiptKey]:
    """Every key that signed a receipt, oldest first; open to everybody."""
    rows = session().scalars(select(ReceiptKey).order_by(ReceiptKey.first_used_at, ReceiptKey.id))
    return [
        PublicReceiptKey(row.id, base64.b64encode(row.public_key).decode(), row.first_used_at)
        for row in rows
    ]
