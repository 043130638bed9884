"""Links each data set with ours and with Splink, and scores the hard names; prints and keeps it.

Data sets: own corruptions (`dataset`, mixes and seeds below) and FEBRL 1 to 3, which the method was
tuned on, as they are and with a third of the holders left out so that there are strangers; FEBRL 4
is only measured. Then each kind of harm by itself, by ours alone.
Fields of FEBRL: given_name, surname, date_of_birth, and soc_sec_id as the document number.

`best_recall` is the highest recall at a precision of 0.9995 of all thresholds, or else that of the
highest F1: Splink's only figure, and for ours what an order by band and score would give.
Its Python is that of `make bench-linkage`; without it there is no Splink and no FEBRL.
LINKAGE_PERMITS says how many permits and guests the own sets have (20000).
"""

import csv
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from apoa.crosscheck.offline.link import link_files
from benchmarks.linkage import febrl
from benchmarks.linkage.dataset import (
    ALL_KINDS,
    ALONE,
    HARD,
    TRIAL,
    TRIAL_WITH_STRANGERS,
    make_dataset,
)
from benchmarks.linkage.names import measure_names
from benchmarks.results import keep

OWN = (
    ("the trial's rates", TRIAL, 77),
    ("the trial's rates, strangers", TRIAL_WITH_STRANGERS, 78),
    ("all kinds, seed 79", ALL_KINDS, 79),
    ("all kinds, seed 80", ALL_KINDS, 80),
    ("hard, seed 5", HARD, 5),
    ("hard, seed 21", HARD, 21),
)
# The sets as they are, where everybody holds a permit; then with every third holder left out.
FEBRL = ((1, False), (2, False), (3, False), (1, True), (2, True), (3, True), (4, False))
ALONE_COUNT = 4000
SIDE = Path(__file__).with_name("splink_side.py")
PYTHON = Path(os.environ.get("BENCH_PYTHON", ".venv-bench/bin/python"))


def run() -> None:
    """Measures all data sets; results/linkage.json and results/linkage_names.json."""
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, place, truth in _data_sets(Path(folder)):
            rows.append({"data": name, "by": "ours", **_ours(place, truth)})
            if PYTHON.exists():
                rows.append({"data": name, "by": "splink", **_splink(place, truth)})
        alone = _alone(Path(folder))
    keep("linkage", [_rounded(row) for row in rows])
    keep("linkage_alone", [_rounded(row) for row in alone])
    keep("linkage_names", [_rounded(row) for row in measure_names()])


def _data_sets(folder: Path) -> list[tuple[str, Path, dict[str, str]]]:
    size = int(os.environ.get("LINKAGE_PERMITS", "20000"))
    sets = []
    for name, mix, seed in OWN:
        place = folder / f"own-{seed}"
        place.mkdir()
        dataset = make_dataset(size, size, seed, mix)
        dataset.write(place)
        sets.append((f"own {size}, {name}", place, dataset.truth))
    source = febrl.folder_of(PYTHON)
    if source is not None:
        for number, strangers in FEBRL:
            name = f"FEBRL {number}{', a third strangers' if strangers else ''}"
            place = folder / name
            place.mkdir()
            sets.append((name, place, febrl.write(source, number, place, strangers=strangers)))
    return sets


def _alone(folder: Path) -> list[dict[str, Any]]:
    """Each kind of harm to every guest, in a register that has four times as many holders."""
    rows = []
    for number, (name, mix) in enumerate(ALONE.items()):
        place = folder / f"alone-{number}"
        place.mkdir()
        dataset = make_dataset(4 * ALONE_COUNT, ALONE_COUNT, 100 + number, mix)
        dataset.write(place)
        rows.append({"harm": name, **_ours(place, dataset.truth)})
    return rows


def _ours(place: Path, truth: dict[str, str]) -> dict[str, Any]:
    started = time.perf_counter()
    out = place / "links.csv"
    link_files(place / "guests.csv", place / "permits.csv", out, lambda _: None)
    seconds = time.perf_counter() - started
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    linked = [row for row in rows if row["band"] == "linked"]
    ranked = [(row["guest_id"], row["permit_id"]) for row in sorted(rows, key=_surest_first)]
    right = sum(truth.get(row["guest_id"]) == row["permit_id"] for row in linked)
    found = sum(truth.get(row["guest_id"]) == row["permit_id"] for row in rows)
    reviewed = sum(row["band"] == "review" for row in rows)
    return {
        "linked_precision": right / max(1, len(linked)),
        "linked_recall": right / len(truth),
        "best_recall": _best_threshold(ranked, truth)[1],
        "any_recall": found / len(truth),
        "reviewed_share": reviewed / len(rows),
        "seconds": seconds,
    }


def _splink(place: Path, truth: dict[str, str]) -> dict[str, Any]:
    started = time.perf_counter()
    ended = subprocess.run(
        [str(PYTHON), str(SIDE), str(place)], capture_output=True, text=True, check=True
    )
    seconds = time.perf_counter() - started
    best = json.loads(ended.stdout.strip().splitlines()[-1])
    precision, recall = _best_threshold(best, truth)
    return {
        "linked_precision": precision,
        "linked_recall": recall,
        "best_recall": recall,
        "any_recall": sum(truth.get(guest) == permit for guest, permit in best) / len(truth),
        "reviewed_share": 0.0,
        "seconds": seconds,
    }


def _surest_first(row: dict[str, str]) -> tuple[bool, bool, float]:
    return row["band"] == "none", row["band"] != "linked", -float(row["score"] or 0)


def _best_threshold(ranked: Sequence[Sequence[str]], truth: dict[str, str]) -> tuple[float, float]:
    """Precision and recall, of pairs of guest and permit with the surest first."""
    right = 0
    points: list[tuple[float, float]] = []
    for done, (guest, permit) in enumerate(ranked, 1):
        if not permit:
            break
        right += truth.get(guest) == permit
        points.append((right / done, right / len(truth)))
    sure = [point for point in points if point[0] >= 0.9995]
    return max(sure, key=lambda point: point[1]) if sure else max(points, key=_f1)


def _f1(point: tuple[float, float]) -> float:
    return 2 * point[0] * point[1] / max(1e-9, point[0] + point[1])


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    """Four digits after the point, as text: the table shows two, too few for these."""
    return {
        name: f"{value:.4f}" if isinstance(value, float) and name != "seconds" else value
        for name, value in row.items()
    }
