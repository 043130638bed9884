"""How rows and secrets are named: UUIDv7 for rows, random tokens for bearers."""

import hashlib
import secrets
from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """A new UUIDv7: unique without asking the database, and ordered by time of making."""
    return UUID(int=uuid_utils.uuid7().int)


def new_token() -> str:
    """A new bearer token of 256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> bytes:
    """What is stored of a token. SHA-256 is enough: the token itself is 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
