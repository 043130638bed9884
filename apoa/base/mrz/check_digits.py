"""Whether the check digits of a zone hold.

Source: ICAO Doc 9303 part 3 section 4.9: weights 7, 3, 1 repeated, modulus 10; digits count as
themselves, A to Z as 10 to 35, fillers as 0. Characters whose values differ by a multiple of ten
(0, A, K, U and the filler; 1, B, L, V; ...) can stand for one another unnoticed; so can many pairs
of errors.
"""

from dataclasses import dataclass

from apoa.base.mrz.layout import COMPOSITE, FILLER, MrzFormat, Span, Zone
from apoa.base.mrz.reading import MrzCheck

_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = {char: value for value, char in enumerate(_CHARACTERS)} | {FILLER: 0}
_WEIGHTS = (7, 3, 1)


@dataclass(frozen=True)
class NumberCells:
    """Where a document number and its check digit stand; `rest` is what the optional data keep."""

    parts: tuple[Span, ...]
    check: Span
    rest: Span | None


def check_digit(cells: str) -> str:
    """The check digit of cells of A-Z, 0-9 and fillers. Raises KeyError for other characters."""
    total = sum(_VALUES[char] * _WEIGHTS[place % 3] for place, char in enumerate(cells))
    return str(total % 10)


def number_cells(zone: Zone) -> NumberCells:
    """The cells of the document number, which TD1 and TD2 may continue in the optional data.

    There a filler in place of the check digit says that the number goes on in the optional data,
    where its last characters, the check digit over the whole number and a filler stand first
    (Doc 9303-5 and 9303-6, section 4.2.2, note j).
    """
    layout = zone.layout
    first, check = layout.fields["document_number"], layout.checks["document_number"]
    optional = layout.fields["optional_data"]
    short = NumberCells((first,), check, optional)
    if not layout.continues_numbers or zone.read(check) != FILLER:
        return short
    added = len(zone.read(optional).partition(FILLER)[0])
    if added < 2 or zone.read(first).endswith(FILLER):
        return short
    last = optional.start + added - 1
    rest = Span(optional.line, last + 2, optional.end) if last + 2 <= optional.end else None
    return NumberCells(
        (first, Span(optional.line, optional.start, last - 1)),
        Span(optional.line, last, last),
        rest,
    )


def check_zone(zone: Zone) -> tuple[MrzCheck, ...]:
    """Every check digit of the zone, in the order of the fields, the composite one last."""
    number = number_cells(zone)
    checks = []
    for name, place in zone.layout.checks.items():
        if name == COMPOSITE:
            guarded, span = "".join(zone.read(part) for part in zone.layout.composite), place
        elif name == "document_number":
            guarded, span = "".join(zone.read(part) for part in number.parts), number.check
        else:
            guarded, span = zone.field(name), place
        expected, found = check_digit(guarded), zone.read(span)
        counted = "0" if found == FILLER and _may_be_filler(zone, name) else found
        checks.append(
            MrzCheck(name, span.line, span.start, expected, found, ok=counted == expected)
        )
    return tuple(checks)


def _may_be_filler(zone: Zone, name: str) -> bool:
    """A passport without optional data may have a filler as their check digit (Doc 9303-4)."""
    return zone.layout.format is MrzFormat.TD3 and name == "optional_data"
