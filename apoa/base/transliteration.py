"""Which Latin letters stand for a national letter, in a travel document and in plain writing.

Sources: ICAO Doc 9303 part 3 section 6 (tables A Latin, B Cyrillic, C Arabic); ELOT 743 for Greek,
which Doc 9303 does not cover; national passport practice for the second Cyrillic table.
"""

import unicodedata
from collections.abc import Mapping

# Quotation marks, primes, modifier letters and the bare accents typed in place of an apostrophe.
APOSTROPHES = (
    "'`\u00b4\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u2018\u2019\u201b\u2032\uff07"
)


def _pairs(text: str) -> dict[str, str]:
    """Read letters and their Latin by turns; a dash stands for a letter that is not written."""
    words = text.split()
    return {
        letter: "" if latin == "-" else latin
        for letter, latin in zip(words[::2], words[1::2], strict=True)
    }


# Letters without a Unicode decomposition to a plain letter. Those with one lose their marks.
_LATIN_UNDECOMPOSED = _pairs(
    "ẞ SS Æ AE Œ OE Ð D Đ D Ħ H Ĳ IJ ĸ K Ł L Ŋ N Ø O Þ TH Ŧ T Ɓ B Ɗ D Ɖ D Ƙ K Ƴ Y Ɛ E Ɔ O Ƒ F Ɣ G"
    " Ɩ I Ʋ V Ə A Ǝ E Ɨ I Ʉ U Ɵ O"
)
# Doc 9303-3 table A where it is more than the plain letter. UXX and NXX, which it allows beside
# UE, U and N, are not made here.
_LATIN_MRZ = _pairs("Ä AE Å AA Ö OE Ø OE Ü UE Ə E")

# Doc 9303-3 table B, its first recommendation for each letter.
_CYRILLIC_MRZ = _pairs(
    "А A Б B В V Г G Д D Е E Ё E Ж ZH З Z И I Й I К K Л L М M Н N О O П P Р R С S Т T У U Ф F Х KH"
    " Ц TS Ч CH Ш SH Щ SHCH Ъ IE Ы Y Ь - Э E Ю IU Я IA Ђ D Є IE Ѕ DZ І I Ї I Ј J Љ LJ Њ NJ Ќ K Ў U"
    " Џ DZ Ѫ U Ѓ G Ґ G Ћ C Ә A Ғ G Қ K Ң N Ө O Ұ U Ү U Һ H"
)
_CYRILLIC_PLAIN = _CYRILLIC_MRZ | _pairs("Ё YO Й Y Ъ - Ю YU Я YA Є YE Ї YI Ђ DJ Ќ KJ Ѓ GJ Қ Q")
# Doc 9303-3 table B, the letters for which it names an exception of one language. For Serbian Г it
# recommends H; documents write G, so G it stays.
NATIONAL_CYRILLIC: dict[str, dict[str, str]] = {
    "bel": _pairs("Ё IO Г H"),
    "bul": _pairs("Щ SHT Ъ A Й Y Ю YU Я YA Ь Y"),
    "mkd": _pairs("Ѓ GJ Х H Ц C Џ DJ Ќ KJ"),
    "srp": _pairs("Ж Z Х H Ц C Ч C Ш S Ђ DJ"),
    "ukr": _pairs("Г H И Y"),
}
UKRAINIAN_INITIALS = _pairs("Є YE Ї YI Й Y Ю YU Я YA")

_GREEK = _pairs(
    "Α A Β V Γ G Δ D Ε E Ζ Z Η I Θ TH Ι I Κ K Λ L Μ M Ν N Ξ X Ο O Π P Ρ R Σ S Τ T Υ Y Φ F Χ CH"
    " Ψ PS Ω O"
)
# ELOT 743: pairs of letters that are written otherwise than each alone. The vowel pairs with
# upsilon are V before a voiced sound and F else, which names rarely need: V is used.
GREEK_PAIRS = _pairs("ΟΥ OU ΑΥ AV ΕΥ EV ΗΥ IV ΓΓ NG ΓΞ NX ΓΧ NCH")

