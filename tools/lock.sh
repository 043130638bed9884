#!/bin/sh
# Locks the dependencies with hashes and without index addresses, for Python 3.11 and newer.
set -eu
cd "$(dirname "$0")/.."
uv="${UV:-uv}"
common="--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet"
$uv pip compile $common "$@" requirements/run.in -o requirements/run.txt
$uv pip compile $common "$@" -c requirements/run.txt requirements/run.in requirements/test.in -o requirements/test.txt
$uv pip compile $common "$@" -c requirements/test.txt requirements/bench.in -o requirements/bench.txt
