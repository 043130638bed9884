"""Which characters the receipt can draw, and what stands for those it cannot.

PDF/UA refuses a page with a missing glyph, and a receipt must never fail for a name. So a
character that no shipped font has is printed as its code, "[U+1F600]".
"""

import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path

FONT_FOLDER = Path(__file__).parent / "fonts"
_JOINERS = {"\u200c", "\u200d"}
_SPACES = {"Cc", "Zs", "Zl", "Zp"}
_VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_LONGEST_UNBROKEN = 24
_BREAK = "\u200b"


@cache
def _ranges() -> tuple[list[int], list[int]]:
    """First and last code points of the covered ranges, ascending."""
    lines = (FONT_FOLDER / "coverage.txt").read_text(encoding="ascii").split()
    pairs = [line.split("-") for line in lines]
    return [int(first, 16) for first, _ in pairs], [int(last, 16) for _, last in pairs]


def is_covered(character: str) -> bool:
    """Whether a shipped font has a glyph for the character."""
    firsts, lasts = _ranges()
    at = bisect_right(firsts, ord(character)) - 1
    return at >= 0 and ord(character) <= lasts[at]


def printable(text: str, *, marks: bool = True) -> str:
    """The text with only what the shipped fonts draw.

    Spaces and controls become one space each; direction overrides and other invisible formatting
    are left out, so that a name cannot rearrange the line it stands in. With `marks` false,
    combining marks are printed as codes too, for the rare mixture of scripts that no single font
    can shape.
    """
    kept = (
        _printable_character(character, marks) for character in unicodedata.normalize("NFC", text)
    )
    return " ".join("".join(kept).split())


def breakable(text: str) -> str:
    """The text with invisible places to break after the 24th character of an unbroken run."""
    pieces: list[str] = []
    run = 0
    for character in text:
        # Not before a mark or a joiner: that would tear a letter apart.
        if run >= _LONGEST_UNBROKEN and unicodedata.category(character)[0] in "LNP":
            pieces.append(_BREAK)
        run = 0 if character == " " else run + 1
        pieces.append(character)
    return "".join(pieces)


def display_width(text: str) -> float:
    """The width in small Latin letters, guessed high; marks and invisible breaks have none."""
    return sum(map(_character_width, text))


def _character_width(character: str) -> float:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 1.3 if character.isupper() else 1


def _printable_character(character: str, marks: bool) -> str:
    category = unicodedata.category(character)
    if category in _SPACES:
        return " "
    if any(ord(character) in selectors for selectors in _VARIATION_SELECTORS):
        return ""
    if character in _JOINERS:
        return character if marks else ""
    if category == "Cf":
        return ""
    if is_covered(character) and (marks or category[0] != "M"):
        return character
    return f"[U+{ord(character):04X}]"
