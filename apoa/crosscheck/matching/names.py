"""How alike two full names are, where nothing else is known of the persons."""

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.fuzz import token_set_ratio

from apoa.crosscheck.matching.known_names import are_two_names
from apoa.crosscheck.matching.pairing import Words, paired
from apoa.crosscheck.matching.word_pairs import Likeness, likeness
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
_LESS_SURE = _WORTH[Likeness.TYPO]
# Long words say more: the part of a word by its length.
_LONG = 8
_SHARES = tuple([1.0 + length / _LONG for length in range(_LONG + 1)])
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
    one, other = _name(first), _name(second)
    if not one.words or not other.words:
        return 0.0
    if one.words == other.words and one.own == other.own:
        return 1.0
    value = _compared(one.words, other.words)
    if one.own and other.own and _is_swapped(one, other):
        return max(0.0, value - _OTHER)
    if value < _SURE and (len(one.words), len(other.words)) != (len(one.all), len(other.all)):
        # DE LA CRUZ and DELACRUZ.
        value = max(value, _compared(one.all, other.all))
    return value


def _compared(words: Words, others: Words) -> float:
    left = [word for word in words if word not in others]
    right = [word for word in others if word not in words]
    same = len(words) - len(left)
    if same and len(left) < 2 > len(right) and same == len(others) - len(right):
        return _with_one_left(words, left, right)
    if not same:
        common = token_set_ratio(" ".join(words), " ".join(others)) / 100
        if common < _NOTHING_COMMON:
            return common / 2
    # In one order, so that of equally good pairs the same are taken both ways.
    return _paired_worth(*sorted((words, others)))


def _with_one_left(words: Words, left: list[str], right: list[str]) -> float:
    """What most pairs come to: all words are the same but one. The same value as by pairing."""
    weight = sum([_SHARES[min(len(word), _LONG)] for word in words if word not in left])
    worth = weight
    pairs, contradictions = len(words) - len(left), 0
    if left and right:
        alike = likeness(left[0], right[0])
        if alike:
            share = _SHARES[min(max(len(left[0]), len(right[0])), _LONG)]
            weight += share
            worth += share * _worth(alike, left[0], right[0])
            pairs += 1
        else:
            contradictions = 1
    return _value(worth / weight, pairs, contradictions, len(left) ^ len(right))


def _paired_worth(words: Words, others: Words) -> float:
    pairing = paired(words, others)
    if not pairing.pairs:
        return 0.0
    worth = weight = 0.0
    for pair in pairing.pairs:
        length = max(
            sum([len(words[place]) for place in pair.first]),
            sum([len(others[place]) for place in pair.second]),
        )
        share = _SHARES[min(length, _LONG)]
        worth += share * _worth(pair.likeness, words[pair.first[0]], others[pair.second[0]])
        weight += share
    contradictions = min(len(pairing.first_left), len(pairing.second_left))
    extra = len(pairing.first_left) + len(pairing.second_left) - 2 * contradictions
    return _value(worth / weight, len(pairing.pairs), contradictions, extra)


def _value(worth: float, pairs: int, contradictions: int, extra: int) -> float:
    value = worth - _OTHER * contradictions - _EXTRA * extra
    if pairs == 1 and extra:
        value -= _ALONE
    return max(0.0, min(1.0, value))


def _worth(alike: Likeness, word: str, other: str) -> float:
    worth = _WORTHS[alike]
    if worth <= _LESS_SURE and are_two_names(word, other):
        if alike in _SLIPS:
            return min(worth, _TWO_NAMES)
        if alike is Likeness.SOUND or alike is Likeness.BEGINNING:
            return _TWO_SYLLABLES
    return worth


def _is_swapped(one: _Name, other: _Name) -> bool:
    """Whether the father's name of each is the other's own: father and son."""
    if not set(one.own).isdisjoint(other.own):
        return False
    return set(one.own) <= set(other.words) and set(other.own) <= set(one.words)
