"""Which word of one name stands for which word of the other."""

from typing import NamedTuple

from apoa.crosscheck.matching.word_pairs import Likeness, likeness

Words = tuple[str, ...]
_MOST_WORDS = 8


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
        several = len(left) + len(right) > 2
        if several:
            _pair_joined(first, second, left, right, pairs, Likeness.SPELLING)
        if left and right:
            _pair_alike(first, second, left, right, pairs)
        if several and left and right:
            _pair_joined(first, second, left, right, pairs, Likeness.TYPO)
    return Pairing(pairs, left, right)


def _pair_alike(
    first: Words, second: Words, left: list[int], right: list[int], pairs: list[Pair]
) -> None:
    found = [
        (-alike, abs(i - j), i, j)
        for i in left
        for j in right
        if (alike := likeness(first[i], second[j])) > Likeness.OTHER
    ]
    found.sort()
    for negative, _, i, j in found:
        if i in left and j in right:
            pairs.append(Pair((i,), (j,), Likeness(-negative)))
            left.remove(i)
            right.remove(j)


def _pair_joined(
    first: Words,
    second: Words,
    left: list[int],
    right: list[int],
    pairs: list[Pair],
    least: Likeness,
) -> None:
    """XIAO MING for XIAOMING, in either name; a typing error may be in it where least allows."""
    for places in _neighbours(right):
        joined = "".join([second[place] for place in places])
        for i in tuple(left):
            if _is_near(first[i], joined) and set(places) <= set(right):
                alike = likeness(first[i], joined)
                if alike >= least and alike is not Likeness.BEGINNING:
                    pairs.append(Pair((i,), places, alike))
                    left.remove(i)
                    right[:] = [place for place in right if place not in places]
    for places in _neighbours(left):
        joined = "".join([first[place] for place in places])
        for j in tuple(right):
            if _is_near(second[j], joined) and set(places) <= set(left):
                alike = likeness(joined, second[j])
                if alike >= least and alike is not Likeness.BEGINNING:
                    pairs.append(Pair(places, (j,), alike))
                    right.remove(j)
                    left[:] = [place for place in left if place not in places]


def _is_near(word: str, joined: str) -> bool:
    """Whether it is worth comparing: about the same length, and a sign in common at an end."""
    return abs(len(word) - len(joined)) <= 2 and (word[0] == joined[0] or word[-1] == joined[-1])


def _neighbours(places: list[int]) -> list[tuple[int, ...]]:
    return [
        tuple(places[start:end])
        for start in range(len(places))
        for end in range(start + 2, min(start + 3, len(places)) + 1)
    ]
