"""How two words of a name stand to each other: the same, a spelling, a typing error, others."""

from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from apoa.crosscheck.matching.nicknames import are_forms_of_one
from apoa.crosscheck.matching.sounds import normal, sound

_SHORT, _LONG = 4, 8
_PREFIX = 4


class Likeness(IntEnum):
    """From nothing to the same; the order is that of trust."""

    OTHER = 0
    FAR_TYPO = 1
    INITIAL = 2
    SHORT_TYPO = 3
    NICKNAME = 4
    SOUND = 5
    TYPO = 6
    BEGINNING = 7
    SPELLING = 8
    SAME = 9


@lru_cache(maxsize=1 << 18)
def likeness(first: str, second: str) -> Likeness:
    """How alike two folded words are; the order of the two does not matter."""
    if first == second:
        return Likeness.SAME
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) == 1:
        return Likeness.INITIAL if longer.startswith(shorter) else Likeness.OTHER
    if normal(first) == normal(second):
        return Likeness.SPELLING
    if len(shorter) >= _PREFIX and longer.startswith(shorter):
        return Likeness.BEGINNING
    distance = OSA.distance(first, second, score_cutoff=2)
    if distance == 1:
        return Likeness.TYPO if len(shorter) > _SHORT else Likeness.SHORT_TYPO
    if are_forms_of_one(first, second):
        return Likeness.NICKNAME
    if sound(first) == sound(second) and len(sound(first)) > 2 and first[0] == second[0]:
        return Likeness.SOUND
    if distance == 2 and len(shorter) >= _LONG:
        return Likeness.FAR_TYPO
    return Likeness.OTHER
