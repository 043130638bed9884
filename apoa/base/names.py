"""When two writings of a name count as the same, for searching and for matching."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from apoa.base import transliteration as tables
from apoa.base.transliteration import latin_letters

SHORTEST_QUERY = 2
LONGEST_JOIN = 3
_MOST_PAIRS_TRIED = 4
_LONGEST_CJK_SPLIT = 12

_DROP_APOSTROPHES = dict.fromkeys(map(ord, tables.APOSTROPHES))
_SPLIT_APOSTROPHES = dict.fromkeys(map(ord, tables.APOSTROPHES), " ")
# The last is what a decoder puts where bytes were no text: the letter itself is already lost.
_REFUSED = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffd")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
# AE, OE, UE and AA are how Doc 9303 writes letters that others write A, O and U. At the end of a
# word they stay: there they are rarely such a letter, and MUE would become every MU.
_MRZ_PAIR = re.compile(r"(AE|OE|UE|AA)(?=[A-Z])")
_Y_BESIDE_VOWEL = re.compile(r"(?<=[AEIOU])Y|Y(?=[AEIOU])")


def clean_text(text: str) -> str:
    """Text as it may be stored: NFC, single spaces, none at the ends.

    Raises ValueError, without quoting the text, for control characters, lone surrogates, line
    separators, marks that turn the direction of writing (they can disguise a name) and the mark
    of a broken encoding.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text)
    for char in composed:
        if unicodedata.category(char) in _REFUSED_CATEGORIES or char in _REFUSED:
            raise ValueError("the text contains a control character")
    return " ".join(composed.split())


def fold(text: str) -> str:
    """The plain spelling: upper-case A-Z, 0-9 and single spaces, every mark and accent dropped.

    Cyrillic, Greek and Arabic letters become the Latin ones of everyday writing (Й is Y); letters
    of a script without a table here, such as Chinese, disappear.
    """
    return _spaced(latin_letters(text, tables.PLAIN))


def name_key(text: str) -> str:
    """What two writings of one name have in common: each word folded, or else as it is written.

    A word of a script without a table is told apart by its own letters.
    """
    return " ".join(filter(None, map(_word_key, text.split())))


def _word_key(word: str) -> str:
    is_lost = not fold(word) and any(char.isalpha() for char in word)
    return unicodedata.normalize("NFKC", word).casefold() if is_lost else fold(word)


def mrz_fold(text: str) -> str:
    """The spelling of a machine-readable zone, with spaces for its fillers.

    Source: ICAO Doc 9303 part 3, section 4.6 (apostrophes dropped, hyphens become fillers) and
    section 6 (letters). Digits are kept, since a name in a report may hold one.
    """
    return _spaced(latin_letters(text, tables.MRZ))


def name_tokens(
    surname: str | None, given_names: str | None, native_name: str | None = None
) -> frozenset[str]:
    """Every spelling under which a person must be found.

    Each word alone and joined with its neighbours (JEAN, PIERRE, JEANPIERRE), folded both ways;
    words in another script also as written; East Asian names from every character onwards.
    """
    tokens: set[str] = set()
    for text in (surname, given_names, native_name):
        if text:
            for joined in _joined_words(_words(text.translate(_DROP_APOSTROPHES))):
                tokens |= spellings(joined)
            if any(mark in text for mark in tables.APOSTROPHES):
                for joined in _joined_words(_words(text.translate(_SPLIT_APOSTROPHES))):
                    tokens |= spellings(joined)
    return frozenset(tokens)


def query_tokens(text: str) -> list[frozenset[str]]:
    """For each word of a search, the beginnings to look for: a name fits if it has one of each.

    Words of one letter count only together with a neighbour, except East Asian ones. An empty
    list means that nothing searchable was typed.
    """
    words = _words(text.translate(_DROP_APOSTROPHES))
    wanted: list[frozenset[str]] = []
    for place, word in enumerate(words):
        own = {spelling for spelling in _query_spellings(word) if _is_long_enough(spelling)}
        if not own:
            continue
        for joined in _joins_around(words, place):
            own |= _query_spellings(joined)
        wanted.append(frozenset(own))
    return wanted


