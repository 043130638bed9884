"""Which keys bring a stay and a permit together: they share at least one if they are one person.

Kinds, in front of each key:

- d: the document number; d-: the number without one of its signs, which meets any number that has
  one sign more, less or other, or two swapped;
- bt: birth date and the sound of one word of the name; bn: birth date and nationality;
- yt: birth year, nationality and one word; mt: birth month and day, nationality and one word;
- nn: nationality and two words, in any order; n: nationality and a single name.

Day and month stand in the smaller order where both could be months, so that swapped ones meet.
"""

from itertools import combinations

from apoa.crosscheck.matching.documents import document_signs
from apoa.crosscheck.matching.person import Person
from apoa.crosscheck.matching.sounds import sound
from apoa.crosscheck.matching.words import name_words, telling_words

# The kinds that lead to a person whose document, or birth date and name, are as in the register.
TELLING = ("d|", "bt|", "bn|")
# A key that brings more than this many is of no use alone: skip it.
MOST_FOR_A_KEY = 200
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
