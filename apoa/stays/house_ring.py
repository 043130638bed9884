"""The keys that the running system signs receipts, attempts and certificates with."""

from functools import lru_cache

from apoa.db.secrets import secrets
from apoa.stays.receipt.keyring import KeyRing


def house_ring() -> KeyRing:
    """The key ring of the settings, read once."""
    return _parse(secrets().receipt_keys)


@lru_cache(maxsize=4)
def _parse(text: str) -> KeyRing:
    return KeyRing.parse(text)
