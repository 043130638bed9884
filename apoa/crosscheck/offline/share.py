"""How many of the guests hold one of the permits, judged by a sample of them.

Where nearly all do, less evidence is enough than where the half are strangers. The share is the
one under which the sample's evidence is likeliest (expectation and maximisation by turns).
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from apoa.crosscheck.matching.frequencies import USUAL_SHARE

SAMPLE = 1000
_TURNS = 20
# The usual share counts as much as so many guests.
_USUAL_WEIGHT = 30.0
_MOST_BITS = 60.0

Item = TypeVar("Item")


class Sample(Generic[Item]):
    """A part of what passes by, each with the same chance; the same every time."""

    def __init__(self, size: int = SAMPLE) -> None:
        self.kept: list[Item] = []
        self._size, self._seen = size, 0
        self._random = random.Random(0)  # noqa: S311 - a sample, no secret

    def watch(self, items: Iterable[Item]) -> Iterator[Item]:
        """Passes the items on and keeps some."""
        for item in items:
            self._seen += 1
            if len(self.kept) < self._size:
                self.kept.append(item)
            elif (place := self._random.randrange(self._seen)) < self._size:
                self.kept[place] = item
            yield item


def likeliest_share(values: Sequence[float | None]) -> float:
    """The share of holders; `values` are the best scores, as if half of the guests held one.

    None stands for a guest without any candidate.
    """
    odds = [0.0 if value is None else 2.0 ** min(value, _MOST_BITS) for value in values]
    share = USUAL_SHARE
    for _ in range(_TURNS):
        expected = sum(share * odd / (share * odd + 1.0 - share) for odd in odds)
        share = (expected + USUAL_SHARE * _USUAL_WEIGHT) / (len(odds) + _USUAL_WEIGHT)
    return share