# Doc 9303-3 table C. X leads what no single Latin letter can say; vowel marks are not written.
_ARABIC_MRZ = _pairs(
    "ء XE آ XAA أ XAE ؤ U إ I ئ XI ا A ب B ة XTA ت T ث XTH ج J ح XH خ XKH د D ذ XDH ر R ز Z س S"
    " ش XSH ص XSS ض XDZ ط XTT ظ XZZ ع E غ G ف F ق Q ك K ل L م M ن N ه H و W ى XAY ي Y ٱ XXA ٹ XXT"
    " ټ XRT پ P ځ XKE څ XXH چ XC ڈ XXD ډ XDR ڑ XXR ړ XRR ږ XRX ژ XJ ښ XXS ک XKK ګ XXK ڭ XNG گ XGG"
    " ں XNN ڼ XXN ھ XDO ۀ XYH ہ XXG ۂ XGE ۃ XTG ی XYA ۍ XXY ې Y ے XYB ۓ XBE"
)
ARABIC_SHADDA = "\u0651"
ARABIC_TEH_MARBUTA = "\u0629"
ARABIC_FINAL_TEH_MARBUTA = "XAH"
_ARABIC_PLAIN = _pairs(
    "ء - آ A أ A ؤ U إ I ئ I ا A ب B ة A ت T ث TH ج J ح H خ KH د D ذ DH ر R ز Z س S ش SH ص S ض D"
    " ط T ظ Z ع - غ GH ف F ق Q ك K ل L م M ن N ه H و W ى A ي Y ٱ A ٹ T پ P چ CH ڈ D ڑ R ژ ZH ک K"
    " گ G ں N ھ H ہ H ی Y ے E"
)

PLAIN = _LATIN_UNDECOMPOSED | _CYRILLIC_PLAIN | _GREEK | _ARABIC_PLAIN
MRZ = _LATIN_UNDECOMPOSED | _LATIN_MRZ | _CYRILLIC_MRZ | _GREEK | _ARABIC_MRZ

# What the tables say of ASCII, at once for a whole word: most names are nothing else.
_ASCII = {code: None if chr(code) in APOSTROPHES else " " for code in range(128)} | {
    code: chr(code) for code in range(128) if chr(code).isalnum()
}


def latin_letters(text: str, table: Mapping[str, str]) -> str:
    """The text in upper-case Latin letters by one of the two tables, PLAIN or MRZ.

    ASCII punctuation and every other sign becomes a space, apostrophes vanish, and so do letters
    that the table does not know.
    """
    if text.isascii():
        return text.upper().translate(_ASCII)
    upper = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).upper())
    if table is not PLAIN:
        for pair, latin in GREEK_PAIRS.items():
            upper = upper.replace(pair, latin)
    out: list[str] = []
    for place, char in enumerate(upper):
        if char in APOSTROPHES:
            continue
        if char == ARABIC_SHADDA and out:
            out.append(out[-1] if table is not PLAIN else "")
        elif char == ARABIC_TEH_MARBUTA and table is not PLAIN:
            ends = not upper[place + 1 : place + 2].isalpha()
            out.append(ARABIC_FINAL_TEH_MARBUTA if ends else table[char])
        else:
            out.append(_latin_char(char, table))
    return "".join(out)


def _latin_char(char: str, table: Mapping[str, str]) -> str:
    if char.isascii():
        return char if char.isalnum() else " "
    if char in table:
        return table[char]
    parts = [
        part.upper()
        for part in unicodedata.normalize("NFKD", char)
        if not unicodedata.combining(part)
    ]
    latin = "".join(
        "".join(table.get(letter, letter if letter.isascii() else "") for letter in part)
        for part in parts
    )
    if latin.isalnum():
        return latin
    return "" if unicodedata.category(char)[0] in "LM" or char == "\u200c" else " "
