"""Which words a name consists of, for comparing: folded, without what says no more of a person."""

import re
import unicodedata

from apoa.base.transliteration import PLAIN, latin_letters

# Joints and titles: they come and go between two writings of one name.
JOINTS = frozenset(
    "AL EL UL UR ABU UMM BIN BINTI BINTE BTE BT IBN BEN BAT DE DA DOS DAS DI DEL DELLA LA LES VAN"
    " VON DER DEN TEN TER ZU ZUR VOM Y ANAK AP SO MR MRS MS MISS DR PROF SIR HAJI HJ HAJJAH SRI"
    " TUAN NONA NYONYA OF THE".split()
)


_SERVANTS = frozenset({"ABD", "ABDUL", "ABDEL", "ABDAL", "ABDUR", "ABDUS", "ABDOUL"})
_SERVANT_OF = re.compile(
    "ABD(?:[AEUO]{1,2}L|[AEU](?=([RSNTDZ])\\1)[RSNTDZ]|[AEU](?=[RSNTDZ]))([A-Z]{4,})"
)


class _Letters(dict[int, str]):
    """What each sign becomes, as `fold` does it; found out when first met."""

    def __missing__(self, code: int) -> str:
        latin = self[code] = latin_letters(chr(code), PLAIN)
        return latin


_LETTERS = _Letters()


def name_words(text: str | None) -> tuple[str, ...]:
    """The words of a name in A-Z and 0-9, as they stand; hyphens part them."""
    if not text:
        return ()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return tuple(text.upper().translate(_LETTERS).split())


def telling_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without joints and titles; all of them if nothing else is there.

    ABDULAZIZ, ABD EL AZIZ and ABDUL AZIZ become ABD AZIZ.
    """
    telling = tuple([word for word in words if word not in JOINTS])
    if " ABD" in " " + " ".join(telling):
        telling = tuple([part for word in telling for part in _servant(word)])
    return telling or words


def _servant(word: str) -> tuple[str, ...]:
    if word in _SERVANTS:
        return ("ABD",)
    found = _SERVANT_OF.fullmatch(word)
    return ("ABD", found[2]) if found else (word,)
