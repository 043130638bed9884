"""Small files to link, and the commands as an operator runs them."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from apoa.commands.crosscheck import crosscheck

COLUMNS = (
    "id", "surname", "given_names", "birth_date", "nationality", "sex", "document_number",
    "issuing_state",
)  # fmt: skip
PERMITS = (
    ("p1", "Lindström", "Anna Maria", "1974-08-12", "SWE", "F", "98765432", "SWE"),
    ("p2", "Lindström", "Karl", "1972-01-30", "SWE", "M", "98765433", "SWE"),
    ("p3", "WANG", "XIAOMING", "1990-02-02", "CHN", "M", "E12345678", "CHN"),
)
GUESTS = (
    ("g1", "LINDSTROEM", "ANNA", "1974-12-08", "SWE", "F", "9876S432", "SWE"),
    ("g2", "Xiao Ming", "Wang", "1990-02-02", "CHN", "M", "E99999999", "CHN"),
    ("g3", "Smith", "John", "1981-03-04", "GBR", "M", "55443322", "GBR"),
)
WriteRows = Callable[..., Path]
Run = Callable[..., Result]


@pytest.fixture
def write(tmp_path: Path) -> WriteRows:
    """Writes rows as a CSV file."""

    def write_rows(
        name: str, rows: Sequence[Sequence[str]], columns: Sequence[str] = COLUMNS
    ) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([columns, *rows])
        return path

    return write_rows


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `flask crosscheck ...` in an application that has nothing else."""
    app = Flask("offline")
    app.cli.add_command(crosscheck)

    def run_command(*words: object) -> Result:
        return app.test_cli_runner().invoke(args=["crosscheck", *(str(word) for word in words)])

    return run_command


@pytest.fixture
def link(run: Run, tmp_path: Path) -> Callable[[Path, Path], Result]:
    """Links two files into out.csv."""

    def link_files(guests: Path, permits: Path) -> Result:
        return run("link", "--guests", guests, "--permits", permits, "--out", tmp_path / "out.csv")

    return link_files
