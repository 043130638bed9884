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
        _pair_alike(first, second, left, right, pairs)
        if left and right and len(left) + len(right) > 2:
            _pair_joined(first, second, left, right, pairs)
        elif (left or right) and pairs:
            _widen(first, second, left, right, pairs)
    elif (left or right) and pairs and pairs[-1].likeness is not Likeness.SAME:
        _widen(first, second, left, right, pairs)
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
    first: Words, second: Words, left: list[int], right: list[int], pairs: list[Pair]
) -> None:
    """XIAO MING for XIAOMING, in either name."""
    for places, i, j, alike in _joins(first, second, left, right):
        if i is not None and i in left and set(places) <= set(right):
            pairs.append(Pair((i,), places, alike))
            left.remove(i)
            right[:] = [place for place in right if place not in places]
        elif j is not None and j in right and set(places) <= set(left):
            pairs.append(Pair(places, (j,), alike))
            right.remove(j)
            left[:] = [place for place in left if place not in places]


def _joins(
    first: Words, second: Words, left: list[int], right: list[int]
) -> list[tuple[tuple[int, ...], int | None, int | None, Likeness]]:
    found: list[tuple[tuple[int, ...], int | None, int | None, Likeness]] = []
    for places in _neighbours(right):
        joined = "".join(second[place] for place in places)
        for i in left:
            alike = likeness(first[i], joined)
            if alike >= Likeness.TYPO and alike is not Likeness.BEGINNING:
                found.append((places, i, None, alike))
    for places in _neighbours(left):
        joined = "".join(first[place] for place in places)
        for j in right:
            alike = likeness(joined, second[j])
            if alike >= Likeness.TYPO and alike is not Likeness.BEGINNING:
                found.append((places, None, j, alike))
    found.sort(key=lambda item: (-item[3], -len(item[0])))
    return found


def _neighbours(places: list[int]) -> list[tuple[int, ...]]:
    return [
        tuple(places[start:end])
        for start in range(len(places))
        for end in range(start + 2, min(start + 3, len(places)) + 1)
    ]


def _widen(
    first: Words, second: Words, left: list[int], right: list[int], pairs: list[Pair]
) -> None:
    """A word that only began another (XIAO for XIAOMING) takes the rest beside it along."""
    for place, pair in enumerate(pairs):
        if pair.likeness not in (Likeness.BEGINNING, Likeness.INITIAL) or len(pair.first) > 1:
            continue
        (i,), (j,) = pair.first, pair.second
        for near in tuple(right):
            if not left and abs(near - j) == 1 and len(first[i]) > len(second[j]):
                places = tuple(sorted((j, near)))
                joined = "".join(second[k] for k in places)
                if likeness(first[i], joined) >= Likeness.SPELLING:
                    pairs[place] = Pair((i,), places, Likeness.SPELLING)
                    right.remove(near)
        for near in tuple(left):
            if not right and abs(near - i) == 1 and len(second[j]) > len(first[i]):
                places = tuple(sorted((i, near)))
                joined = "".join(first[k] for k in places)
                if likeness(joined, second[j]) >= Likeness.SPELLING:
                    pairs[place] = Pair(places, (j,), Likeness.SPELLING)
                    left.remove(near)
