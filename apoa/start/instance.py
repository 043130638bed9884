"""Prepares the instance folder: its settings file with secrets made here, for trying only."""

import base64
import os
import secrets
from pathlib import Path

from apoa.base.private_files import write_private


def instance_folder() -> Path:
    """The instance folder: `APOA_INSTANCE`, else `instance/` here."""
    return Path(os.environ.get("APOA_INSTANCE") or "instance").absolute()


def prepare_instance(folder: Path) -> None:
    """Makes the folder and, once, `apoa.env` with secrets of its own (readable by us alone)."""
    folder.mkdir(parents=True, exist_ok=True)
    env_file = folder / "apoa.env"
    if not env_file.exists():
        write_private(env_file, "\n".join(f"{k}={v}" for k, v in _new_values().items()) + "\n")


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
