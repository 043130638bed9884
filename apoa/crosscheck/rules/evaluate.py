"""Asks one rule about the facts of a stay, of a permit's holder, or of a lodging."""

from apoa.crosscheck.rules.cause import Cause, RuleInForce
from apoa.crosscheck.rules.facts import Facts, HolderFacts, LodgingFacts

AnyFacts = Facts | HolderFacts | LodgingFacts


def evaluate(rule: RuleInForce, facts: AnyFacts) -> list[Cause]:
    """The causes that the rule sees; none for facts that it is not about."""
    return []
