"""Which permit an invented guest could have: by the lists and lengths that come with the system."""

from dataclasses import dataclass
from datetime import date
from random import Random

from apoa.permits.rules import (
    LengthRule,
    first_last_day,
    longest_last_day,
    rule_in_force,
)
from apoa.permits.tables import Span, length_rules, nationality_spans

INDEX_CODES = {
    "bvk": ("A1",),
    "voa": ("B1",),
    "itk": ("C1", "C1", "C1", "D1", "D2", "C12", "C22"),
    "itas": ("E23", "E28A", "E31A", "E33G"),
    "itap": ("ITAP",),
}
VISITS = ("bvk", "voa", "itk")
_LISTED = ("bvk", "voa")


@dataclass(frozen=True)
class PermitBook:
    """The tables of the register as they are when the demo is loaded."""

    rules: tuple[LengthRule, ...]
    spans: dict[tuple[str, str], tuple[Span, ...]]

    def fitting(self, wanted: str, nationality: str, on: date) -> str:
        """The wanted kind, or the next one that this nationality may enter with on that day."""
        for kind in _LISTED[_LISTED.index(wanted) :] if wanted in _LISTED else ():
            if self._is_listed(kind, nationality, on):
                return kind
        return "itk" if wanted in _LISTED else wanted

    def code(self, rng: Random, kind: str) -> str:
        """One of the index codes of a kind."""
        return rng.choice(INDEX_CODES[kind])

    def first_until(self, code: str, begins_on: date) -> date:
        """The last day, inclusive, of a permit that was never extended."""
        return first_last_day(self._rule(code, begins_on), begins_on)

    def longest_until(self, code: str, begins_on: date, extensions: int) -> date:
        """The last day after so many extensions, as far as the table lets them count."""
        return longest_last_day(self._rule(code, begins_on), begins_on, extensions)

    def _rule(self, code: str, begins_on: date) -> LengthRule:
        rule = rule_in_force(self.rules, code, begins_on)
        if rule is None:
            raise LookupError(code)
        return rule

    def _is_listed(self, kind: str, nationality: str, on: date) -> bool:
        spans = self.spans.get((kind, nationality), ())
        return any(first <= on and (last is None or on <= last) for first, last in spans)


def read_permit_book() -> PermitBook:
    """The tables as they are stored."""
    return PermitBook(tuple(length_rules()), nationality_spans())
