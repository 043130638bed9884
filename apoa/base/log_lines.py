"""How lines of libraries stand in the log: one JSON object each, as ours do."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from apoa.base.fault_facts import fault_facts


class LogLine(logging.Formatter):
    """Of an error its kind and its place, and not its words: these quote what a guest sent."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        error = record.exc_info[1] if record.exc_info else None
        line: dict[str, Any] = fault_facts(error) if error is not None else {}
        line |= {
            "event": record.getMessage(),
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        return json.dumps(line, ensure_ascii=False, default=str)
