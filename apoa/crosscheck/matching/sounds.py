"""Which spellings of a word of a name are the same word, written by another rule or ear.

`normal` undoes what systems of writing disagree about (SERGEI, SERGEY; SOEHARTO, SUHARTO; MUELLER,
MULLER; KHALID, HALID). `sound` keeps the consonants alone: it is meant for finding, not for
believing.
"""

import re
from functools import lru_cache

_VOWELS = "AEIOUY"
_BEGINNINGS = {
    "YE": "E", "JE": "E", "IE": "E", "YU": "IU", "JU": "IU", "YA": "IA", "JA": "IA", "HS": "S",
}  # fmt: skip
_ENDINGS = {"OFF": "OV", "EFF": "EV"}
_WITHIN = {
    "SCHTSCH": "SC", "SHCH": "SC", "STCH": "SC", "TSCH": "CH", "DSCH": "J", "SCH": "SH",
    "TSH": "CH", "TCH": "CH", "DZH": "J", "SH": "SH", "SZ": "SH", "SJ": "SH", "CZ": "CH",
    "TJ": "CH", "CH": "CH", "DJ": "J", "PH": "F", "KH": "K", "KJ": "K", "CK": "K", "Q": "K",
    "GH": "G", "TH": "T", "DH": "D", "TZ": "TS", "X": "KS", "W": "V", "OU": "U", "OO": "U",
    "UE": "U", "OE": "O", "AA": "A", "AE": "A", "EE": "I", "IY": "I", "YI": "I", "IJ": "I",
    "II": "I", "Y": "I", "J": "I",
}  # fmt: skip
_RULES = re.compile("|".join((*_WITHIN, "C(?=[AOUKLR]|$)")))
# Short words are names of their own with one letter changed: there only the surest rules hold.
_SHORT = 4
_IN_SHORT = re.compile("OO|EE|[YJ]")
_ROUND = str.maketrans({"O": "U"})
_DOUBLE = re.compile(r"(.)\1+")
_VOWEL_SIGNS = str.maketrans("", "", "AEIOUY")
_ALIKE_SOUND = {
    "SH": "S", "ZH": "S", "CH": "S", "DZ": "S", "TS": "S", "Z": "S", "J": "S", "G": "K", "V": "F",
}  # fmt: skip
_ALIKE = re.compile("SH|ZH|CH|DZ|TS|Z|J|G|V")
# Romanizations of Chinese and Korean: voiced and unvoiced signs stand for one another, and vowels.
_SYLLABLES = {
    "HS": "X", "X": "X", "SHI": "XI", "SHY": "XI", "ZH": "J", "CH": "J", "Q": "J", "TS": "Z",
    "TZ": "Z", "C": "Z", "UNG": "UNK", "EONG": "UNK", "OUNG": "UNK", "OONG": "UNK", "IEN": "IAN",
    "UEH": "UE", "EH": "E", "IH": "I", "EO": "U", "EU": "U", "OU": "U", "OO": "U", "UO": "U",
    "O": "U", "UI": "I", "EE": "I", "Y": "I", "AI": "AE", "RK": "K", "RC": "K", "D": "T", "G": "K",
    "B": "P", "R": "L",
}  # fmt: skip
_SYLLABLE_RULES = re.compile("|".join(sorted(_SYLLABLES, key=len, reverse=True)))
_FEW = 2


@lru_cache(maxsize=1 << 17)
def normal(word: str) -> str:
    """The word of A-Z with one spelling for what systems of writing disagree about."""
    if len(word) <= _SHORT:
        return _DOUBLE.sub(r"\1", _IN_SHORT.sub(_within, word))
    return _DOUBLE.sub(r"\1", _spelt(word)).translate(_ROUND)


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """The consonants of the word, similar ones as one; words with few keep their vowels."""
    spelt = _ALIKE.sub(_alike, _spelt(word))
    start = "A" if spelt[:1] in _VOWELS else spelt[:1]
    code = start + spelt[1:].translate(_VOWEL_SIGNS)
    if start == "H" and len(code) > _FEW + 1:
        code = code[1:]
    code = _DOUBLE.sub(r"\1", code[:1] + code[1:].replace("H", ""))
    return code if len(code) > _FEW else normal(word)


@lru_cache(maxsize=1 << 16)
def syllables(word: str) -> str:
    """One spelling for the romanizations of Chinese and Korean; for short words alone."""
    return _DOUBLE.sub(r"\1", _SYLLABLE_RULES.sub(_syllable, word))


def _spelt(word: str) -> str:
    if word[:2] in _BEGINNINGS and len(word) > _SHORT - 1:
        word = _BEGINNINGS[word[:2]] + word[2:]
    if word[-3:] in _ENDINGS:
        word = word[:-3] + _ENDINGS[word[-3:]]
    elif word[-1:] == "H" and word[-2:-1] in _VOWELS:
        word = word[:-1]
    return _RULES.sub(_within, word)


def _within(found: re.Match[str]) -> str:
    return _WITHIN.get(found[0], "K")


def _alike(found: re.Match[str]) -> str:
    return _ALIKE_SOUND[found[0]]


def _syllable(found: re.Match[str]) -> str:
    return _SYLLABLES[found[0]]
