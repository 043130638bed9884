"""`python -m tests.api.fuzz [EXAMPLES]`: a system of its own, every phase, thousands of cases."""

import sys
import tempfile
from pathlib import Path

from tests.api.fuzz.run import fuzz
from tests.api.running import run_system

USUAL = 100


def main() -> int:
    """Prints what Schemathesis reports; 1 when something is not as described."""
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL
    with tempfile.TemporaryDirectory(prefix="apoa-fuzz-") as name:
        folder = Path(name)
        (folder / "system").mkdir()
        systems = run_system(folder / "system")
        run = fuzz(next(systems), folder, examples=examples)
        next(systems, None)
    print(run.report)
    print(f"{run.cases} cases, {'none' if run.passed else 'SOME'} not as described")
    return 0 if run.passed else 1


if __name__ == "__main__":
    sys.exit(main())
