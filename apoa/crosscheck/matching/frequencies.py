"""How much a word of a name says: the rarer it is among the permits, the more."""

from collections.abc import Mapping
from math import log2

from apoa.crosscheck.matching.person import Person
from apoa.crosscheck.matching.words import name_words, telling_words

_SMALLEST_REGISTER = 1000
_MOST_BITS = 17.0


def counted_words(person: Person) -> frozenset[str]:
    """The words to count once for each person, for `NameFrequencies.from_counts`."""
    words = (*name_words(person.surname), *name_words(person.given_names))
    return frozenset(telling_words(words))


class NameFrequencies:
    """Bits of evidence in a word: log2 of one person in how many bears it."""

    def __init__(self, counts: Mapping[str, int], total: int) -> None:
        self._counts = counts
        self.total = max(total, _SMALLEST_REGISTER)
        self.total_bits = log2(self.total)

    @classmethod
    def from_counts(cls, counts: Mapping[str, int], total: int) -> "NameFrequencies":
        """`counts` says how many of the `total` persons bear a word of `counted_words`."""
        return cls(counts, total)

    def rarity(self, word: str) -> float:
        """In bits, from 0 (everyone bears it) up; an unknown word counts as borne by one."""
        return min(_MOST_BITS, self.total_bits - log2(self._counts.get(word, 1) or 1))

    def is_known(self, word: str) -> bool:
        """Whether so many bear it that it is a name of its own, hardly a typing error."""
        return self._counts.get(word, 0) >= 3 + self.total // 100_000
