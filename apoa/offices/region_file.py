"""Reads the regions of Indonesia that are shipped with the program."""

import csv
import gzip
from collections.abc import Iterator
from importlib.resources import files


def read_regions() -> Iterator[tuple[str, str]]:
    """Yield (code, name) of every region, sorted by code: a parent comes before its parts.

    Source, licence and what was changed: `data/README.md` beside the file.
    """
    packed = files("apoa.offices").joinpath("data", "regions.csv.gz")
    with (
        packed.open("rb") as stream,
        gzip.open(stream, "rt", encoding="utf-8", newline="") as table,
    ):
        for row in csv.DictReader(table):
            yield row["code"], row["name"]
