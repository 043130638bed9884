"""Which text is taken as a machine-readable zone, and of which format it is."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import product

from apoa.base.mrz.check_digits import check_zone
from apoa.base.mrz.layout import FILLER, LAYOUTS, Layout, MrzFormat, Zone
from apoa.base.mrz.lookalikes import LETTER_FOR
from apoa.base.mrz.reading import MrzUnreadable

# Far more than any zone with its spaces: what is longer is not even cleaned.
LONGEST_INPUT = 1000
_FILLERS = str.maketrans(dict.fromkeys("‹＜〈⟨", FILLER))
# A reader of photographs writes « for one filler or for two; the length tells which.
_ONE_OR_TWO = "«"
_DOUBLE_FILLERS = str.maketrans(dict.fromkeys("≪《⟪", _ONE_OR_TWO))
_ALLOWED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<" + _ONE_OR_TWO)
_INVISIBLE = frozenset({"Cc", "Cf", "Zs"})
_MOST_LINES = 3

_TRAVEL_DOCUMENTS = "PIAC"
_KINDS: dict[tuple[int, int], tuple[tuple[str, MrzFormat], ...]] = {
    (3, 30): ((_TRAVEL_DOCUMENTS, MrzFormat.TD1),),
    (2, 36): ((_TRAVEL_DOCUMENTS, MrzFormat.TD2), ("V", MrzFormat.MRV_B)),
    (2, 44): ((_TRAVEL_DOCUMENTS, MrzFormat.TD3), ("V", MrzFormat.MRV_A)),
}


def read_zone(lines_or_text: str | Sequence[str]) -> Zone:
    """The cells of a zone, whatever spaces, cases, line ends and filler signs it came with.

    Line ends may be lost or doubled; lines may be given one by one. Raises MrzUnreadable.
    """
    text = lines_or_text if isinstance(lines_or_text, str) else "\n".join(lines_or_text)
    if len(text) > LONGEST_INPUT:
        raise MrzUnreadable("mrz-length")
    lines = [line for raw in text.splitlines() if (line := _clean(raw))]
    if any(char not in _ALLOWED for line in lines for char in line):
        raise MrzUnreadable("mrz-characters")
    shapes = {cells for spelling in _spellings(lines) if (cells := _cut(spelling))}
    # As many lines as the format has is the better ground; « may leave several lengths possible.
    shapes = {cells for cells in shapes if len(cells) == len(lines)} or shapes
    zones = [Zone(layout, cells) for cells in sorted(shapes) if (layout := _layout(cells))]
    if not zones:
        raise MrzUnreadable("mrz-kind" if shapes else "mrz-length")
    return min(zones, key=_failed_checks)


def _clean(raw: str) -> str:
    seen = "".join(char for char in raw if unicodedata.category(char) not in _INVISIBLE)
    filled = seen.translate(_FILLERS).translate(_DOUBLE_FILLERS)
    # Only a-z: upper() would turn foreign letters such as the dotless i into allowed ones.
    return "".join(char.upper() if char.isascii() else char for char in filled)


def _spellings(lines: list[str]) -> Iterator[list[str]]:
    """The lines with each « as one filler, then as two: the same throughout a line."""
    apart = len(lines) if len(lines) <= _MOST_LINES else 1
    for fillers in product((FILLER, 2 * FILLER), repeat=apart):
        each = fillers if apart == len(lines) else fillers * len(lines)
        yield [line.replace(_ONE_OR_TWO, f) for line, f in zip(lines, each, strict=True)]


def _cut(lines: list[str]) -> tuple[str, ...] | None:
    run = "".join(lines)
    for count, length in _KINDS:
        if len(run) != count * length:
            continue
        # As many lines as the format has: then each must be whole, or cells would shift unseen.
        if len(lines) == count and any(len(line) != length for line in lines):
            return None
        return tuple(run[start : start + length] for start in range(0, len(run), length))
    return None


def _layout(cells: tuple[str, ...]) -> Layout | None:
    first = LETTER_FOR.get(cells[0][0], cells[0][0])
    for letters, form in _KINDS[len(cells), len(cells[0])]:
        if first in letters:
            return LAYOUTS[form]
    return None


def _failed_checks(zone: Zone) -> int:
    return sum(not check.ok for check in check_zone(zone))
