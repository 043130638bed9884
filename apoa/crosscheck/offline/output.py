"""A file that is there when it is whole, and not before."""

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from apoa.crosscheck.offline.faults import FileFault


@contextmanager
def whole_file(path: Path, columns: tuple[str, ...]) -> Iterator[Any]:
    """A CSV writer; the file takes its name when the block ends well, else it vanishes."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        file = part.open("x", encoding="utf-8", newline="")
    except OSError as error:
        raise FileFault(path, f"cannot be written: {error.strerror}") from None
    try:
        with file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            yield writer
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError as error:
        raise FileFault(path, f"cannot be written: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)
