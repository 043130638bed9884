"""Which keys sign receipts by the settings, and which ever signed one, for who checks them."""

import base64
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from apoa.base.errors import SettingsError
from apoa.db.base import session
from apoa.db.secrets import secrets
from apoa.stays.models import ReceiptKey
from apoa.stays.receipt.keyring import KeyRing, ReceiptKeysInvalid


@dataclass(frozen=True)
class PublicReceiptKey:
    """A key's public half (base64 of its 32 bytes, Ed25519), and since when it signs."""

    key_id: str
    public_key: str
    first_used_at: datetime


def parse_receipt_keys(text: str) -> KeyRing:
    """The ring of a setting. Raises SettingsError: without sound keys no report can be stored."""
    try:
        return KeyRing.parse(text)
    except ReceiptKeysInvalid as error:
        raise SettingsError(f"APOA_RECEIPT_KEYS: {error}") from None


def require_own_receipt_keys() -> None:
    """Refuses keys under an id that another key has signed with: none of their receipts would
    ever be genuine. Raises SettingsError naming the id."""
    ours = parse_receipt_keys(secrets().receipt_keys).public_keys()
    for key in list_receipt_keys():
        if ours.get(key.key_id, key.public_key) != key.public_key:
            raise SettingsError(
                f"APOA_RECEIPT_KEYS: {key.key_id} signed receipts with another key;"
                " give a new key an id of its own"
            )


def list_receipt_keys() -> list[PublicReceiptKey]:
    """Every key that signed a receipt, oldest first; open to everybody."""
    rows = session().scalars(select(ReceiptKey).order_by(ReceiptKey.first_used_at, ReceiptKey.id))
    return [
        PublicReceiptKey(row.id, base64.b64encode(row.public_key).decode(), row.first_used_at)
        for row in rows
    ]
