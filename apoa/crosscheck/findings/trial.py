"""Tries a changed rule over the last 90 days before it is made: how many findings more or fewer.

Both the rule as it is and as it would be are asked about the same facts, as they are known now.
Nothing is written.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import text

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import today
from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.crosscheck.findings.holders import gather_holders
from apoa.crosscheck.findings.lodgings import gather_lodgings
from apoa.crosscheck.gather import gather_stays
from apoa.crosscheck.rules.cause import RuleInForce
from apoa.crosscheck.rules.change import RuleChange, changed_rule
from apoa.crosscheck.rules.evaluate import OF_A_HOLDER, OF_A_STAY, AnyFacts, evaluate
from apoa.crosscheck.rules.facts import Facts
from apoa.crosscheck.rules.rulebook import Rulebook, read_rulebook
from apoa.db.base import session
from apoa.offices.regions import WESTERN

TRIAL_DAYS = 90
# About so many are looked at; of more, every n-th, and the numbers are an estimate.
MOST_TRIED = 5000
AT_ONCE = 500
Subject = tuple[UUID, ...]


@dataclass(frozen=True)
class TrialOutcome:
    """How many findings there would be more, fewer, and just as now; and over what.

    With `every` above 1 only every so many-th was looked at, and all numbers are multiplied.
    """

    more: int
    fewer: int
    same: int
    tried: int
    every: int


_SUBJECTS = {
    "stays": """
SELECT s.property_id, s.id FROM stays s WHERE s.office_id <> :sandbox AND s.state <> 'cancelled'
AND s.checked_in_on >= CAST(:since AS date) - 400
AND (s.state = 'in_house' OR s.checked_out_on >= :since)""",
    "permits": """
SELECT p.id FROM permits p WHERE p.entered_on >= :since AND p.valid_until >= :today""",
    "lodgings": """
SELECT p.id FROM properties p WHERE p.state = 'approved' AND p.office_id <> :sandbox""",
}


def try_rule(actor: Actor, rule: str, change: RuleChange) -> TrialOutcome:
    """What the change would have made of the last 90 days. Raises NotAllowed.

    A rule that is asked of lodgings, or of permits, is asked of how they stand today.
    """
    require(actor, Action.EDIT_RULES)
    rules = read_rulebook()
    kind = "stays" if rule in OF_A_STAY else "permits" if rule in OF_A_HOLDER else "lodgings"
    subjects, every = _list_subjects(kind)
    before: set[bytes] = set()
    after: set[bytes] = set()
    for facts in _facts_of(kind, subjects, rules):
        here = _place_of(facts)
        now_asked = rules.find(rule, *here)
        if now_asked is None:
            continue
        before |= _keys(now_asked, facts)
        after |= _keys(changed_rule(now_asked, change), facts)
    record("try_check_rule", subject_type="check_rule", rule=rule, tried=len(subjects))
    return TrialOutcome(
        more=len(after - before) * every,
        fewer=len(before - after) * every,
        same=len(before & after) * every,
        tried=len(subjects),
        every=every,
    )


def _list_subjects(kind: str) -> tuple[list[Subject], int]:
    here = today(WESTERN)
    values = {
        "sandbox": SANDBOX_OFFICE_ID,
        "since": here - timedelta(days=TRIAL_DAYS),
        "today": here,
    }
    wanted = _SUBJECTS[kind]
    given = {name: value for name, value in values.items() if f":{name}" in wanted}
    total = session().scalar(text(f"SELECT count(*) FROM ({wanted}) w"), given) or 0  # noqa: S608
    every = max(1, -(-total // MOST_TRIED))
    statement = text(
        f"SELECT * FROM ({wanted}) w"  # noqa: S608 - a statement of our own
        " WHERE abs(hashtext(CAST(w.id AS text))::bigint) % :every = 0 ORDER BY w.id"
    )
    rows = session().execute(statement, given | {"every": every})
    return [tuple(row) for row in rows], every


def _facts_of(kind: str, subjects: Sequence[Subject], rules: Rulebook) -> Iterator[AnyFacts]:
    gather: dict[str, Callable[[Sequence[Subject]], Sequence[AnyFacts]]] = {
        "stays": lambda some: gather_stays([(one[0], one[1]) for one in some], rules),
        "permits": lambda some: gather_holders([one[0] for one in some]),
        "lodgings": lambda some: gather_lodgings([one[0] for one in some]),
    }
    for start in range(0, len(subjects), AT_ONCE):
        yield from gather[kind](subjects[start : start + AT_ONCE])


def _place_of(facts: AnyFacts) -> tuple[UUID, date]:
    """The office and the day by which the rule in force is found."""
    if isinstance(facts, Facts):
        return facts.stay.office_id, facts.stay.last_present_on(facts.at)
    return facts.office_id, facts.today


def _keys(rule: RuleInForce, facts: AnyFacts) -> set[bytes]:
    return {cause.key for cause in evaluate(rule, facts)}
