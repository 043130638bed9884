"""Scores the hard pairs of names with ours and with rapidfuzz, and times both."""

import csv
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from apoa.base.names import fold
from apoa.crosscheck.matching.names import name_similarity
from benchmarks.linkage import noise
from benchmarks.linkage.people import Maker

HARD = Path(__file__).with_name("hard_names.csv")
TIMED = 20_000
Similarity = Callable[[str, str], float]


def measure_names() -> list[dict[str, Any]]:
    """The best F1 of each over all thresholds, and microseconds a pair on other names."""
    with HARD.open(encoding="utf-8", newline="") as file:
        rows = [(row["a"], row["b"], row["same"] == "1") for row in csv.DictReader(file)]
    ways: dict[str, Similarity] = {
        "ours": name_similarity,
        "rapidfuzz token_set": lambda a, b: fuzz.token_set_ratio(fold(a), fold(b)),
        "rapidfuzz token_sort": lambda a, b: fuzz.token_sort_ratio(fold(a), fold(b)),
    }
    timed = _timed_pairs()
    found = []
    for name, similarity in ways.items():
        f1, threshold = _best_f1([(similarity(a, b), same) for a, b, same in rows])
        started = time.process_time()
        for a, b in timed:
            similarity(a, b)
        micros = (time.process_time() - started) / len(timed) * 1e6
        found.append(
            {"by": name, "pairs": len(rows), "f1": f1, "from": threshold, "us_a_pair": micros}
        )
    return found


def _best_f1(scored: list[tuple[float, bool]]) -> tuple[float, float]:
    same = sum(truth for _, truth in scored)
    right = 0
    best = (0.0, 0.0)
    for done, (value, truth) in enumerate(sorted(scored, reverse=True), 1):
        right += truth
        best = max(best, (2 * right / (done + same), value))
    return best


def _timed_pairs() -> list[tuple[str, str]]:
    """Names in other writings and with slips, each met for the first time."""
    rng = random.Random(1)
    pairs = []
    for person in Maker(9).people(TIMED):
        written = f"{person.given_names} {person.surname}"
        pairs.append(
            (
                noise.in_latin(written, rng, other=False),
                noise.misspelt(noise.in_latin(written, rng, other=rng.random() < 0.3), rng),
            )
        )
    return pairs
