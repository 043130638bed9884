"""Makes apoa/stays/receipt/fonts anew: Noto fonts cut to what names need, and their coverage.

Run on Debian 12 or newer, in an environment of its own that has fonttools:

    mkdir /tmp/fonts && cd /tmp/fonts
    apt-get download fonts-noto-core fonts-noto-mono fonts-noto-cjk
    for file in *.deb; do dpkg-deb -x "$file" unpacked; done
    python -m venv venv && venv/bin/pip install fonttools
    venv/bin/python <checkout>/tools/refresh_fonts.py unpacked

The same packages and the same fonttools give the same bytes.
"""

import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "apoa/stays/receipt/fonts"
TRUETYPE = Path("usr/share/fonts/truetype/noto")
CJK = Path("usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
CJK_SIMPLIFIED_INDEX = 2
WHOLE = ["NotoSans-Regular", "NotoSans-Bold"] + [
    f"NotoSans{script}-Regular"
    for script in (
        "Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati",
        "Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao", "Malayalam", "Mongolian", "Myanmar",
        "Oriya", "Sinhala", "Tamil", "Telugu", "Thaana", "Thai",
    )
]  # fmt: skip
ASCII = range(0x20, 0x7F)
HANGUL_SYLLABLES = range(0xAC00, 0xD7A4)
# The national character sets say which ideographs people's names are registered with.
CJK_SETS = ("gb2312", "gbk", "big5", "big5hkscs", "cp932", "euc_jis_2004", "euc_kr")
CJK_FIRST, LAST_OF_FIRST_PLANE = 0x3000, 0xFFFF
# A font may draw these, a receipt must not: controls, direction overrides, private use.
UNPRINTABLE = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
JOINERS = {0x200C, 0x200D}


def main(unpacked: Path) -> None:
    """Writes every font, the coverage file and the licence text into the target folder."""
    for old in [*TARGET.glob("*.ttf"), *TARGET.glob("*.otf")]:
        old.unlink()
    covered: set[int] = set()
    for name in WHOLE:
        font = TTFont(unpacked / TRUETYPE / f"{name}.ttf", recalcTimestamp=False)
        covered |= write_subset(font, font.getBestCmap(), f"{name}.ttf", ["*"], ["*"])
    mono = TTFont(unpacked / TRUETYPE / "NotoSansMono-Regular.ttf", recalcTimestamp=False)
    write_subset(mono, ASCII, "NotoSansMono-Regular.ttf", [], ["*"])
    cjk = TTFont(unpacked / CJK, fontNumber=CJK_SIMPLIFIED_INDEX, recalcTimestamp=False)
    # "locl" for Japanese only: its forms differ most, and each language adds a megabyte.
    scripts = [
        f"{script}.{lang}" for script in ("DFLT", "hani", "kana") for lang in ("dflt", "JAN ")
    ]
    covered |= write_subset(
        cjk,
        cjk_characters(cjk.getBestCmap()),
        "NotoSansCJKsc-Regular.otf",
        ["locl", "ccmp"],
        scripts,
    )
    write_coverage(covered)
    write_licence(unpacked)


def cjk_characters(drawn: Iterable[int]) -> set[int]:
    """Of what the font draws: the national sets, all Hangul, and all rare name ideographs.

    Those beyond the first plane that the font's makers chose are in use as names.
    """
    return {
        code
        for code in drawn
        if code in HANGUL_SYLLABLES
        or code > LAST_OF_FIRST_PLANE
        or (CJK_FIRST <= code and any(can_encode(code, name) for name in CJK_SETS))
    }


def can_encode(code: int, charset: str) -> bool:
    """Whether the national set has the character."""
    try:
        chr(code).encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def write_subset(
    font: TTFont, codes: Iterable[int], file_name: str, features: list[str], scripts: list[str]
) -> set[int]:
    """Writes the font cut down to these code points, unhinted; returns those it really has."""
    options = Options(hinting=False, layout_features=features, layout_scripts=scripts)
    options.name_IDs = ["*"]  # the copyright and the licence stay inside the font
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.save(TARGET / file_name)
    return set(font.getBestCmap())


def write_coverage(codes: set[int]) -> None:
    """Writes the printable code points of all fonts together, as ranges in hexadecimal."""
    printable = sorted(
        code
        for code in codes
        if code in JOINERS or unicodedata.category(chr(code)) not in UNPRINTABLE
    )
    ranges: list[list[int]] = []
    for code in printable:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    lines = [f"{first:04X}-{last:04X}" for first, last in ranges]
    (TARGET / "coverage.txt").write_text("\n".join(lines) + "\n", encoding="ascii")


def write_licence(unpacked: Path) -> None:
    """Writes the OFL text as the Debian package carries it, unindented."""
    path = unpacked / "usr/share/doc/fonts-noto-core/copyright"
    text = path.read_text(encoding="utf-8")
    body = text.split("\nLicense: OFL-1.1\n PREAMBLE\n", 1)[1].split("\n\n", 1)[0]
    lines = ["SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007", "", "PREAMBLE"]
    lines += ["" if line == " ." else line.removeprefix(" ") for line in body.splitlines()]
    (TARGET / "OFL.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
