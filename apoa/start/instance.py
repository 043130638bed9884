"""Prepares the instance folder: its settings file with secrets made here, for trying only."""

import base64
import os
import secrets
from pathlib import Path


def instance_folder() -> Path:
    """The instance folder: `APOA_INSTANCE`, else `instance/` here."""
    return Path(os.environ.get("APOA_INSTANCE") or "instance").absolute()


def prepare_instance(folder: Path) -> None:
    """Makes the folder and, once, `apoa.env` with secrets of its own (readable by us alone)."""
    folder.mkdir(parents=True, exist_ok=True)
    env_file = folder / "apoa.env"
    if not env_file.exists():
        write_private(env_file, "\n".join(f"{k}={v}" for k, v in _new_values().items()) + "\n")


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner can read, whole or not at all."""
    scratch = path.with_suffix(path.suffix + ".new")
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)


def new_key() -> str:
    """32 random bytes in base64."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _new_values() -> dict[str, str]:
    return {
        "APOA_ENV": "development",
        "APOA_SECRET_KEY": secrets.token_urlsafe(48),
        "APOA_DOCUMENT_KEYS": f"d1:{new_key()}",
        "APOA_BLIND_KEY": new_key(),
        "APOA_RECEIPT_KEYS": f"r1:{new_key()}",
    }
