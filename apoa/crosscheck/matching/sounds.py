"""Which spellings of a word of a name are the same word, written by another rule or ear.

`normal` undoes what systems of writing disagree about (SERGEI, SERGEY; SOEHARTO, SUHARTO; MUELLER,
MULLER; KHALID, HALID). `sound` keeps the consonants alone: it is meant for finding, not for
believing.
"""

import re
from functools import lru_cache

_VOWELS = "AEIOUY"
# Tried at each place from the first to the last; the longest come first.
_SPELLINGS: tuple[tuple[str, str], ...] = (
    ("^(?:YE|JE|IE)", "E"),
    ("^(?:YU|JU|IU|IOU)(?=[A-Z])", "IU"),
    ("^(?:YA|JA|IA)(?=[A-Z])", "IA"),
    ("^HS", "S"),
    ("OFF$", "OV"),
    ("EFF$", "EV"),
    ("(?<=[AEIOU])H$", ""),
    ("SHCH|SCHTSCH|SZCZ|STCH", "SC"),
    ("SCH|SH|SZ|SJ|SY(?=[AEOU])", "S"),
    ("TSCH|TCH|CZ|CH|TJ|TSH", "C"),
    ("DZH|DSCH|DJ|ZH|DZ", "J"),
    ("PH", "F"),
    ("KH|KJ|CK|QU(?=[EI])|Q", "K"),
    ("GH|GU(?=[EI])", "G"),
    ("TH|TT", "T"),
    ("DH", "D"),
    ("TS|TZ", "Z"),
    ("X", "KS"),
    ("W", "V"),
    ("OU|OO|OE|UE|IOU", "U"),
    ("EE|IE|EI|EY|IY|YI|IJ|JI|II|AI|AY|AE", "I"),
    ("AA", "A"),
    ("C(?=[AOUKLR]|$)", "K"),
    ("NG$", "N"),
)
_RULES = tuple((re.compile(pattern), latin) for pattern, latin in _SPELLINGS)
_SAME_SIGN = str.maketrans({"Y": "I", "O": "U", "E": "I"})
_DOUBLE = re.compile(r"(.)\1+")
_VOWEL_SIGNS = str.maketrans("", "", "AEIOUY")
_SAME_CONSONANT = str.maketrans({"Q": "K", "C": "K", "G": "K", "V": "F", "Z": "S", "J": "S"})
_SHORTEST_SOUND = 2


@lru_cache(maxsize=1 << 17)
def normal(word: str) -> str:
    """The word of A-Z with one spelling for what systems of writing disagree about."""
    if not word.isalpha():
        return word
    for pattern, latin in _RULES:
        word = pattern.sub(latin, word)
    return _DOUBLE.sub(r"\1", word.translate(_SAME_SIGN))


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """The consonants of the word, similar ones as one; short words keep their vowels."""
    spelt = normal(word)
    consonants = spelt[1:].translate(_VOWEL_SIGNS)
    if spelt[:1] in _VOWELS:
        code = "A" + consonants
    else:
        code = spelt[:1] + consonants
        if spelt[:1] == "H" and len(consonants) >= _SHORTEST_SOUND:
            code = consonants
    code = _DOUBLE.sub(r"\1", code.translate(_SAME_CONSONANT).replace("H", ""))
    return code if len(code) > _SHORTEST_SOUND else spelt
