"""Which characters of a zone are likely misread, and which of them may be put right.

Only five pairs are taken for one another: O and 0, I and 1, B and 8, S and 5, Z and 2. Where a
field can hold only one side of a pair, that side is used (dates and check digits: digits; names and
states: letters). A document number or a passport's optional data may hold both, so there an
exchange is proposed, never applied, and only if it is the only one that makes both the field's own
check digit and the composite one hold. Both are needed: the composite one also covers the check
digit itself, so it tells a misread number from a misread check digit (the two explanations differ
by 8 or 2 times an error that is never a multiple of five). Visas have no composite, so nothing is
proposed there. Two errors in one field are not looked for: too many exchanges fit by chance.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from apoa.base.countries import normalize_country
from apoa.base.mrz.check_digits import check_zone, number_cells
from apoa.base.mrz.layout import COMPOSITE, FILLER, MrzFormat, Span, Zone
from apoa.base.mrz.lookalikes import DIGIT_FOR, LETTER_FOR, LOOKALIKE
from apoa.base.mrz.reading import MrzCheck, MrzProposal

_DATES = ("birth_date", "expires_on")
_STATES = ("issuing_state", "nationality")


def repair_by_alphabet(zone: Zone) -> tuple[Zone, tuple[MrzProposal, ...]]:
    """The zone with every look-alike replaced that its field cannot hold, and what was replaced.

    A digit in a name is replaced only in a word with a letter: a word of digits alone may as well
    be dirt, so there the letters are proposed and not applied.
    """
    found = [
        *_repair_document_code(zone),
        *_repair_states(zone),
        *_repair_name(zone),
        *_repair_digits(zone),
    ]
    for repair in found:
        if repair.applied:
            zone = zone.with_cells(repair.line, repair.position, repair.proposed)
    return zone, tuple(found)


def confirm_by_checks(
    repairs: Iterable[MrzProposal], checks: Iterable[MrzCheck], doubtful: Collection[str]
) -> tuple[MrzProposal, ...]:
    """The repairs with `proven` set where the check digit of their field now holds.

    `doubtful`: fields that make no sense all the same, which a check digit cannot rule out.
    """
    sound = {check.field for check in checks if check.ok}.difference(doubtful)
    return tuple(
        replace(one, proven=True) if one.applied and one.field in sound else one for one in repairs
    )


def propose_by_check_digits(zone: Zone, checks: Iterable[MrzCheck]) -> tuple[MrzProposal, ...]:
    """For each failing number the one exchange that makes its check digit and the composite hold.

    Nothing where none does, or more than one.
    """
    failed = {check.field for check in checks if not check.ok}
    if COMPOSITE not in failed:
        return ()
    fields = {"document_number": number_cells(zone).parts}
    if zone.layout.format is MrzFormat.TD3:
        fields["optional_data"] = (zone.layout.fields["optional_data"],)
    proposals = []
    for name, spans in fields.items():
        if name in failed:
            fitting = list(_fitting_exchanges(zone, name, spans))
            if len(fitting) == 1:
                proposals += fitting
    return tuple(proposals)


def _fitting_exchanges(zone: Zone, name: str, spans: tuple[Span, ...]) -> Iterator[MrzProposal]:
    for line, position, char in _cells(zone, spans):
        if char not in LOOKALIKE:
            continue
        exchanged = zone.with_cells(line, position, LOOKALIKE[char])
        holding = {check.field for check in check_zone(exchanged) if check.ok}
        if {name, COMPOSITE} <= holding:
            yield MrzProposal(
                name, line, position, char, LOOKALIKE[char], "check-digit", False, True
            )


def _repair_document_code(zone: Zone) -> Iterator[MrzProposal]:
    """The first letter of the code; the second is the issuing state's to choose."""
    span = zone.layout.fields["document_code"]
    yield from _exchanges(
        zone, "document_code", Span(span.line, span.start, span.start), LETTER_FOR
    )


def _repair_states(zone: Zone) -> Iterator[MrzProposal]:
    for name in _STATES:
        repairs = tuple(_exchanges(zone, name, zone.layout.fields[name], LETTER_FOR))
        code = "".join(LETTER_FOR.get(char, char) for char in zone.field(name))
        known = _is_known(code)
        reason = "country-code" if known else "alphabet"
        yield from (replace(one, reason=reason, proven=known) for one in repairs)


def _repair_name(zone: Zone) -> Iterator[MrzProposal]:
    span = zone.layout.fields["name"]
    position = span.start
    for word in zone.field("name").split(FILLER):
        if word:
            here = Span(span.line, position, position + len(word) - 1)
            has_letter = not word.isdecimal()
            for one in _exchanges(zone, "name", here, LETTER_FOR):
                yield replace(one, applied=has_letter)
        position += len(word) + 1


def _repair_digits(zone: Zone) -> Iterator[MrzProposal]:
    for name in _DATES:
        yield from _exchanges(zone, name, zone.layout.fields[name], DIGIT_FOR)
    for name, span in zone.layout.checks.items():
        yield from _exchanges(zone, name, span, DIGIT_FOR)


def _exchanges(
    zone: Zone, name: str, span: Span, table: Mapping[str, str]
) -> Iterator[MrzProposal]:
    for line, position, char in _cells(zone, (span,)):
        if char in table:
            yield MrzProposal(
                name, line, position, char, table[char], "alphabet", applied=True, proven=False
            )


def _cells(zone: Zone, spans: tuple[Span, ...]) -> Iterator[tuple[int, int, str]]:
    for span in spans:
        for place, char in enumerate(zone.read(span)):
            yield span.line, span.start + place, char


def _is_known(code: str) -> bool:
    try:
        normalize_country(code)
    except ValueError:
        return False
    return True
