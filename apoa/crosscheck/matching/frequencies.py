"""How much a word of a name says: the rarer it is among the permits, the more."""

from collections.abc import Mapping
from math import log2

from apoa.crosscheck.matching.person import Person
from apoa.crosscheck.matching.words import name_words, telling_words

_SMALLEST_REGISTER = 1000
_MOST_BITS = 18.0
_LEAST_BITS = 1.0
# So many persons of a nationality are taken to bear names as the whole register does.
_FOREIGN_WEIGHT = 50.0
_UNKNOWN_NATIONALITY, _MOST_NATIONALITY = 1.5, 5.0
_KEPT = 1 << 18
# How many of a hundred guests are taken to hold a permit of the register.
USUAL_SHARE = 0.85
_LEAST_SHARE, _MOST_SHARE = 0.3, 0.99


def counted_words(person: Person) -> frozenset[str]:
    """What to count once for each person, for `NameFrequencies.from_counts`.

    Words of the name; with a nationality also "@CHN" and each word as "WANG@CHN", for a name is
    common or rare among its own.
    """
    words = telling_words((*name_words(person.surname), *name_words(person.given_names)))
    if not person.nationality:
        return frozenset(words)
    place = f"@{person.nationality}"
    return frozenset((*words, place, *(word + place for word in words)))


class NameFrequencies:
    """Bits of evidence in a word: log2 of one person in how many bears it.

    `chance_bits`: against which all evidence stands, for a guest may be any of the holders or none.
    """

    def __init__(self, counts: Mapping[str, int], total: int, share: float) -> None:
        self._counts = counts
        self.total = max(total, _SMALLEST_REGISTER)
        self.total_bits = log2(self.total)
        self.share = share
        counted = min(_MOST_SHARE, max(_LEAST_SHARE, share))
        self.chance_bits = self.total_bits - log2(counted / (1.0 - counted))
        self._bits: dict[tuple[str, str], float] = {}
        self._nationality_bits: dict[str, float] = {}

    @classmethod
    def from_counts(
        cls, counts: Mapping[str, int], total: int, share: float = USUAL_SHARE
    ) -> "NameFrequencies":
        """`counts` says for how many of the `total` persons `counted_words` names a word.

        `share` of the guests (0 to 1) are taken to be among these persons.
        """
        return cls(counts, total, share)

    def with_share(self, share: float) -> "NameFrequencies":
        """The same counts for guests of whom another share holds a permit."""
        return NameFrequencies(self._counts, self.total, share)

    def rarity(self, word: str, nationality: str = "") -> float:
        """In bits; an unknown word counts as borne by one. With a nationality, among its own."""
        known = self._bits.get((word, nationality))
        if known is None:
            if len(self._bits) >= _KEPT:
                self._bits.clear()
            known = self._bits[word, nationality] = self._rarity(word, nationality)
        return known

    def nationality_bits(self, nationality: str) -> float:
        """Bits of evidence in having the same nationality."""
        known = self._nationality_bits.get(nationality)
        if known is None:
            bearers = self._counts.get(f"@{nationality}", 0)
            known = _UNKNOWN_NATIONALITY
            if bearers:
                known = min(_MOST_NATIONALITY, max(0.3, self.total_bits - log2(bearers)))
            self._nationality_bits[nationality] = known
        return known

    def is_known(self, word: str) -> bool:
        """Whether so many bear it that it is a name of its own, hardly a typing error."""
        return self._counts.get(word, 0) >= 3 + self.total // 100_000

    def _rarity(self, word: str, nationality: str) -> float:
        share = max(self._counts.get(word, 0), 1) / self.total
        own = self._counts.get(f"@{nationality}", 0) if nationality else 0
        if own:
            among = self._counts.get(f"{word}@{nationality}", 0)
            share = (among + _FOREIGN_WEIGHT * share) / (own + _FOREIGN_WEIGHT)
        return min(_MOST_BITS, max(_LEAST_BITS, -log2(share)))
