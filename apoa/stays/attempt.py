"""Signs that something was tried and failed by a fault of ours: proof of when, and of what hash."""

import base64
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import rfc8785

from apoa.stays.house_ring import house_ring
from apoa.stays.receipt.signing import format_instant

ATTEMPT_FORMAT = "apoa-attempt-1"


@dataclass(frozen=True)
class Attempt:
    """What was tried. `client_id` is who it said it was; `body_sha256` is in hex."""

    received_at: datetime
    method: str
    path: str
    body_sha256: str | None
    client_id: str | None
    request_id: str


def sign_attempt(attempt: Attempt) -> dict[str, Any]:
    """The attempt as JSON values, with the Ed25519 signature (base64) of all the others.

    What is signed is their canonical JSON (RFC 8785), `signature` left out, by the key `key_id` of
    the receipts.
    """
    ring = house_ring()
    stated = asdict(attempt) | {
        "received_at": format_instant(attempt.received_at),
        "format": ATTEMPT_FORMAT,
        "key_id": ring.signing_key_id,
    }
    _, signature = ring.sign(rfc8785.dumps(stated))
    return stated | {"signature": base64.b64encode(signature).decode()}
