"""How secrets in rows are kept: AES-256-GCM for reading back, HMAC blind keys for finding.

quality.md: the key id stands in front, table|column|row is the associated data, and every use of
a blind key has a key of its own.
"""

import hmac
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

_NONCE_BYTES = 12


class CannotDecrypt(Exception):
    """The key is unknown, or the bytes were altered or moved to another row."""


@dataclass(frozen=True)
class Place:
    """Where a secret stands; a ciphertext copied elsewhere does not open."""

    table: str
    column: str
    row: str

    def as_bytes(self) -> bytes:
        """The associated data."""
        return f"{self.table}|{self.column}|{self.row}".encode()


class Cipher:
    """Encrypts with the first key, decrypts with any (so keys can be rotated)."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        """`keys` maps a key id (1 to 32 ASCII characters) to 32 bytes; the first one encrypts."""
        self._keys = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self.current_key_id = next(iter(keys))

    def encrypt(self, text: str, place: Place) -> bytes:
        """The sealed form of `text` for this place: length and key id, nonce, ciphertext."""
        return self.encrypt_bytes(text.encode(), place)

    def encrypt_bytes(self, content: bytes, place: Place) -> bytes:
        """The sealed form of what is no text."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._keys[self.current_key_id].encrypt(nonce, content, place.as_bytes())
        key_id = self.current_key_id.encode("ascii")
        return bytes([len(key_id)]) + key_id + nonce + sealed

    def decrypt(self, sealed: bytes, place: Place) -> str:
        """The text again. Raises CannotDecrypt."""
        return self.decrypt_bytes(sealed, place).decode()

    def decrypt_bytes(self, sealed: bytes, place: Place) -> bytes:
        """What was sealed, again. Raises CannotDecrypt."""
        key_id = self.key_id_of(sealed)
        key = self._keys.get(key_id)
        if key is None:
            raise CannotDecrypt("unknown key id")
        start = 1 + len(key_id)
        nonce, body = sealed[start : start + _NONCE_BYTES], sealed[start + _NONCE_BYTES :]
        try:
            return key.decrypt(nonce, body, place.as_bytes())
        except InvalidTag as error:
            raise CannotDecrypt("altered, or from another place") from error

    @staticmethod
    def key_id_of(sealed: bytes) -> str:
        """The id of the key that sealed these bytes."""
        return sealed[1 : 1 + sealed[0]].decode("ascii", "replace") if sealed else ""


class BlindKeys:
    """Makes the keys by which an encrypted value is found without being readable."""

    def __init__(self, master: bytes) -> None:
        self._master = master
        self._keys: dict[str, bytes] = {}

    def blind(self, use: str, value: str) -> bytes:
        """HMAC-SHA256 of a normalised value under the key of this use ("stay-document")."""
        key = self._keys.get(use)
        if key is None:
            key = HKDFExpand(SHA256(), 32, f"apoa-blind|{use}".encode()).derive(self._master)
            self._keys[use] = key
        return hmac.digest(key, value.encode(), "sha256")
