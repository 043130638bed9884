"""Keeps the permits of a file so that a million fit in memory, and finds those that share a key.

Each permit is one stretch of a long run of bytes; each key is 40 bits of its hash together with
24 bits of the permit's place, in sorted arrays of 64-bit numbers. Two keys with the same 40 bits
bring a candidate too many, which its score then refuses.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable

from apoa.crosscheck.matching.frequencies import NameFrequencies, counted_words
from apoa.crosscheck.matching.keys import match_keys
from apoa.crosscheck.matching.person import Person
from apoa.crosscheck.matching.score import Prepared, prepared
from apoa.crosscheck.offline.people import Identified

MOST_PERMITS = 1 << 24
_PLACE_BITS = 24
_BUCKETS = 512
_BUCKET_SHIFT = 64 - 9
_FIELD, _WORD = "\x1f", " "


class Register:
    """The permits of one file with their keys and word counts."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._starts = array("Q", [0])
        self._keys = [array("Q") for _ in range(_BUCKETS)]
        self._counts: Counter[str] = Counter()
        self.frequencies = NameFrequencies.from_counts({}, 0)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def fill(self, permits: Iterable[Identified], progress: Callable[[int], None]) -> None:
        """Takes in all permits. Raises ValueError for more than can be held."""
        for permit in permits:
            place = len(self)
            if place >= MOST_PERMITS:
                raise ValueError(f"more than {MOST_PERMITS} permits")
            self._add(place, permit)
            if place % 1000 == 999:
                progress(place + 1)
        for number, bucket in enumerate(self._keys):
            self._keys[number] = array("Q", sorted(bucket))
        self.frequencies = NameFrequencies.from_counts(dict(self._counts), len(self))

    def find(self, key: str, most: int) -> list[int]:
        """The places of the permits with this key; none if they are more than `most`."""
        signature = _signature(key)
        bucket = self._keys[signature >> _BUCKET_SHIFT]
        start = bisect_left(bucket, signature)
        end = start
        limit = min(len(bucket), start + most + 1)
        above = signature + (1 << _PLACE_BITS)
        while end < limit and bucket[end] < above:
            end += 1
        if end - start > most:
            return []
        return [number & (MOST_PERMITS - 1) for number in bucket[start:end]]

    def permit_id(self, place: int) -> str:
        """The id of the permit in its file."""
        return self._text(place).split(_FIELD, 6)[6]

    def holder(self, place: int) -> Prepared:
        """The permit's holder, ready to be scored."""
        surname, given, birth, nationality, sex, documents, _ = self._text(place).split(_FIELD, 6)
        surname_words = tuple(surname.split())
        parts = documents.split()
        return Prepared(
            (*surname_words, *given.split()),
            len(surname_words),
            birth,
            nationality,
            sex,
            tuple((part.partition("/")[0], part.partition("/")[2]) for part in parts),
        )

    def _add(self, place: int, permit: Identified) -> None:
        holder = prepared(permit.person)
        fields = (
            _WORD.join(holder.words[: holder.surname_words]),
            _WORD.join(holder.words[holder.surname_words :]),
            holder.birth_date,
            holder.nationality,
            holder.sex,
            _WORD.join(f"{signs}/{state}" for signs, state in holder.documents),
            permit.id,
        )
        self._bytes += _FIELD.join(fields).encode("utf-8", "surrogatepass")
        self._starts.append(len(self._bytes))
        self._counts.update(counted_words(permit.person))
        for key in match_keys(permit.person):
            signature = _signature(key)
            self._keys[signature >> _BUCKET_SHIFT].append(signature | place)

    def _text(self, place: int) -> str:
        start, end = self._starts[place], self._starts[place + 1]
        return self._bytes[start:end].decode("utf-8", "surrogatepass")


def keys_of(person: Person) -> list[str]:
    """The keys, the most telling kinds first."""
    return sorted(match_keys(person))


def _signature(key: str) -> int:
    """40 bits of the key's hash, left of the place. Forked processes hash alike."""
    return (hash(key) & 0xFFFFFFFFFF) << _PLACE_BITS
