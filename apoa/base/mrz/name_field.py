"""How a name is put into its field, and what the field says about a name.

Sources: ICAO Doc 9303 part 3 section 4.6; the rules of truncation in section 4.2.3 of parts 4 to 7
(39 characters in TD3 and MRV-A, 31 in TD2 and MRV-B, 30 in TD1).
"""

from dataclasses import dataclass, field

from apoa.base.mrz.layout import FILLER
from apoa.base.names import mrz_fold

_BETWEEN = 2 * FILLER
# Two fillers and one letter of the secondary identifier always find room.
_KEPT_FREE = 3


@dataclass(frozen=True)
class NameReading:
    """The two parts of a name; `faults` are codes."""

    surname: str | None = field(repr=False)
    given_names: str | None = field(repr=False)
    truncated: bool
    faults: tuple[str, ...]

    @property
    def mononym(self) -> bool:
        """Whether there is one part and not the other."""
        return (self.surname is None) != (self.given_names is None)


def read_name(cells: str) -> NameReading:
    """The name in a field. A field that begins with two fillers has given names only.

    A letter in the last cell means that the name must be taken as cut, though it may just fit.
    """
    primary, _, secondary = cells.partition(_BETWEEN)
    surname, given_names = (" ".join(part.split(FILLER)).split() for part in (primary, secondary))
    faults = []
    if not surname and not given_names:
        faults.append("mrz-name-missing")
    if _BETWEEN in secondary.strip(FILLER):
        faults.append("mrz-name-separators")
    return NameReading(
        " ".join(surname) or None,
        " ".join(given_names) or None,
        truncated=not cells.endswith(FILLER),
        faults=tuple(faults),
    )


def write_name(surname: str | None, given_names: str | None, width: int) -> str:
    """The field of a name, filled to `width` cells; too long names are cut and end in a letter.

    Of the options of Doc 9303 it takes these: the secondary identifier is cut at the end; if the
    primary leaves no room for a letter of it, the primary's last components become initials.
    A single name goes to the front, whichever part it is given as. Raises ValueError, without
    quoting it, for a name without Latin letters or with digits.
    """
    primary, secondary = _components(surname), _components(given_names)
    if not primary:
        primary, secondary = secondary, []
    if not primary:
        raise ValueError("the name has no letters that can stand in the zone")
    cells = _joined(primary, secondary)
    if len(cells) > width and secondary:
        tail = FILLER.join(secondary)
        cells = _joined(_shortened(primary, width, len(tail)), secondary)
    return _cut(cells, width).ljust(width, FILLER)


def _components(part: str | None) -> list[str]:
    folded = mrz_fold(part or "")
    if any(char.isdigit() for char in folded):
        raise ValueError("the name has a digit, which cannot stand in the zone")
    return folded.split()


def _joined(primary: list[str], secondary: list[str]) -> str:
    return _BETWEEN.join(FILLER.join(part) for part in (primary, secondary) if part)


def _shortened(words: list[str], width: int, tail: int) -> list[str]:
    """The primary identifier, no longer than leaves room, no shorter than fills the field."""
    room = width - _KEPT_FREE
    short = list(words)
    for place in range(len(words) - 1, 0, -1):
        if _length(short) <= room:
            break
        short[place] = short[place][0]
    over = max(0, _length(short) - room)
    short[0] = short[0][: max(1, len(short[0]) - over)]
    while _length(short) > room:
        short.pop()
    # Letters go back where the other part is too short to fill the field to its last cell.
    spare = width - len(_BETWEEN) - tail - _length(short)
    for place, word in enumerate(short):
        if spare > 0:
            short[place] = words[place][: len(word) + spare]
            spare -= len(short[place]) - len(word)
    return short


def _length(words: list[str]) -> int:
    return sum(map(len, words)) + len(words) - 1


def _cut(cells: str, width: int) -> str:
    """Cut so that the last cell is a letter: one that falls on a filler gives up a letter before.

    Only a name of nothing but initials may have none to give; it then ends one cell early.
    """
    if len(cells) > width and cells[width - 1] == FILLER:
        for place in range(width - 2, 0, -1):
            if FILLER not in cells[place - 1 : place + 1]:
                return (cells[:place] + cells[place + 1 :])[:width]
    return cells[:width]
