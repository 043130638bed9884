"""How many bits of evidence the names of two persons hold."""

from collections.abc import Iterator

from apoa.crosscheck.matching.frequencies import NameFrequencies
from apoa.crosscheck.matching.pairing import Pair, Pairing, paired
from apoa.crosscheck.matching.prepared import Prepared
from apoa.crosscheck.matching.word_pairs import Likeness

# Field, code and bits; made into a `Reason` where somebody will read it.
NameReason = tuple[str, str, float]
# Bits lost because the words are not the same: how seldom one is written for the other by one
# person, and how many other words would be as alike.
_LOSS = {
    Likeness.SAME: 0.3,
    Likeness.SPELLING: 2.0,
    Likeness.BEGINNING: 3.0,
    Likeness.TYPO: 4.0,
    Likeness.SOUND: 4.5,
    Likeness.NICKNAME: 5.0,
    Likeness.SHORT_TYPO: 5.0,
    Likeness.KIN: 4.5,
    Likeness.INITIAL: 8.0,
    Likeness.FAR_TYPO: 7.0,
    Likeness.ALIKE: 9.0,
}
_LOSSES = tuple([_LOSS.get(level, 0.0) for level in Likeness])
_SAME_LOSS = _LOSS[Likeness.SAME]
_SLIPS = (Likeness.TYPO, Likeness.KIN, Likeness.SHORT_TYPO, Likeness.FAR_TYPO, Likeness.ALIKE)
_LOOSE = (Likeness.FAR_TYPO, Likeness.ALIKE)
_KNOWN_NAME = 3.5
# JUN and EUN are names, rarely slips.
_SYLLABLE, _SYLLABLE_LENGTH = 2.0, 3
_LEAST_FOR_PAIR = {Likeness.ALIKE: -2.0}
_MOST_BITS = 32.0
_LATER_WORDS = 0.9
_OTHER_SURNAME_OF_WOMAN = -5.5
_OTHER_SURNAME = -7.5
_OTHER_GIVEN = -9.0
_PARTLY_OTHER_GIVEN = -5.0
_EXTRA = -0.8
_FIRST_MISSING = -4.0
_ORDER = -0.8
_ALL_OTHER = -14.0
# Codes of reasons that speak for a twin or a sibling.
AGAINST = frozenset({"other", "another-name"})


def most_name_bits(guest: Prepared, frequencies: NameFrequencies) -> float:
    """What the same name would be worth: nobody can reach more than a little over it."""
    nationality = guest.nationality
    return _agreed([frequencies.rarity(word, nationality) for word in guest.words])


def name_bits(
    guest: Prepared, holder: Prepared, frequencies: NameFrequencies
) -> tuple[float, list[NameReason]]:
    """Bits and reasons for the names; the reasons' codes are those of `Reason.code`."""
    if not guest.words or not holder.words:
        return 0.0, [("name", "missing", 0.0)]
    nationality = guest.nationality if guest.nationality == holder.nationality else ""
    if guest.words == holder.words:
        bits = _agreed([frequencies.rarity(word, nationality) for word in guest.words])
        return bits, [("name", "same", bits)]
    pairing = paired(guest.words, holder.words)
    if not pairing.pairs:
        return _ALL_OTHER, [("name", "other", _ALL_OTHER)]
    bits = _agreed(
        [_pair_bits(pair, guest, holder, frequencies, nationality) for pair in pairing.pairs]
    )
    weakest = min(pair.likeness for pair in pairing.pairs)
    crossed = any(_crosses(pair, guest, holder) for pair in pairing.pairs)
    reasons = [("name", "any-order" if crossed else _code(weakest), bits)]
    if crossed:
        bits += _ORDER
    reasons += _doubts(pairing, guest, holder, frequencies)
    for reason in _leftovers(pairing, guest, holder, crossed):
        reasons.append(reason)
        bits += reason[2]
    return max(bits, _ALL_OTHER), reasons


