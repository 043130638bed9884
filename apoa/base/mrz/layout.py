"""Where each field of a machine-readable zone stands, in each of the five formats.

Sources: ICAO Doc 9303 part 4 section 4.2.2 (TD3), part 5 (TD1), part 6 (TD2), part 7 (visas).
Lines and positions count from 1 and both ends belong to a span, as in the standard's tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

FILLER = "<"
COMPOSITE = "composite"


class MrzFormat(StrEnum):
    """The formats of Doc 9303: three sizes of documents, two sizes of visas."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRV_A = "MRV-A"
    MRV_B = "MRV-B"


@dataclass(frozen=True)
class Span:
    """Neighbouring cells of one line."""

    line: int
    start: int
    end: int

    @property
    def width(self) -> int:
        """How many cells these are."""
        return self.end - self.start + 1


@dataclass(frozen=True)
class Layout:
    """A format: its fields, the check digit of each checked field, and what the composite covers.

    `composite` is empty for visas, which have no composite check digit.
    """

    format: MrzFormat
    line_count: int
    line_length: int
    fields: Mapping[str, Span]
    checks: Mapping[str, Span]
    composite: tuple[Span, ...] = ()

    @property
    def is_visa(self) -> bool:
        """Whether this is one of the two visa formats."""
        return self.format in (MrzFormat.MRV_A, MrzFormat.MRV_B)

    @property
    def continues_numbers(self) -> bool:
        """Whether a document number of more than nine characters goes on in the optional data."""
        return self.format in (MrzFormat.TD1, MrzFormat.TD2)


@dataclass(frozen=True)
class Zone:
    """The cells of one zone, cut into the lines of its layout."""

    layout: Layout
    lines: tuple[str, ...] = field(repr=False)

    def read(self, span: Span) -> str:
        """The cells of a span, fillers included."""
        return self.lines[span.line - 1][span.start - 1 : span.end]

    def field(self, name: str) -> str:
        """The cells of a field by its name, fillers included; none if the format lacks it."""
        span = self.layout.fields.get(name)
        return self.read(span) if span else ""

    def with_cells(self, line: int, position: int, cells: str) -> "Zone":
        """The same zone with other cells from a position of a line onwards."""
        lines = list(self.lines)
        old = lines[line - 1]
        lines[line - 1] = old[: position - 1] + cells + old[position - 1 + len(cells) :]
        return replace(self, lines=tuple(lines))


def _two_lines(form: MrzFormat, length: int, optional_end: int, *, composite: bool) -> Layout:
    fields = {
        "document_code": Span(1, 1, 2),
        "issuing_state": Span(1, 3, 5),
        "name": Span(1, 6, length),
        "document_number": Span(2, 1, 9),
        "nationality": Span(2, 11, 13),
        "birth_date": Span(2, 14, 19),
        "sex": Span(2, 21, 21),
        "expires_on": Span(2, 22, 27),
        "optional_data": Span(2, 29, optional_end),
    }
    checks = {
        "document_number": Span(2, 10, 10),
        "birth_date": Span(2, 20, 20),
        "expires_on": Span(2, 28, 28),
    }
    if form is MrzFormat.TD3:
        checks["optional_data"] = Span(2, 43, 43)
    covered: tuple[Span, ...] = ()
    if composite:
        checks[COMPOSITE] = Span(2, length, length)
        covered = (Span(2, 1, 10), Span(2, 14, 20), Span(2, 22, length - 1))
    return Layout(form, 2, length, MappingProxyType(fields), MappingProxyType(checks), covered)


_TD1 = Layout(
    MrzFormat.TD1,
    3,
    30,
    MappingProxyType(
        {
            "document_code": Span(1, 1, 2),
            "issuing_state": Span(1, 3, 5),
            "document_number": Span(1, 6, 14),
            "optional_data": Span(1, 16, 30),
            "birth_date": Span(2, 1, 6),
            "sex": Span(2, 8, 8),
            "expires_on": Span(2, 9, 14),
            "nationality": Span(2, 16, 18),
            "optional_data_2": Span(2, 19, 29),
            "name": Span(3, 1, 30),
        }
    ),
    MappingProxyType(
        {
            "document_number": Span(1, 15, 15),
            "birth_date": Span(2, 7, 7),
            "expires_on": Span(2, 15, 15),
            COMPOSITE: Span(2, 30, 30),
        }
    ),
    (Span(1, 6, 30), Span(2, 1, 7), Span(2, 9, 15), Span(2, 19, 29)),
)

LAYOUTS: Mapping[MrzFormat, Layout] = MappingProxyType(
    {
        MrzFormat.TD1: _TD1,
        MrzFormat.TD2: _two_lines(MrzFormat.TD2, 36, 35, composite=True),
        MrzFormat.TD3: _two_lines(MrzFormat.TD3, 44, 42, composite=True),
        MrzFormat.MRV_A: _two_lines(MrzFormat.MRV_A, 44, 44, composite=False),
        MrzFormat.MRV_B: _two_lines(MrzFormat.MRV_B, 36, 36, composite=False),
    }
)
