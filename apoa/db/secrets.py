"""The keys that the running system seals, finds and signs with; set once when it is wired."""

from dataclasses import dataclass, field

from apoa.base.crypto import BlindKeys, Cipher


@dataclass(frozen=True)
class Secrets:
    """What acts need to seal a value, to find a sealed one, and to sign a receipt."""

    cipher: Cipher = field(repr=False)
    blind_keys: BlindKeys = field(repr=False)
    receipt_keys: str = field(repr=False)


class _Holder:
    secrets: Secrets | None = None


def set_secrets(secrets: Secrets) -> None:
    """Called once by `create_app`."""
    _Holder.secrets = secrets


def secrets() -> Secrets:
    """The keys. Raises RuntimeError before the system is wired."""
    if _Holder.secrets is None:
        raise RuntimeError("the application is not wired yet")
    return _Holder.secrets
