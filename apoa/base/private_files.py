"""How files with secrets are written: readable by their owner alone, whole or not at all."""

import os
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Writes (or replaces) a file that only its owner can read; it survives a crash."""
    scratch = path.with_suffix(path.suffix + ".new")
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)
