"""Accuracy on a few thousand invented people, by the same code as for a million."""

import csv
from pathlib import Path

from apoa.crosscheck.offline.link import link_files
from benchmarks.linkage.dataset import make_dataset


def test_invented_people_are_told_apart(tmp_path: Path) -> None:
    dataset = make_dataset(4000, 2500, seed=11)
    guests, permits = dataset.write(tmp_path)
    bands = link_files(guests, permits, tmp_path / "links.csv", lambda _: None, processes=2)
    assert sum(bands.values()) == 2500
    with (tmp_path / "links.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["guest_id"] for row in rows] == [name for name, _ in dataset.guests]
    linked = [row for row in rows if row["band"] == "linked"]
    right = [row for row in linked if dataset.truth.get(row["guest_id"]) == row["permit_id"]]
    found = [row for row in rows if dataset.truth.get(row["guest_id"]) == row["permit_id"]]
    assert len(right) / len(linked) >= 0.998
    assert len(right) / len(dataset.truth) >= 0.96
    assert len(found) / len(dataset.truth) >= 0.995
