"""What an API key looks like: `apoa_live_<id>_<secret>`; the part before the secret is public."""

import base64
import binascii
from dataclasses import dataclass, field
from uuid import UUID

from apoa.access.api_models import KeyMode

_ID_CHARS = 26
_LONGEST = 200
TOKEN_PREFIX = "apoa_token_"  # noqa: S105 - what every token begins with


@dataclass(frozen=True)
class KeyText:
    """A key taken apart. `client_id` and the secret are also OAuth's client credentials."""

    mode: KeyMode
    key_id: UUID
    secret: str = field(repr=False)

    @property
    def client_id(self) -> str:
        """The public part."""
        return client_id_of(self.mode, self.key_id)

    @property
    def text(self) -> str:
        """The whole key, as it is shown once and sent as the bearer."""
        return f"{self.client_id}_{self.secret}"


def client_id_of(mode: str, key_id: UUID) -> str:
    """The public name of a key: `apoa_live_` or `apoa_test_` and its id in base 32."""
    packed = base64.b32encode(key_id.bytes).decode().rstrip("=").lower()
    return f"apoa_{mode}_{packed}"


def parse_key(text: str) -> KeyText | None:
    """The key taken apart; None for anything else than a key's own writing."""
    parts = text.split("_", 3)
    if len(text) > _LONGEST or len(parts) != 4 or not parts[3]:
        return None
    return parse_credentials("_".join(parts[:3]), parts[3])


def parse_credentials(client_id: str, secret: str) -> KeyText | None:
    """The same of a client id and a secret that come apart."""
    prefix, _, rest = client_id.partition("_")
    mode, _, packed = rest.partition("_")
    if prefix != "apoa" or mode not in set(KeyMode) or len(packed) != _ID_CHARS:
        return None
    try:
        key_id = UUID(bytes=base64.b32decode(packed.upper() + "======"))
    except (binascii.Error, ValueError):
        return None
    found = KeyText(KeyMode(mode), key_id, secret)
    return found if found.client_id == client_id else None
