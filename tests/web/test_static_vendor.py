"""The browser files of others are the ones that were pinned, whole and with their licences."""

import hashlib
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "apoa" / "static"
VENDOR = STATIC / "vendor"
LISTED = dict(
    reversed(line.split("  ./", 1)) for line in (VENDOR / "SHA256SUMS").read_text().splitlines()
)


@pytest.mark.parametrize("path", sorted(LISTED))
def test_vendored_file_is_the_one_that_was_pinned(path: str) -> None:
    assert hashlib.sha256((VENDOR / path).read_bytes()).hexdigest() == LISTED[path]


def test_every_vendored_file_is_listed() -> None:
    present = {str(f.relative_to(VENDOR)) for f in VENDOR.rglob("*") if f.is_file()}
    assert present - {"SHA256SUMS"} == set(LISTED)


def test_every_vendored_package_brings_its_version_and_licence() -> None:
    for package in (folder for folder in VENDOR.iterdir() if folder.is_dir()):
        assert re.search(r"-\d+\.\d+\.\d+$", package.name), package.name
        assert list(package.glob("LICENSE*")), package.name


def test_own_styles_and_scripts_load_nothing_from_another_host() -> None:
    for file in [*STATIC.glob("js/*.js"), *STATIC.glob("css/*.css")]:
        assert not re.search(r"https?://|@import", file.read_text()), file.name


def test_own_scripts_stay_small() -> None:
    sizes = {file.name: len(file.read_text().splitlines()) for file in STATIC.glob("js/*.js")}
    assert {name: lines for name, lines in sizes.items() if lines > 150} == {}
