"""A running system with the demo and its test key, for tests that come from outside."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.journeys.system import System, free_port

# These tests ask more in a minute than any lodging does.
_NO_QUOTA = {"APOA_API_CALLS_PER_MINUTE": "1000000", "APOA_API_OPEN_CALLS_PER_MINUTE": "1000000"}


@dataclass(frozen=True)
class Running:
    """Where it is, and with what one comes in."""

    system: System
    key: dict[str, Any]

    @property
    def api_url(self) -> str:
        """The address that every path is below."""
        return f"{self.system.url}/api/v1"

    @property
    def property_id(self) -> str:
        """A lodging of the key."""
        return str(self.key["properties"][0]["id"])

    @property
    def bearer(self) -> str:
        """The test key."""
        return str(self.key["key"])


def run_system(folder: Path) -> Iterator[Running]:
    """Starts it, and ends it when its generator goes on."""
    system = System(folder, free_port(), environ=dict(_NO_QUOTA))
    system.start()
    keys = json.loads(system.command("demo", "credentials", "--json"))["keys"]
    yield Running(system, next(one for one in keys if one["mode"] == "test"))
    if system.process is not None and system.process.poll() is None:
        system.interrupt()