def _leftovers(
    pairing: Pairing, guest: Prepared, holder: Prepared, crossed: bool
) -> Iterator[NameReason]:
    """What words without a counterpart say: as many as both have contradict each other."""
    left, right = pairing.first_left, pairing.second_left
    first_of_guest = 0 if crossed else guest.surname_words
    for i, j in zip(left, right, strict=False):
        if (i < guest.surname_words) != crossed and j < holder.surname_words:
            is_woman = "M" not in (guest.sex, holder.sex)
            weight = _OTHER_SURNAME_OF_WOMAN if is_woman else _OTHER_SURNAME
            yield ("surname", "other", weight)
        elif i != first_of_guest and j != holder.surname_words:
            yield ("given_names", "partly-other", _PARTLY_OTHER_GIVEN)
        else:
            yield ("given_names", "other", _OTHER_GIVEN)
    both = min(len(left), len(right))
    for i in left[both:]:
        is_first = i == first_of_guest and len(guest.words) - guest.surname_words > 1
        yield _missing(is_first and not crossed)
    for j in right[both:]:
        is_first = j == holder.surname_words and len(holder.words) - holder.surname_words > 1
        yield _missing(is_first and not crossed)


def _missing(is_first_given: bool) -> NameReason:
    """A word that one side lacks. Twins may share the second name; few leave out the first."""
    if is_first_given:
        return ("given_names", "first-missing", _FIRST_MISSING)
    return ("name", "word-missing", _EXTRA)


def _doubts(
    pairing: Pairing, guest: Prepared, holder: Prepared, frequencies: NameFrequencies
) -> list[NameReason]:
    """Given names that may well be those of a brother or sister: MARTA and MARIA, or none."""
    told = 0
    of_given = False
    for pair in pairing.pairs:
        told += max(len(pair.first), len(pair.second))
        i, j = pair.first[0], pair.second[0]
        is_given = i >= guest.surname_words or j >= holder.surname_words
        of_given = of_given or is_given
        if is_given and pair.likeness in _LOOSE and frequencies.is_known(guest.words[i]):
            if frequencies.is_known(holder.words[j]):
                return [("given_names", "another-name", 0.0)]
    is_alone = not pairing.first_left or not pairing.second_left
    says_little = told == 1 or not of_given
    if says_little and is_alone and len(guest.words) + len(holder.words) > 2 * told:
        return [("given_names", "not-given", 0.0)]
    return []


def _agreed(words: list[float]) -> float:
    """The rarest word counts in full, the others less: names go together in families."""
    if not words:
        return 0.0
    words.sort(reverse=True)
    return min(_MOST_BITS, words[0] + _LATER_WORDS * sum(words[1:]))


def _pair_bits(
    pair: Pair, guest: Prepared, holder: Prepared, frequencies: NameFrequencies, nationality: str
) -> float:
    word = guest.words[pair.first[0]]
    if pair.likeness is Likeness.SAME:
        return frequencies.rarity(word, nationality) - _SAME_LOSS
    rarity = sum(frequencies.rarity(holder.words[place], nationality) for place in pair.second)
    bits = min(rarity, frequencies.total_bits) - _LOSSES[pair.likeness]
    if pair.likeness in _SLIPS and len(pair.first) == 1 and frequencies.is_known(word):
        bits -= _KNOWN_NAME + (_SYLLABLE if len(word) <= _SYLLABLE_LENGTH else 0.0)
    return max(bits, _LEAST_FOR_PAIR.get(pair.likeness, 0.5))


def _crosses(pair: Pair, guest: Prepared, holder: Prepared) -> bool:
    """Whether a surname stands among the given names of the other."""
    is_given = pair.first[0] >= guest.surname_words
    return is_given != (pair.second[0] >= holder.surname_words)


def _code(likeness: Likeness) -> str:
    return "same" if likeness is Likeness.SAME else likeness.name.lower().replace("_", "-")
