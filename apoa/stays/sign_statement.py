"""Signs a statement that is not a receipt with the receipts' key, and checks such a statement."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from apoa.db.base import session
from apoa.stays.house_ring import house_ring
from apoa.stays.models import ReceiptKey
from apoa.stays.receipt.signing import JsonValue


@dataclass(frozen=True)
class SignedStatement:
    """`payload` is canonical JSON (RFC 8785); the signature is Ed25519 over these bytes."""

    payload: bytes
    key_id: str
    signature: bytes


def sign_statement(stated: Mapping[str, JsonValue], signed_at: datetime) -> SignedStatement:
    """Signs the statement, `key_id` added; keeps the public half so that it outlives the key."""
    ring = house_ring()
    payload = rfc8785.dumps(dict(stated) | {"key_id": ring.signing_key_id})
    key_id, signature = ring.sign(payload)
    public_key = base64.b64decode(ring.public_keys()[key_id])
    session().execute(
        insert(ReceiptKey)
        .values(id=key_id, public_key=public_key, first_used_at=signed_at)
        .on_conflict_do_nothing()
    )
    return SignedStatement(payload, key_id, signature)


def find_public_key(key_id: str) -> bytes | None:
    """The 32 bytes of a key that once signed here; None for another house's."""
    return session().scalar(select(ReceiptKey.public_key).where(ReceiptKey.id == key_id))


def is_signed(statement: SignedStatement, public_key: bytes) -> bool:
    """Whether this key signed exactly these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(
            statement.signature, statement.payload
        )
    except InvalidSignature:
        return False
    return True
