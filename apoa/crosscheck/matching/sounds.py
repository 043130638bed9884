"""Which spellings of a word of a name are the same word, written by another rule or ear.

`normal` undoes what systems of writing disagree about (SERGEI, SERGEY; SOEHARTO, SUHARTO; MUELLER,
MULLER; KHALID, HALID). `sound` keeps the consonants alone: it is meant for finding, not for
believing.
"""

import re
from functools import lru_cache

_VOWELS = "AEIOUY"
# Applied one after another; the longest of each kind come first.
_SPELLINGS: tuple[tuple[str, str], ...] = (
    ("^(?:YE|JE|IE)(?=[A-Z])", "E"),
    ("^(?:YU|JU|IOU)(?=[A-Z])", "IU"),
    ("^(?:YA|JA)(?=[A-Z])", "IA"),
    ("^HS", "S"),
    ("OFF$", "OV"),
    ("EFF$", "EV"),
    ("(?<=[AEIOU])H$", ""),
    ("SHCH|SCHTSCH|STCH", "SC"),
    ("SCH|SZ|SJ|SY(?=[AEOU])", "SH"),
    ("TSCH|TCH|CZ|TJ|TSH", "CH"),
    ("DZH|DSCH|DJ", "J"),
    ("PH", "F"),
    ("KH|KJ|CK|QU(?=[EI])|Q", "K"),
    ("GH", "G"),
    ("TH", "T"),
    ("DH", "D"),
    ("TZ", "TS"),
    ("X(?=.)", "KS"),
    ("W", "V"),
    ("OU|OO|UE", "U"),
    ("OE", "O"),
    ("AA|AE", "A"),
    ("EE|IY|YI|IJ|II", "I"),
    ("C(?=[AOUKLR]|$)", "K"),
)
# Short words are names of their own with one letter changed: there only the surest rules hold.
_SHORT = 4
_RULES = tuple((re.compile(pattern), latin) for pattern, latin in _SPELLINGS)
_SHORT_RULES = tuple(
    (re.compile(pattern), latin) for pattern, latin in (("OO|OU|UE", "U"), ("EE", "I"))
)
_SAME_SIGN = str.maketrans({"Y": "I", "J": "I"})
_ROUND = str.maketrans({"O": "U"})
_DOUBLE = re.compile(r"(.)\1+")
_VOWEL_SIGNS = str.maketrans("", "", "AEIOUY")
_ALIKE_SOUND = {"SH": "S", "ZH": "J", "CH": "C", "TS": "C", "Z": "S", "G": "K", "V": "F", "DZ": "J"}
_ALIKE = re.compile("SH|ZH|CH|TS|DZ|Z|G|V")
_FEW = 2


@lru_cache(maxsize=1 << 17)
def normal(word: str) -> str:
    """The word of A-Z with one spelling for what systems of writing disagree about."""
    if not word.isalpha():
        return word
    is_short = len(word) <= _SHORT
    for pattern, latin in _SHORT_RULES if is_short else _RULES:
        word = pattern.sub(latin, word)
    word = _DOUBLE.sub(r"\1", word.translate(_SAME_SIGN))
    return word if is_short else word.translate(_ROUND)


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """The consonants of the word, similar ones as one; words with few keep their vowels."""
    spelt = word
    for pattern, latin in _RULES:
        spelt = pattern.sub(latin, spelt)
    spelt = _ALIKE.sub(lambda found: _ALIKE_SOUND[found[0]], spelt).translate(_SAME_SIGN)
    start = "A" if spelt[:1] in _VOWELS else spelt[:1]
    code = start + spelt[1:].translate(_VOWEL_SIGNS)
    if start == "H" and len(code) > _FEW + 1:
        code = code[1:]
    code = _DOUBLE.sub(r"\1", code[:1] + code[1:].replace("H", ""))
    return code if len(code) > _FEW else normal(word)
