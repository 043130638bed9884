"""`flask permits import`: what it says, and how it ends."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.cast import Cast
from tests.permits.feed.rows import csv_file, permit, stored_permits


@pytest.fixture
def run_import(app: Flask, cast: Cast, tmp_path: Path) -> Any:
    """Runs the command on a file of this content."""

    def run(content: bytes, *options: str) -> Any:
        file = tmp_path / "izin.csv"
        file.write_bytes(content)
        return app.test_cli_runner().invoke(args=["permits", "import", str(file), *options])

    return run


def test_it_takes_a_file_over_and_says_what_became_of_it(run_import: Any) -> None:
    done = run_import(csv_file([permit(1), permit(2, sex="?")]), "--as-of", "2026-11-20")
    assert done.exit_code == 0, done.output
    assert "2 rows: 1 are new, 0 changed, 0 unchanged, 1 refused." in done.output
    again = run_import(csv_file([permit(1), permit(2, sex="?")]))
    assert "This file was taken over on" in again.output
    assert "0 are new, 0 changed, 1 unchanged" in again.output


def test_a_dry_run_and_its_report(run_import: Any, tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    content = csv_file([permit(1), permit(2, sex="?")])
    done = run_import(content, "--dry-run", "--report", str(report))
    assert "1 would be new" in done.output
    assert stored_permits() == []
    assert "3,sex,refused,not-a-choice" in report.read_text("utf-8-sig")


def test_columns_can_be_named(run_import: Any) -> None:
    content = csv_file([permit(1)]).replace(b"surname", b"Apellido")
    done = run_import(content, "--mapping", "surname=Apellido")
    assert done.exit_code == 0
    assert [one.surname for one in stored_permits()] == ["ERIKSSON"]


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        (b"", (), "The file is empty"),
        (b"number,surname\n1,X\n", (), "These columns are missing"),
        (csv_file([permit(1, surname="M\u00dcLLER")], encoding="cp1252"), (), "Row 2 cannot be"),
        (csv_file([permit(1)]), ("--as-of", "2126-01-01"), "cannot lie ahead"),
        (csv_file([permit(1)]), ("--mapping", "sponsor=Nobody"), "no column Nobody"),
        (csv_file([permit(1)]), ("--mapping", "sponsor"), "FIELD=HEADING"),
    ],
)
def test_what_is_wrong_is_said(
    run_import: Any, content: bytes, options: tuple[str, ...], words: str
) -> None:
    done = run_import(content, *options)
    assert done.exit_code != 0
    assert words in done.output
    assert "Traceback" not in done.output
    assert stored_permits() == []
