"""Which word of one name stands for which word of the other."""

from typing import NamedTuple

from apoa.crosscheck.matching.word_pairs import Likeness, likeness

Words = tuple[str, ...]
_MOST_WORDS = 8
_JOIN_SLACK = 2


class Pair(NamedTuple):
    """Words that stand for one another: the places in both names. Joined words are one pair."""

    first: tuple[int, ...]
    second: tuple[int, ...]
    likeness: Likeness


class Pairing(NamedTuple):
    """The pairs, and the places of what stands for nothing on the other side."""

    pairs: list[Pair]
    first_left: list[int]
    second_left: list[int]


def paired(first: Words, second: Words) -> Pairing:
    """The best pairs first: each word is used once. Words beyond the eighth are not looked at."""
    left = list(range(min(len(first), _MOST_WORDS)))
    right = list(range(min(len(second), _MOST_WORDS)))
    pairs: list[Pair] = []
    for i in tuple(left):
        for j in right:
            if first[i] == second[j]:
                pairs.append(Pair((i,), (j,), Likeness.SAME))
                left.remove(i)
                right.remove(j)
                break
    if left and right:
        if len(left) + len(right) > 2:
            _pair_joined(first, second, left, right, pairs)
        if left and right:
            _pair_alike(first, second, left, right, pairs)
    return Pairing(pairs, left, right)


def _pair_alike(
    first: Words, second: Words, left: list[int], right: list[int], pairs: list[Pair]
) -> None:
    found = [
        (-alike, abs(i - j), i, j, alike)
        for i in left
        for j in right
        if (alike := likeness(first[i], second[j]))
    ]
    found.sort()
    for _, _, i, j, alike in found:
        if i in left and j in right:
            pairs.append(Pair((i,), (j,), alike))
            left.remove(i)
            right.remove(j)


def _pair_joined(
    first: Words,
    second: Words,
    left: list[int],
    right: list[int],
    pairs: list[Pair],
) -> None:
    """XIAO MING for XIAOMING, in either name."""
    if len(right) > 1:
        _join(first, second, left, right, pairs, is_second=True)
    if len(left) > 1 and right:
        _join(second, first, right, left, pairs, is_second=False)


def _join(
    whole: Words,
    parted: Words,
    wholes: list[int],
    parts: list[int],
    pairs: list[Pair],
    *,
    is_second: bool,
) -> None:
    """Looks for words of one name that are several words of the other."""
    for places in _neighbours(parts):
        joined = "".join([parted[place] for place in places])
        length, begin, end = len(joined), joined[0], joined[-1]
        for i in tuple(wholes):
            word = whole[i]
            if abs(len(word) - length) > _JOIN_SLACK or (word[0] != begin and word[-1] != end):
                continue
            alike = likeness(word, joined)
            if alike >= Likeness.SOUND and alike is not Likeness.BEGINNING:
                if not set(places) <= set(parts):
                    break
                pairs.append(Pair((i,), places, alike) if is_second else Pair(places, (i,), alike))
                wholes.remove(i)
                parts[:] = [place for place in parts if place not in places]


def _neighbours(places: list[int]) -> list[tuple[int, ...]]:
    if len(places) == 2:
        return [(places[0], places[1])]
    return [
        tuple(places[start:end])
        for start in range(len(places))
        for end in range(start + 2, min(start + 3, len(places)) + 1)
    ]
