"""What a receipt proves and how: the signed payload, and the digest that stands for the content.

The payload is public and holds nothing about the guest. The content enters only as an HMAC under
a random salt that stays with the receipt in the database: whoever has the payload alone cannot
try names and document numbers against it.
"""

import hmac
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import TypeAlias

from apoa.base.canonical import canonical_json
from apoa.stays.receipt.keyring import KeyRing, ReceiptKeysInvalid, UnknownReceiptKey

__all__ = [
    "CONTENT_SALT_BYTES",
    "RECEIPT_FORMAT",
    "JsonValue",
    "KeyRing",
    "ReceiptFacts",
    "ReceiptKeysInvalid",
    "SignedReceipt",
    "UnknownReceiptKey",
    "content_digest",
    "format_instant",
    "is_content_of",
    "is_genuine",
    "sign_receipt",
]

RECEIPT_FORMAT = "apoa-receipt-1"
CONTENT_SALT_BYTES = 16

JsonValue: TypeAlias = "str | int | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"


@dataclass(frozen=True)
class ReceiptFacts:
    """What the house states about one version of a stay; all instants aware."""

    number: str
    property_id: str
    property_name: str
    office_name: str
    stay_id: str
    version: int
    issued_at: datetime
    first_received_at: datetime
    checked_in_at: datetime
    due_at: datetime
    deadline_state: str


@dataclass(frozen=True)
class SignedReceipt:
    """What is stored of a receipt: payload, key id and signature are public, the salt is not."""

    payload: bytes
    key_id: str
    signature: bytes
    content_digest: str
    content_salt: bytes = field(repr=False)


def sign_receipt(
    facts: ReceiptFacts, content: Mapping[str, JsonValue] | bytes, ring: KeyRing
) -> SignedReceipt:
    """The receipt for these facts and this content of the stay, signed by the ring's first key.

    The content as values, or as their canonical JSON. Raises ValueError when an instant is naive
    or the content cannot be written as RFC 8785 JSON.
    """
    salt = os.urandom(CONTENT_SALT_BYTES)
    digest = content_digest(content, salt)
    payload = canonical_json(
        {
            name: format_instant(value) if isinstance(value, datetime) else value
            for name, value in vars(facts).items()
        }
        | {"content_digest": digest, "key_id": ring.signing_key_id, "format": RECEIPT_FORMAT}
    )
    key_id, signature = ring.sign(payload)
    return SignedReceipt(payload, key_id, signature, digest, salt)


def content_digest(content: Mapping[str, JsonValue] | bytes, salt: bytes) -> str:
    """HMAC-SHA256 of the content's canonical JSON (RFC 8785) under the receipt's salt, in hex."""
    canonical = content if isinstance(content, bytes) else canonical_json(content)
    return hmac.new(salt, canonical, sha256).hexdigest()


def is_content_of(receipt: SignedReceipt, content: Mapping[str, JsonValue]) -> bool:
    """Whether this content is what the receipt was signed for."""
    digest = content_digest(content, receipt.content_salt)
    return hmac.compare_digest(digest, json.loads(receipt.payload)["content_digest"])


def is_genuine(payload: bytes, key_id: str, signature: bytes, ring: KeyRing) -> bool:
    """Whether this house signed the payload as a receipt with the key that the payload names.

    Raises UnknownReceiptKey when no key of that id is held.
    """
    if not ring.verify(payload, key_id, signature):
        return False
    stated = json.loads(payload)
    return bool(stated.get("format") == RECEIPT_FORMAT and stated.get("key_id") == key_id)


def format_instant(instant: datetime) -> str:
    """An aware instant as RFC 3339 in UTC with whole seconds: 2026-11-21T07:05:00Z."""
    if instant.tzinfo is None:
        raise ValueError("an instant must be aware")
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
