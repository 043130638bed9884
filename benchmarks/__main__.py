"""`python -m benchmarks [NAME ...]`: runs the benchmarks named, or all of them."""

import importlib
import sys

NAMES = ("reports", "permit_feed", "crosscheck", "crosscheck_latency", "linkage")


def main() -> None:
    """Runs them one after another; each prints its table and writes its JSON."""
    for name in sys.argv[1:] or NAMES:
        importlib.import_module(f"benchmarks.{name}").run()


if __name__ == "__main__":
    main()
