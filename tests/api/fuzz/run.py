"""Runs Schemathesis, every check and the stateful phase, against a running system."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.api.running import Running

_HOOKS = "tests.api.fuzz.hooks"
_ROOT = Path(__file__).parents[3]
_CASES = re.compile(r"(\d+) generated")
_PHASES = "examples,coverage,fuzzing,stateful"


@dataclass(frozen=True)
class FuzzRun:
    """What came of it; `report` is what Schemathesis printed."""

    passed: bool
    cases: int
    report: str


def fuzz(
    running: Running,
    folder: Path,
    *,
    examples: int,
    phases: str = _PHASES,
    more: tuple[str, ...] = (),
) -> FuzzRun:
    """Up to so many cases for each operation and phase; `more` are options of `st run`."""
    config = folder / "schemathesis.toml"
    config.write_text(_config(running), "utf-8")
    command = [
        str(Path(sys.executable).with_name("st")),
        "--config-file",
        str(config),
        "run",
        f"{running.api_url}/openapi.json",
        f"--url={running.api_url}",
        f"--header=Authorization: Bearer {running.bearer}",
        f"--phases={phases}",
        f"--max-examples={examples}",
        "--no-color",
        "--generation-database=none",
        *more,
    ]
    done = subprocess.run(
        command,
        cwd=_ROOT,
        env=os.environ | {"SCHEMATHESIS_HOOKS": _HOOKS, "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
    report = done.stdout + done.stderr
    found = _CASES.search(report)
    return FuzzRun(done.returncode == 0, int(found[1]) if found else 0, report)


def _config(running: Running) -> str:
    """Values that must be real, and refusals that a request of the right form can meet."""
    return f"""
[parameters]
"path.property_id" = {json.dumps(running.property_id)}

[checks.positive_data_acceptance]
# 304 and 412: the ETag is anybody's guess. 400 and 422: see the check refused_by_a_rule. 429:
# conformance runs are started ten times an hour.
expected-statuses = ["2xx", "304", "400", "401", "403", "404", "409", "412", "422", "429", "5xx"]

[checks.missing_required_header]
expected-statuses = [400, 401, 403, 406, 415, 422, 428]

[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428, 429]

[warnings]
display = []
"""
