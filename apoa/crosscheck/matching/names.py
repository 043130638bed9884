"""How alike two full names are, where nothing else is known of the persons."""

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.fuzz import token_set_ratio

from apoa.crosscheck.matching.known_names import are_two_names
from apoa.crosscheck.matching.pairing import Pair, Words, paired
from apoa.crosscheck.matching.word_pairs import Likeness
from apoa.crosscheck.matching.words import name_words, telling_words

_WORTH = {
    Likeness.SAME: 1.0,
    Likeness.SPELLING: 0.97,
    Likeness.BEGINNING: 0.84,
    Likeness.TYPO: 0.86,
    Likeness.SOUND: 0.84,
    Likeness.NICKNAME: 0.88,
    Likeness.SHORT_TYPO: 0.66,
    Likeness.INITIAL: 0.8,
    Likeness.FAR_TYPO: 0.72,
    Likeness.KIN: 0.4,
    Likeness.ALIKE: 0.35,
}
_WORTHS = tuple([_WORTH.get(level, 0.0) for level in Likeness])
_SLIPS = (Likeness.TYPO, Likeness.SHORT_TYPO, Likeness.FAR_TYPO, Likeness.ALIKE)
_TWO_NAMES, _TWO_SYLLABLES = 0.25, 0.5
_EXTRA, _ALONE = 0.05, 0.08
_OTHER = 0.45
_SURE = 0.75
_NOTHING_COMMON = 0.38
# What stands after one of these is the father's name.
_CHILD_OF = frozenset({"BIN", "BINTI", "BINTE", "BTE", "IBN", "BEN"})


class _Name(NamedTuple):
    words: Words
    all: Words
    own: tuple[str, ...]


@lru_cache(maxsize=1 << 14)
def _name(text: str) -> _Name:
    """The telling words, and those before the father's name, if it says which that is."""
    words = name_words(text)
    own: Words = ()
    if not _CHILD_OF.isdisjoint(words):
        place = next(place for place, word in enumerate(words) if word in _CHILD_OF)
        own = telling_words(words[:place]) if place else ()
    return _Name(telling_words(words), words, own)


def name_similarity(first: str, second: str) -> float:
    """From 0, nothing in common, to 1, the same name; the order of the two does not matter.

    Words are compared in any order; a word that only one name has costs little, words that
    contradict each other cost much.
    """
    one, other = sorted((_name(first), _name(second)))
    if not one.words or not other.words:
        return 0.0
    if one.words == other.words and one.own == other.own:
        return 1.0
    common = token_set_ratio(" ".join(one.words), " ".join(other.words)) / 100
    if common < _NOTHING_COMMON:
        return common / 2
    value = _compared(one.words, other.words)
    if one.own and other.own and _is_swapped(one, other):
        return max(0.0, value - _OTHER)
    if value < _SURE and (len(one.words), len(other.words)) != (len(one.all), len(other.all)):
        # DE LA CRUZ and DELACRUZ.
        value = max(value, _compared(one.all, other.all))
    return value


def _compared(words: Words, others: Words) -> float:
    pairing = paired(words, others)
    if not pairing.pairs:
        return 0.0
    worth = weight = 0.0
    for pair in pairing.pairs:
        share = _share(pair, words, others)
        worth += share * _worth(pair, words, others)
        weight += share
    contradictions = min(len(pairing.first_left), len(pairing.second_left))
    extra = len(pairing.first_left) + len(pairing.second_left) - 2 * contradictions
    value = worth / weight - _OTHER * contradictions - _EXTRA * extra
    if len(pairing.pairs) == 1 and extra:
        value -= _ALONE
    return max(0.0, min(1.0, value))


def _share(pair: Pair, words: Words, others: Words) -> float:
    """Long words say more."""
    if len(pair.first) == len(pair.second):
        length = max(len(words[pair.first[0]]), len(others[pair.second[0]]))
    else:
        length = max(
            sum([len(words[place]) for place in pair.first]),
            sum([len(others[place]) for place in pair.second]),
        )
    return 1.0 + min(length, 8) / 8


def _worth(pair: Pair, words: Words, others: Words) -> float:
    worth = _WORTHS[pair.likeness]
    if worth > _WORTHS[Likeness.NICKNAME]:
        return worth
    if pair.likeness in _SLIPS and are_two_names(words[pair.first[0]], others[pair.second[0]]):
        return min(worth, _TWO_NAMES)
    if pair.likeness in (Likeness.SOUND, Likeness.BEGINNING) and are_two_names(
        words[pair.first[0]], others[pair.second[0]]
    ):
        return _TWO_SYLLABLES
    return worth


def _is_swapped(one: _Name, other: _Name) -> bool:
    """Whether the father's name of each is the other's own: father and son."""
    if not set(one.own).isdisjoint(other.own):
        return False
    return set(one.own) <= set(other.words) and set(other.own) <= set(one.words)
