"""Nothing that the description allows is refused, nothing that it forbids is taken, nothing breaks.

A few hundred cases here; `python -m tests.api.fuzz` asks thousands.
"""

from pathlib import Path

import pytest

from tests.api.fuzz.run import fuzz
from tests.api.running import Running

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("api-system")]


def test_the_api_is_as_it_is_described(running: Running, tmp_path: Path) -> None:
    run = fuzz(running, tmp_path, examples=6, phases="examples,fuzzing,stateful")
    assert run.passed, run.report
    assert run.cases >= 200, run.report
