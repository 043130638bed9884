"""How two words of a name stand to each other: the same, a spelling, a typing error, others."""

from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from apoa.crosscheck.matching.nicknames import are_forms_of_one
from apoa.crosscheck.matching.sounds import normal, sound

_SHORT, _LONG = 4, 8
_PREFIX = 4
_ALIKE = 0.83


class Likeness(IntEnum):
    """From nothing to the same; the order is that of trust."""

    OTHER = 0
    ALIKE = 1
    FAR_TYPO = 2
    INITIAL = 3
    SHORT_TYPO = 4
    NICKNAME = 5
    SOUND = 6
    TYPO = 7
    BEGINNING = 8
    SPELLING = 9
    SAME = 10


@lru_cache(maxsize=1 << 18)
def likeness(first: str, second: str) -> Likeness:
    """How alike two folded words are; the order of the two does not matter."""
    if first == second:
        return Likeness.SAME
    shorter, longer = (first, second) if len(first) <= len(second) else (second, first)
    if len(shorter) == 1:
        return Likeness.INITIAL if longer.startswith(shorter) else Likeness.OTHER
    if normal(first) == normal(second):
        return Likeness.SPELLING
    if len(shorter) >= _PREFIX and longer.startswith(shorter):
        return Likeness.BEGINNING
    distance = OSA.distance(first, second, score_cutoff=2)
    if distance == 1 and len(longer) > 2:
        return Likeness.TYPO if len(shorter) > _SHORT else Likeness.SHORT_TYPO
    return _looser(first, second, distance, len(shorter))


def _looser(first: str, second: str, distance: int, length: int) -> Likeness:
    if are_forms_of_one(first, second):
        return Likeness.NICKNAME
    if sound(first) == sound(second) and len(sound(first)) > 2 and first[0] == second[0]:
        return Likeness.SOUND
    if distance == 2 and length >= _LONG:
        return Likeness.FAR_TYPO
    if length > 2 and JaroWinkler.similarity(first, second) >= _ALIKE:
        return Likeness.ALIKE
    return Likeness.OTHER
