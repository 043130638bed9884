"""What is in force where and when: read once, asked for every stay of a job.

A stay is judged by the rules of the last local day on which its guest was seen: a rule that
changes today says nothing else about guests who left before.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from apoa.crosscheck.rules.catalogue import RULES
from apoa.crosscheck.rules.cause import RuleInForce
from apoa.crosscheck.rules.facts import FineRate, NationalityLists
from apoa.crosscheck.rules.fines import SHIPPED_RATES
from apoa.crosscheck.rules.models import CheckRule, CheckRuleSwitch, FineRateRow
from apoa.crosscheck.rules.parameters import defaults_of
from apoa.crosscheck.rules.shipped import SHIPPED_FROM
from apoa.db.base import session
from apoa.db.core import rows_of
from apoa.permits.feed.freshness import freshness
from apoa.permits.tables import nationality_spans

# Read for every job of the worker, so they go to the driver as they stand.
_VERSIONS = select(
    CheckRule.rule,
    CheckRule.version,
    CheckRule.parameters,
    CheckRule.severity,
    CheckRule.handled_by,
    CheckRule.effective_from,
).order_by(CheckRule.effective_from)
_SWITCHES = select(
    CheckRuleSwitch.rule,
    CheckRuleSwitch.office_id,
    CheckRuleSwitch.effective_from,
    CheckRuleSwitch.enabled,
).order_by(CheckRuleSwitch.effective_from)
_RATES = select(FineRateRow.effective_from, FineRateRow.per_day, FineRateRow.most_days)
Versions = tuple[tuple[date, RuleInForce], ...]
Switches = tuple[tuple[date, bool], ...]
Said = TypeVar("Said")


@dataclass(frozen=True)
class Rulebook:
    """Every version of every rule, what offices switched, and what is the same for all stays."""

    versions: Mapping[str, Versions]
    switches: Mapping[tuple[str, UUID], Switches] = field(default_factory=dict)
    fine_rates: tuple[FineRate, ...] = SHIPPED_RATES
    lists: NationalityLists = field(default_factory=NationalityLists)
    feed_as_of: datetime | None = None

    def find(self, rule: str, office_id: UUID, on: date) -> RuleInForce | None:
        """The rule as it stands for the office on the day; None where it is switched off."""
        if not self.is_on(rule, office_id, on):
            return None
        return _latest(self.versions[rule], on)

    def is_on(self, rule: str, office_id: UUID, on: date) -> bool:
        """Whether the office has not switched the rule off on that day."""
        said = _latest(self.switches.get((rule, office_id), ()), on)
        return said is not False

    def for_office(self, office_id: UUID, on: date) -> list[RuleInForce]:
        """All rules that are asked in the office's area on the day."""
        found = (self.find(rule, office_id, on) for rule in self.versions)
        return [one for one in found if one is not None]


def find_latest(rules: Rulebook, rule: str, on: date) -> RuleInForce:
    """The rule as it stands on the day, whatever offices switched."""
    return _latest(rules.versions[rule], on) or shipped_rule(rule)


def shipped_rule(rule: str) -> RuleInForce:
    """The first version of a rule."""
    one = RULES[rule]
    return RuleInForce(one.rule, 1, defaults_of(one.parameters), one.severity, one.handled_by)


def shipped_versions() -> dict[str, Versions]:
    """The rules before the directorate changed any."""
    return {rule: ((SHIPPED_FROM, shipped_rule(rule)),) for rule in RULES}


def read_rulebook() -> Rulebook:
    """The rules, rates, lists and the register's freshness as they are now, in few statements."""
    session().flush()
    versions = shipped_versions()
    for *stored, effective_from in rows_of(_VERSIONS):
        one = in_force(*stored)
        versions[one.rule] = (*versions[one.rule], (effective_from, one))
    return Rulebook(
        versions=versions,
        switches=_switches(),
        fine_rates=read_fine_rates(),
        lists=NationalityLists(nationality_spans()),
        feed_as_of=freshness().data_as_of,
    )


def in_force(
    rule: str, version: int, parameters: dict[str, Any], severity: str, handled_by: str
) -> RuleInForce:
    """A stored version; a parameter that is newer than the version has its shipped value."""
    known = defaults_of(RULES[rule].parameters) | parameters
    return RuleInForce(rule, version, known, severity, handled_by)


def read_fine_rates() -> tuple[FineRate, ...]:
    """The rates, the oldest first; one of the table stands before a shipped one of the same day."""
    rates = {one.effective_from: one for one in SHIPPED_RATES}
    rates |= {row[0]: FineRate(*row) for row in rows_of(_RATES)}
    return tuple(rates[day] for day in sorted(rates))


def _switches() -> dict[tuple[str, UUID], Switches]:
    found: dict[tuple[str, UUID], list[tuple[date, bool]]] = defaultdict(list)
    for rule, office_id, effective_from, enabled in rows_of(_SWITCHES):
        found[rule, office_id].append((effective_from, enabled))
    return {key: tuple(said) for key, said in found.items()}


def _latest(said: Iterable[tuple[date, Said]], on: date) -> Said | None:
    begun = [one for day, one in said if day <= on]
    return begun[-1] if begun else None
