"""Which keys sign receipts and which still verify them: Ed25519, rotated without losing proofs."""

import base64
import binascii
import os
import re
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_KEY_BYTES = 32
_KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,32}")


class ReceiptKeysInvalid(ValueError):
    """The key text cannot be used; the message says what is wrong and never holds the text."""


class UnknownReceiptKey(LookupError):
    """No key of this id is held: the receipt is of another house, or its key was left out."""


class KeyRing:
    """The keys of the house: the first signing key signs, all of them verify."""

    def __init__(
        self,
        signing: Mapping[str, Ed25519PrivateKey],
        retired: Mapping[str, Ed25519PublicKey] | None = None,
    ) -> None:
        """Raises ReceiptKeysInvalid without a signing key or when an id stands twice."""
        retired = retired or {}
        if not signing:
            raise ReceiptKeysInvalid("no signing key")
        if signing.keys() & retired.keys():
            raise ReceiptKeysInvalid("a key id stands twice")
        self.signing_key_id = next(iter(signing))
        self._signing_key = signing[self.signing_key_id]
        self._public = {key_id: key.public_key() for key_id, key in signing.items()} | dict(retired)

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """The ring written as "kid:seed,kid2:seed2,kid0:pub:key", seeds and keys in base64.

        The first seed signs; later seeds and "pub" keys only verify. A key is retired by writing
        the new one before it, or by replacing its seed with its public key.
        Raises ReceiptKeysInvalid.
        """
        signing: dict[str, Ed25519PrivateKey] = {}
        retired: dict[str, Ed25519PublicKey] = {}
        for entry in filter(None, (part.strip() for part in text.split(","))):
            key_id, *rest = entry.split(":")
            if not _KEY_ID.fullmatch(key_id):
                raise ReceiptKeysInvalid("a key id must be 1 to 32 letters, digits or . _ -")
            if key_id in signing or key_id in retired:
                raise ReceiptKeysInvalid("a key id stands twice")
            if len(rest) == 1:
                signing[key_id] = Ed25519PrivateKey.from_private_bytes(_key_bytes(rest[0]))
            elif len(rest) == 2 and rest[0] == "pub":
                retired[key_id] = Ed25519PublicKey.from_public_bytes(_key_bytes(rest[1]))
            else:
                raise ReceiptKeysInvalid("an entry must be kid:seed or kid:pub:key")
        return cls(signing, retired)

    def sign(self, payload: bytes) -> tuple[str, bytes]:
        """The id of the signing key and its signature (64 bytes) over the payload."""
        return self.signing_key_id, self._signing_key.sign(payload)

    def verify(self, payload: bytes, key_id: str, signature: bytes) -> bool:
        """Whether the key of this id signed exactly these bytes. Raises UnknownReceiptKey."""
        key = self._public.get(key_id)
        if key is None:
            raise UnknownReceiptKey("no receipt key of this id")
        try:
            key.verify(signature, payload)
        except InvalidSignature:
            return False
        return True

    def public_keys(self) -> dict[str, str]:
        """Every key that verifies, as base64 of its 32 raw bytes, by key id; safe to publish."""
        return {
            key_id: base64.b64encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
            for key_id, key in self._public.items()
        }


def new_key_entry(key_id: str) -> str:
    """A new secret entry "kid:seed" for the text that KeyRing.parse reads."""
    if not _KEY_ID.fullmatch(key_id):
        raise ReceiptKeysInvalid("a key id must be 1 to 32 letters, digits or . _ -")
    return f"{key_id}:{base64.b64encode(os.urandom(_KEY_BYTES)).decode()}"


def _key_bytes(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        # Without "from": the cause's text could show a part of a secret.
        raise ReceiptKeysInvalid("a key is not base64") from None
    if len(key) != _KEY_BYTES:
        raise ReceiptKeysInvalid("a key must be 32 bytes")
    return key
