"""Which keys bring a stay and a permit together: they share at least one if they are one person.

Kinds, in front of each key:

- d: the document number; d-: the number without one of its signs, which meets any number that has
  one sign more, less or other, or two swapped;
- bt: birth date and the sound of one word of the name; bn: birth date and nationality;
- yt: birth year, nationality and one word; mt: birth month and day, nationality and one word;
- nn: nationality and two words, in any order; n: nationality and a single name.

Day and month stand in the smaller order where both could be months, so that swapped ones meet.

Candidates are ranked by the keys they share: the sum of `key_bits`, more for a key that few have.
"""

from itertools import combinations
from math import log2

from apoa.crosscheck.matching.documents import document_signs
from apoa.crosscheck.matching.person import Person
from apoa.crosscheck.matching.sounds import sound
from apoa.crosscheck.matching.words import name_words, telling_words

# The kinds that lead to a person whose document, or birth date and name, are as in the register.
TELLING = ("d|", "bt|", "bn|")
# A key that brings more than this many is of no use alone: skip it.
MOST_FOR_A_KEY = 200
# How many candidates are looked at, by all keys and by the telling ones: at a million permits 3 of
# 7,200 holders had a lower rank than 16, and nobody who was certain a lower one than 8.
MOST_CANDIDATES, MOST_BY_TELLING_KEYS = 16, 8
# What a key is worth that one person of the register has.
KEY_BITS = 20.0
_MOST_WORDS = 4
_SHORTEST_FOR_SLIPS = 6
_LATEST_MONTH = "12"


def match_keys(person: Person) -> frozenset[str]:
    """The keys of a person, the same for a stay and for a permit; about twenty."""
    keys: set[str] = set()
    for document in person.documents:
        keys |= _document_keys(document_signs(document.number))
    words = telling_words((*name_words(person.surname), *name_words(person.given_names)))
    if not words:
        words = name_words(person.native_name)
    codes = sorted({sound(word) for word in words[:_MOST_WORDS]})
    nationality = person.nationality or ""
    keys |= _birth_keys(person.birth_date or "", nationality, codes)
    keys |= {f"nn|{nationality}|{one}|{two}" for one, two in combinations(codes, 2)}
    if len(codes) == 1:
        keys.add(f"n|{nationality}|{codes[0]}")
    return frozenset(keys)


def key_bits(holders: int) -> float:
    """What sharing a key says that so many of the register have, in bits."""
    return KEY_BITS - log2(holders)


def _document_keys(signs: str) -> set[str]:
    if not signs:
        return set()
    keys = {f"d|{signs}"}
    if len(signs) >= _SHORTEST_FOR_SLIPS:
        keys |= {f"d-|{signs[:place]}{signs[place + 1 :]}" for place in range(len(signs))}
        keys.add(f"d-|{signs}")
    return keys


def _birth_keys(birth_date: str, nationality: str, codes: list[str]) -> set[str]:
    if len(birth_date) != 10:
        return set()
    year, month, day = birth_date[:4], birth_date[5:7], birth_date[8:]
    if "00" < day <= _LATEST_MONTH and day < month:
        month, day = day, month
    keys: set[str] = set()
    if year != "0000":
        keys |= {f"yt|{year}|{nationality}|{code}" for code in codes}
    if month != "00" and day != "00":
        keys |= {f"mt|{month}-{day}|{nationality}|{code}" for code in codes}
        if year != "0000":
            keys |= {f"bt|{year}-{month}-{day}|{code}" for code in codes}
            keys.add(f"bn|{year}-{month}-{day}|{nationality}")
    return keys
