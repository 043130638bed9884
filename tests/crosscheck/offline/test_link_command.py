"""`flask crosscheck link`: one row for each guest, strict columns, nothing half written."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from apoa.crosscheck.offline import link as link_module
from tests.crosscheck.offline.conftest import COLUMNS, GUESTS, PERMITS

ROOT = Path(__file__).parents[3]


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_each_guest_has_one_row_in_the_order_of_the_file(write, link, tmp_path) -> None:
    result = link(write("g.csv", GUESTS), write("p.csv", PERMITS))
    assert result.exit_code == 0, result.output
    header, *rows = rows_of(tmp_path / "out.csv")
    assert header == ["guest_id", "permit_id", "score", "band", "reasons"]
    assert [row[:2] + row[3:4] for row in rows] == [
        ["g1", "p1", "linked"],
        ["g2", "p3", "linked"],
        ["g3", "", "none"],
    ]
    assert "birth_date swapped-day-month" in rows[0][4]
    assert float(rows[0][2]) > 10
    assert "linked: 2, review: 0, none: 1" in result.stderr
    assert "guests linked: 3 of 3" in result.stderr


def test_columns_in_any_order_with_more_of_them(write, link, tmp_path) -> None:
    def turned(rows):
        return [(*reversed(row), "more", "") for row in rows]

    columns = [*(column.upper() for column in reversed(COLUMNS)), "note", ""]
    result = link(write("g.csv", turned(GUESTS), columns), write("p.csv", turned(PERMITS), columns))
    assert result.exit_code == 0, result.output
    assert [row[1] for row in rows_of(tmp_path / "out.csv")[1:]] == ["p1", "p3", ""]


def test_byte_order_mark_semicolons_quotes_and_empty_lines(write, link, tmp_path) -> None:
    guests = tmp_path / "g.csv"
    lines = [";".join(COLUMNS), "", *(";".join(f'"{cell}"' for cell in row) for row in GUESTS), ""]
    guests.write_text("\r\n".join(lines), encoding="utf-8-sig")
    result = link(guests, write("p.csv", PERMITS))
    assert result.exit_code == 0, result.output
    assert [row[1] for row in rows_of(tmp_path / "out.csv")[1:]] == ["p1", "p3", ""]


def test_every_value_but_the_id_may_be_empty(write, link, tmp_path) -> None:
    empty = ("", "", "", "", "", "", "")
    result = link(
        write("g.csv", [("g0", *empty), *GUESTS]), write("p.csv", [("p0", *empty), *PERMITS])
    )
    assert result.exit_code == 0, result.output
    assert [row[1] for row in rows_of(tmp_path / "out.csv")[1:]] == ["", "p1", "p3", ""]


@pytest.mark.parametrize(
    "birth_date",
    [
        "1974-00-00",
        "1974-08-00",
        "19740812",
        "1974/08/12",
        "1974",
        "1974-13-45",
        "1974-08-12 00:00",
    ],
)
def test_dates_as_they_come(write, link, tmp_path, birth_date: str) -> None:
    guest = ("g1", "Lindström", "Anna Maria", birth_date, "swe", "f", "9876-5432", "se")
    assert link(write("g.csv", [guest]), write("p.csv", PERMITS)).exit_code == 0
    assert rows_of(tmp_path / "out.csv")[1][1] == "p1"


def test_files_without_rows(write, link, tmp_path) -> None:
    assert link(write("g.csv", []), write("p.csv", [])).exit_code == 0
    assert len(rows_of(tmp_path / "out.csv")) == 1
    assert link(write("g.csv", GUESTS), write("p.csv", [])).exit_code == 0
    assert [row[3] for row in rows_of(tmp_path / "out.csv")[1:]] == ["none"] * 3


def changed(place: int, value: str) -> list[tuple[str, ...]]:
    row = list(GUESTS[1])
    row[place] = value
    return [GUESTS[0], tuple(row), GUESTS[2]]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (changed(0, ""), ("g.csv, row 3, column id", "empty")),
        (changed(0, "g1"), ("g.csv, row 3, column id", "same id as in row 2")),
        (changed(3, "12 May 1974"), ("g.csv, row 3, column birth_date", "not a date")),
        (changed(3, "1974-8-1"), ("g.csv, row 3, column birth_date",)),
        (changed(5, "Q"), ("g.csv, row 3, column sex",)),
        (changed(1, "x" * 501), ("g.csv, row 3, column surname", "longer than 500")),
        ([*GUESTS, ("g4", "short")], ("g.csv, row 5", "2 values", "8 columns")),
    ],
)
def test_faults_name_file_row_and_column(write, link, tmp_path, rows, words) -> None:
    result = link(write("g.csv", rows), write("p.csv", PERMITS))
    assert result.exit_code != 0
    assert all(word in result.stderr for word in words), result.stderr
    assert not (tmp_path / "out.csv").exists()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ("p.csv, row 1", "header")),
        (b"id,surname\n1,x\n", ("p.csv, row 1", "missing", "given_names", "issuing_state")),
        (",".join((*COLUMNS, "id")).encode(), ("column id", "twice")),
        (",".join(COLUMNS).encode() + b"\n1,M\xfcller,,,,,,\n", ("p.csv", "UTF-8")),
        (",".join(COLUMNS).encode() + b'\n1,"x"y,,,,,,\n', ("p.csv, row 2", "CSV")),
    ],
)
def test_unusable_files(write, link, tmp_path, content: bytes, words) -> None:
    permits = tmp_path / "p.csv"
    permits.write_bytes(content)
    result = link(write("g.csv", GUESTS), permits)
    assert result.exit_code != 0
    assert all(word in result.stderr for word in words), result.stderr
    assert not (tmp_path / "out.csv").exists()


def test_a_file_that_is_not_there(write, link, tmp_path) -> None:
    result = link(tmp_path / "nowhere.csv", write("p.csv", PERMITS))
    assert result.exit_code != 0
    assert "nowhere.csv" in result.stderr


def test_the_files_to_read_are_never_written(write, run) -> None:
    guests, permits = write("g.csv", GUESTS), write("p.csv", PERMITS)
    before = permits.read_bytes()
    result = run("link", "--guests", guests, "--permits", permits, "--out", permits)
    assert result.exit_code != 0
    assert permits.read_bytes() == before


def test_a_folder_that_cannot_be_written_to(write, run, tmp_path) -> None:
    out = tmp_path / "nowhere" / "out.csv"
    result = run(
        "link", "--guests", write("g.csv", GUESTS), "--permits", write("p.csv", PERMITS),
        "--out", out,
    )  # fmt: skip
    assert result.exit_code != 0
    assert "out.csv" in result.stderr


def test_an_earlier_result_stays_until_the_new_one_is_whole(write, link, tmp_path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("before")
    assert link(write("g.csv", changed(3, "no date")), write("p.csv", PERMITS)).exit_code != 0
    assert out.read_text() == "before"
    assert link(write("g.csv", GUESTS), write("p.csv", PERMITS)).exit_code == 0
    assert out.read_text().startswith("guest_id,")


def test_a_run_that_breaks_in_the_middle_leaves_nothing(write, link, tmp_path, monkeypatch) -> None:
    def breaks(*_):
        raise RuntimeError("ended")

    monkeypatch.setattr(link_module, "link_one", breaks)
    result = link(write("g.csv", GUESTS), write("p.csv", PERMITS))
    assert result.exit_code != 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["g.csv", "p.csv"]


@pytest.mark.slow
def test_it_works_where_there_is_no_instance_and_no_database(write, tmp_path) -> None:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("APOA_")
    }
    ended = subprocess.run(
        [
            sys.executable, "-m", "flask", "--app", str(ROOT / "wsgi.py"), "crosscheck", "link",
            "--guests", str(write("g.csv", GUESTS)), "--permits", str(write("p.csv", PERMITS)),
            "--out", "out.csv", "--processes", "2",
        ],
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(ROOT), "APOA_INSTANCE": str(tmp_path / "none")},
        capture_output=True,
        text=True,
        timeout=60,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert [row[1] for row in rows_of(tmp_path / "out.csv")[1:]] == ["p1", "p3", ""]
    assert not (tmp_path / "none").exists()
