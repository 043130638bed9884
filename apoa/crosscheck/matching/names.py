"""How alike two full names are, where nothing else is known of the persons."""

from functools import lru_cache

from apoa.crosscheck.matching.pairing import paired
from apoa.crosscheck.matching.word_pairs import Likeness
from apoa.crosscheck.matching.words import name_words, telling_words

_WORTH = {
    Likeness.SAME: 1.0,
    Likeness.SPELLING: 0.97,
    Likeness.BEGINNING: 0.82,
    Likeness.TYPO: 0.86,
    Likeness.SOUND: 0.82,
    Likeness.NICKNAME: 0.88,
    Likeness.SHORT_TYPO: 0.6,
    Likeness.INITIAL: 0.7,
    Likeness.FAR_TYPO: 0.6,
}
_EXTRA = 0.06
_OTHER = 0.45


@lru_cache(maxsize=1 << 14)
def _words_of(text: str) -> tuple[str, ...]:
    return telling_words(name_words(text))


def name_similarity(first: str, second: str) -> float:
    """From 0, nothing in common, to 1, the same name; the order of the two does not matter.

    Words are compared in any order; a word that only one name has costs little, words that
    contradict each other cost much.
    """
    words, others = sorted((_words_of(first), _words_of(second)))
    if not words or not others:
        return 0.0
    pairing = paired(words, others)
    if not pairing.pairs:
        return 0.0
    worth = weight = 0.0
    for pair in pairing.pairs:
        long = max(
            sum(len(words[place]) for place in pair.first),
            sum(len(others[place]) for place in pair.second),
        )
        share = 1.0 + min(long, 8) / 8
        worth += share * _WORTH[pair.likeness]
        weight += share
    contradictions = min(len(pairing.first_left), len(pairing.second_left))
    extra = len(pairing.first_left) + len(pairing.second_left) - 2 * contradictions
    alone = 0.1 if len(pairing.pairs) == 1 and extra else 0.0
    value = worth / weight - _OTHER * contradictions - _EXTRA * extra - alone
    return max(0.0, min(1.0, value))
