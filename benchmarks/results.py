"""Prints what was measured as a table and keeps it as JSON."""

import json
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "results"


def keep(name: str, rows: list[dict[str, Any]]) -> None:
    """Prints the rows and writes them to results/<name>.json."""
    columns = list(rows[0])
    widths = {c: max(len(c), *(len(_text(row[c])) for row in rows)) for c in columns}
    print(f"\n{name}")
    print("  ".join(c.ljust(widths[c]) for c in columns))
    for row in rows:
        print("  ".join(_text(row[c]).ljust(widths[c]) for c in columns))
    FOLDER.mkdir(exist_ok=True)
    content = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "rows": rows,
    }
    (FOLDER / f"{name}.json").write_text(json.dumps(content, indent=2) + "\n")


def _text(value: Any) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)
