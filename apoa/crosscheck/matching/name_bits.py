"""How many bits of evidence the names of two persons hold."""

from apoa.crosscheck.matching.frequencies import NameFrequencies
from apoa.crosscheck.matching.pairing import Pair, paired
from apoa.crosscheck.matching.prepared import Prepared
from apoa.crosscheck.matching.verdict import Reason
from apoa.crosscheck.matching.word_pairs import Likeness

# Bits lost because the words are not the same: how seldom one is written for the other by one
# person, and how many other words would be as alike.
_LOSS = {
    Likeness.SAME: 0.3,
    Likeness.SPELLING: 2.0,
    Likeness.BEGINNING: 3.0,
    Likeness.TYPO: 5.0,
    Likeness.SOUND: 5.0,
    Likeness.NICKNAME: 5.0,
    Likeness.SHORT_TYPO: 6.5,
    Likeness.INITIAL: 9.0,
    Likeness.FAR_TYPO: 8.0,
}
_MOST_BITS = 30.0
_LATER_WORDS = 0.85
_OTHER_SURNAME_OF_WOMAN = -5.5
_OTHER_SURNAME = -7.5
_OTHER_GIVEN = -9.0
_EXTRA = -0.8
_ORDER = -0.8
_ALL_OTHER = -14.0


def name_bits(
    guest: Prepared, holder: Prepared, frequencies: NameFrequencies
) -> tuple[float, list[Reason]]:
    """Bits and reasons for the names; the reasons' codes are those of `Reason.code`."""
    if not guest.words or not holder.words:
        return 0.0, [Reason("name", "missing", 0.0)]
    if guest.words == holder.words:
        bits = _agreed([frequencies.rarity(word) for word in guest.words])
        return bits, [Reason("name", "same", bits)]
    pairing = paired(guest.words, holder.words)
    if not pairing.pairs:
        return _ALL_OTHER, [Reason("name", "other", _ALL_OTHER)]
    bits = _agreed([_pair_bits(pair, guest, holder, frequencies) for pair in pairing.pairs])
    weakest = min(pair.likeness for pair in pairing.pairs)
    crossed = any(_crosses(pair, guest, holder) for pair in pairing.pairs)
    reasons = [Reason("name", "any-order" if crossed else _code(weakest), bits)]
    if crossed:
        bits += _ORDER
    left, right = pairing.first_left, pairing.second_left
    for number in range(max(len(left), len(right))):
        if number < min(len(left), len(right)):
            code, against = _contradiction(left[number], right[number], guest, holder)
            reasons.append(Reason(code, "other", against))
            bits += against
        else:
            reasons.append(Reason("name", "word-missing", _EXTRA))
            bits += _EXTRA
    return max(bits, _ALL_OTHER), reasons


def _agreed(words: list[float]) -> float:
    """The rarest word counts in full, the others less: names go together in families."""
    words.sort(reverse=True)
    return min(_MOST_BITS, words[0] + _LATER_WORDS * sum(words[1:]))


def _pair_bits(
    pair: Pair, guest: Prepared, holder: Prepared, frequencies: NameFrequencies
) -> float:
    if pair.likeness is Likeness.SAME:
        return frequencies.rarity(guest.words[pair.first[0]]) - _LOSS[Likeness.SAME]
    rarity = sum(frequencies.rarity(holder.words[place]) for place in pair.second)
    bits = min(rarity, frequencies.total_bits) - _LOSS[pair.likeness]
    if pair.likeness in _SLIPS and len(pair.first) == 1:
        if frequencies.is_known(guest.words[pair.first[0]]):
            bits -= 6.0
    return max(bits, 0.5)


_SLIPS = (Likeness.TYPO, Likeness.SHORT_TYPO, Likeness.FAR_TYPO)


def _crosses(pair: Pair, guest: Prepared, holder: Prepared) -> bool:
    """Whether a surname stands among the given names of the other."""
    is_given = pair.first[0] >= guest.surname_words
    return is_given != (pair.second[0] >= holder.surname_words)


def _contradiction(left: int, right: int, guest: Prepared, holder: Prepared) -> tuple[str, float]:
    if left < guest.surname_words and right < holder.surname_words:
        is_woman = "M" not in (guest.sex, holder.sex)
        return "surname", _OTHER_SURNAME_OF_WOMAN if is_woman else _OTHER_SURNAME
    return "given_names", _OTHER_GIVEN


def _code(likeness: Likeness) -> str:
    return "same" if likeness is Likeness.SAME else likeness.name.lower().replace("_", "-")
