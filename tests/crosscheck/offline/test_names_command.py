"""`flask crosscheck names`: a score for each pair, in their order."""

import csv
from pathlib import Path


def scores_of(path: Path) -> list[tuple[str, str, float]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["a"], row["b"], float(row["score"])) for row in csv.DictReader(file)]


def test_pairs_are_scored_in_their_order(write, run, tmp_path) -> None:
    pairs = write(
        "pairs.csv",
        [("1", "Сергей Иванов", "IVANOV SERGEI"), ("2", "John Smith", "Jane Smith"), ("3", "", "")],
        ("label", "b", "a"),
    )
    result = run("names", "--pairs", pairs, "--out", tmp_path / "out.csv")
    assert result.exit_code == 0, result.output
    same, other, empty = scores_of(tmp_path / "out.csv")
    assert same[:2] == ("IVANOV SERGEI", "Сергей Иванов")
    assert same[2] > 0.9 > 0.7 > other[2]
    assert empty[2] == 0.0
    assert "pairs scored: 3" in result.stderr


def test_a_missing_column_is_named(write, run, tmp_path) -> None:
    pairs = write("pairs.csv", [("x", "y")], ("a", "c"))
    result = run("names", "--pairs", pairs, "--out", tmp_path / "out.csv")
    assert result.exit_code != 0
    assert "pairs.csv, row 1" in result.stderr
    assert "the column is missing: b" in result.stderr
    assert not (tmp_path / "out.csv").exists()
