"""What a permit allows, decided without reading anything: lengths, extensions, last days.

Source of the lengths: the table of index codes, kept by the directorate. Days are inclusive: a
permit of 30 days that begins on the 1st ends on the 30th.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

# What can become of a status. An end is final; only a fresh import may correct one.
NEXT_STATUSES: dict[str, frozenset[str]] = {
    "active": frozenset({"converted", "cancelled", "revoked", "departed"}),
    "extended": frozenset({"converted", "cancelled", "revoked", "departed"}),
}
EXTENDABLE = frozenset(NEXT_STATUSES)


@dataclass(frozen=True)
class LengthRule:
    """How long permits of an index code last that begin between two days (inclusive).

    The first length is in days or in months, an extension too. `most_extensions` None: any
    number; 0: none. `most_days` bounds the whole, from the first day on.
    """

    code: str
    kind: str
    effective_from: date
    effective_until: date | None = None
    first_days: int | None = None
    first_months: int | None = None
    extension_days: int | None = None
    extension_months: int | None = None
    most_extensions: int | None = 0
    most_days: int | None = None


def rule_in_force(rules: Iterable[LengthRule], code: str, begins_on: date) -> LengthRule | None:
    """The rule for a permit of this index code that begins on a day; None where none is known.

    Of several the one that began last; a row without an end gives way to a later one.
    """
    found = [
        one
        for one in rules
        if one.code == code
        and one.effective_from <= begins_on
        and (one.effective_until is None or begins_on <= one.effective_until)
    ]
    return max(found, key=lambda one: one.effective_from, default=None)


def first_last_day(rule: LengthRule, begins_on: date) -> date:
    """The last day of a permit that begins on a day and was never extended."""
    return _last_day(begins_on, rule.first_days, rule.first_months)


def longest_last_day(rule: LengthRule, begins_on: date, extensions: int) -> date:
    """The last day after so many extensions, each as long as it may be.

    Extensions beyond the allowed number add nothing.
    """
    allowed = extensions if rule.most_extensions is None else min(extensions, rule.most_extensions)
    last = first_last_day(rule, begins_on)
    for _ in range(allowed):
        last = _last_day(last + timedelta(days=1), rule.extension_days, rule.extension_months)
    if rule.most_days is None:
        return last
    return min(last, begins_on + timedelta(days=rule.most_days - 1))


def latest_last_day(rule: LengthRule, begins_on: date) -> date | None:
    """The last day that any number of extensions reaches; None where nothing bounds them."""
    if rule.most_extensions is None:
        bound = rule.most_days
        return None if bound is None else begins_on + timedelta(days=bound - 1)
    return longest_last_day(rule, begins_on, rule.most_extensions)


def is_extension_within(
    rule: LengthRule, begins_on: date, until: date, wanted_until: date, extensions_before: int
) -> bool:
    """Whether the table allows one more extension, from the last day `until` to `wanted_until`."""
    if rule.most_extensions is not None and extensions_before >= rule.most_extensions:
        return False
    following = until + timedelta(days=1)
    furthest = _last_day(following, rule.extension_days, rule.extension_months)
    if rule.most_days is not None:
        furthest = min(furthest, begins_on + timedelta(days=rule.most_days - 1))
    return until < wanted_until <= furthest


def months_later(day: date, months: int) -> date:
    """The same day some months on; the month's last day where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, date.max.year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def may_become(status: str, new: str) -> bool:
    """Whether a permit of this status can get the other one by an officer's act."""
    return new in NEXT_STATUSES.get(status, frozenset())


def _last_day(begins_on: date, days: int | None, months: int | None) -> date:
    """The last day of a span; a span without a length ends before it begins."""
    after = months_later(begins_on, months) if months else begins_on + timedelta(days=days or 0)
    return after - timedelta(days=1)
