"""How two words of a name stand to each other: the same, a spelling, a typing error, others."""

import re
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from apoa.crosscheck.matching.nicknames import are_forms_of_one
from apoa.crosscheck.matching.sounds import normal, sound, syllables

_SHORT, _LONG = 4, 8
_PREFIX = 4
_UNLIKE, _ALIKE = 0.55, 0.83
_TELLING_SOUND = 3
_LONGEST_SYLLABLES = 10
_SURNAME_STEMS = ("OV", "EV", "SKI", "SKY", "AK", "EK")
_SURNAME_ENDINGS = frozenset({"A", "OVA", "AYA"})
# DANIEL and DANIELA, MARTIN and MARTINEZ, WILLIAM and WILLIAMS are names of two persons.
_OTHER_PERSON = frozenset(
    {"A", "E", "IA", "IE", "INE", "INA", "LE", "ELLE", "ETTE", "SON", "EZ", "S", "N"}
)
_PATRONYMIC = re.compile("(?:OVICH|EVICH|OVNA|EVNA|OVYCH|ICH)$")


class Likeness(IntEnum):
    """From nothing to the same; the order is that of trust."""

    OTHER = 0
    ALIKE = 1
    FAR_TYPO = 2
    INITIAL = 3
    SHORT_TYPO = 4
    KIN = 5
    NICKNAME = 6
    SOUND = 7
    TYPO = 8
    BEGINNING = 9
    SPELLING = 10
    SAME = 11


@lru_cache(maxsize=1 << 18)
def likeness(first: str, second: str) -> Likeness:
    """How alike two folded words are; the order of the two does not matter."""
    if first == second:
        return Likeness.SAME
    shorter, longer = (first, second) if len(first) <= len(second) else (second, first)
    if len(shorter) == 1:
        return Likeness.INITIAL if longer.startswith(shorter) else Likeness.OTHER
    alike = JaroWinkler.similarity(first, second)
    if alike < _UNLIKE:
        return Likeness.NICKNAME if are_forms_of_one(first, second) else Likeness.OTHER
    if normal(first) == normal(second) or _is_article(shorter, longer):
        return Likeness.SPELLING
    if are_forms_of_one(first, second):
        return Likeness.NICKNAME
    if longer.startswith(shorter):
        return _beginning(shorter, longer)
    distance = OSA.distance(first, second, score_cutoff=2)
    if distance == 1 and len(longer) > 2:
        if _is_gender(first, second):
            return Likeness.KIN
        return Likeness.TYPO if len(shorter) > _SHORT else Likeness.SHORT_TYPO
    return _looser(shorter, longer, distance, alike)


def _is_article(shorter: str, longer: str) -> bool:
    """ALGHAMDI for GHAMDI."""
    return len(shorter) >= _PREFIX and longer[2:] == shorter and longer[:2] in ("AL", "EL")


def _beginning(shorter: str, longer: str) -> Likeness:
    """A cut word, the form of a surname for women, or the name of a son or daughter."""
    rest = longer[len(shorter) :]
    if rest in _SURNAME_ENDINGS and shorter.endswith(_SURNAME_STEMS):
        return Likeness.SPELLING
    if _PATRONYMIC.search(longer):
        return Likeness.ALIKE
    if rest in _OTHER_PERSON and len(shorter) > 2:
        return Likeness.KIN
    if len(shorter) >= _PREFIX:
        return Likeness.BEGINNING
    if len(rest) == 1:
        return Likeness.SHORT_TYPO
    return Likeness.ALIKE if len(shorter) > 2 else Likeness.OTHER


def _is_gender(first: str, second: str) -> bool:
    """MARIO and MARIA."""
    return first[:-1] == second[:-1] and {first[-1], second[-1]} <= {"A", "O", "E"}


def _looser(shorter: str, longer: str, distance: int, alike: float) -> Likeness:
    code = sound(shorter)
    if code == sound(longer) and len(code) > _TELLING_SOUND - (distance <= 2):
        return Likeness.SOUND
    if len(longer) <= _LONGEST_SYLLABLES and syllables(shorter) == syllables(longer):
        return Likeness.SOUND
    if distance == 2 and len(shorter) >= _LONG:
        return Likeness.FAR_TYPO
    if len(shorter) > 2 and alike >= _ALIKE:
        return Likeness.ALIKE
    return Likeness.OTHER
