"""The directorate says what a day over costs, from a day on."""

from dataclasses import dataclass

from sqlalchemy import select

import apoa.crosscheck.rules.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now, today
from apoa.base.errors import InvalidInput, Problem, StateConflict
from apoa.crosscheck.rules.facts import FineRate
from apoa.crosscheck.rules.fines import rate_on
from apoa.crosscheck.rules.models import FineRateRow
from apoa.crosscheck.rules.rulebook import read_fine_rates
from apoa.db.base import session
from apoa.db.unit_of_work import add_unless_taken, unit_of_work
from apoa.offices.regions import WESTERN

HIGHEST_RATE, MOST_DAYS = 1_000_000_000, 3650


@dataclass(frozen=True)
class FineRateView:
    """A rate, in rupiah a day, and whether it is in force today."""

    rate: FineRate
    source: str | None
    is_in_force: bool


def list_fine_rates(actor: Actor) -> list[FineRateView]:
    """Every rate, the latest first. Raises NotAllowed."""
    require(actor, Action.EDIT_RULES)
    rates = read_fine_rates()
    current = rate_on(rates, today(WESTERN))
    sources = {row.effective_from: row.source for row in session().scalars(select(FineRateRow))}
    return [
        FineRateView(one, sources.get(one.effective_from), one == current)
        for one in reversed(rates)
    ]


def set_fine_rate(actor: Actor, rate: FineRate, source: str | None) -> None:
    """A day over costs this from then on; rates in force stay as they are.

    Raises NotAllowed, InvalidInput, StateConflict (one begins just that day).
    """
    require(actor, Action.EDIT_RULES)
    faults = _faults(rate)
    if faults:
        raise InvalidInput(faults)
    with unit_of_work():
        row = FineRateRow(
            effective_from=rate.effective_from,
            per_day=rate.per_day,
            most_days=rate.most_days,
            source=source,
            created_by=actor.user_id,
            created_at=now(),
        )
        add_unless_taken(row, StateConflict.because("rule-already-set", "/effective_from"))
        record(
            "set_fine_rate",
            subject_type="fine_rate",
            per_day=rate.per_day,
            most_days=rate.most_days,
            effective_from=rate.effective_from.isoformat(),
        )


def _faults(rate: FineRate) -> list[Problem]:
    found = []
    if not 0 <= rate.per_day <= HIGHEST_RATE:
        found.append(Problem("/per_day", "out-of-range", {"min": "0", "max": str(HIGHEST_RATE)}))
    if not 1 <= rate.most_days <= MOST_DAYS:
        found.append(Problem("/most_days", "out-of-range", {"min": "1", "max": str(MOST_DAYS)}))
    if rate.effective_from < today(WESTERN):
        found.append(Problem("/effective_from", "rule-in-past"))
    return found
