"""How rows and secrets are named: UUIDv7 for rows, random tokens for bearers."""

import hashlib
import secrets
from uuid import UUID

import uuid_utils

# The office of every lodging that exists only for tests of the API: nobody serves in it, and who
# reads all offices does not read this one.
SANDBOX_OFFICE_ID = UUID("01900000-0000-7000-8000-5a4d0b0c0000")
# Any bits of the random part of a UUIDv7.
_TWIN_BITS = 0x1A2B_3C4D_5E6F_7081


def new_id() -> UUID:
    """A new UUIDv7: unique without asking the database, and ordered by time of making."""
    return UUID(int=uuid_utils.uuid7().int)


def sandbox_twin(property_id: UUID) -> UUID:
    """The id of a lodging's sandbox; of a sandbox, the id of the lodging that it stands for."""
    return UUID(int=property_id.int ^ _TWIN_BITS)


def new_token() -> str:
    """A new bearer token of 256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> bytes:
    """What is stored of a token. SHA-256 is enough: the token itself is 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