@lru_cache(maxsize=4096)
def spellings(word: str) -> frozenset[str]:
    """All spellings that stand for one word of a name, the native one included."""
    found = {_tight(fold(word)), _tight(mrz_fold(word))}
    upper = unicodedata.normalize("NFC", word).upper()
    if any("CYRILLIC" in unicodedata.name(char, "") for char in upper):
        found |= {_tight(spelling) for spelling in national_cyrillic(word).values()}
    for spelling in tuple(found):
        found |= _looser(spelling)
    native = _native(word)
    if native:
        found.add(native)
        if _is_cjk(native) and len(native) <= _LONGEST_CJK_SPLIT:
            found |= {native[start:] for start in range(1, len(native))}
    found.discard("")
    return frozenset(found)


def national_cyrillic(text: str) -> dict[str, str]:
    """The spelling in the documents of each state that departs from the common Cyrillic table.

    Keys are ISO 639-2 languages: bel, bul, mkd, srp, ukr. Source: Doc 9303-3 section 6, table B.
    """
    found = {}
    for language, exceptions in tables.NATIONAL_CYRILLIC.items():
        table = tables.MRZ | exceptions
        initials = tables.UKRAINIAN_INITIALS if language == "ukr" else {}
        words = unicodedata.normalize("NFC", text).upper().split()
        latin = [
            initials.get(word[0], "")
            + latin_letters(word[1:] if word[0] in initials else word, table)
            for word in words
        ]
        found[language] = _spaced(" ".join(latin))
    return found


def _query_spellings(word: str) -> set[str]:
    """As in the index, but an East Asian word is looked for whole, not from its middle."""
    native = _native(word)
    return {spelling for spelling in spellings(word) if spelling.isascii() or spelling == native}


def _is_long_enough(spelling: str) -> bool:
    return len(spelling) >= SHORTEST_QUERY or _is_cjk(spelling)


def _words(text: str) -> list[str]:
    """Words of letters, marks and digits; everything else parts them, invisible signs do not."""
    kept = []
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if category[0] in "LMN":
            kept.append(char)
        elif category != "Cf":
            kept.append(" ")
    return "".join(kept).split()


def _joined_words(words: list[str]) -> Iterator[str]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_JOIN, len(words)) + 1):
            yield "".join(words[start:end])
    if len(words) > LONGEST_JOIN:
        yield "".join(words)


def _joins_around(words: list[str], place: int) -> Iterator[str]:
    for start in range(max(0, place - LONGEST_JOIN + 1), place + 1):
        for end in range(place + 1, min(start + LONGEST_JOIN, len(words)) + 1):
            if end - start > 1:
                yield "".join(words[start:end])


def _looser(spelling: str) -> set[str]:
    """MULLER for MUELLER, SERGEI for SERGEY: what a writer without the accents may have put."""
    pieces = _MRZ_PAIR.split(spelling)
    pairs = pieces[1::2]
    keep = len(pairs) <= _MOST_PAIRS_TRIED
    choices = [[pair, pair[0]] if keep else [pair[0]] for pair in pairs]
    found = {spelling}
    for chosen in product(*choices):
        pieces[1::2] = chosen
        found.add("".join(pieces))
    return found | {_Y_BESIDE_VOWEL.sub("I", variant) for variant in found}


def _native(word: str) -> str:
    """The word as written, if it is not in Latin script: NFC, case folded; else nothing."""
    if word.isascii() or all(_is_latin(char) for char in word):
        return ""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())


def _is_latin(char: str) -> bool:
    return char.isascii() or any(
        name in unicodedata.name(char, "") for name in ("LATIN", "COMBINING", "DIGIT")
    )


def _is_cjk(text: str) -> bool:
    return bool(text) and unicodedata.name(text[0], "").startswith(
        ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")
    )


def _spaced(latin: str) -> str:
    return " ".join(latin.split())


def _tight(latin: str) -> str:
    return latin.replace(" ", "")
