"""Asks one rule about the facts of a stay, of a permit's holder, or of a lodging."""

from collections.abc import Callable

from apoa.crosscheck.rules import identity, lodging, movement, permit_days, permit_found
from apoa.crosscheck.rules.cause import Cause, RuleInForce
from apoa.crosscheck.rules.facts import Facts, HolderFacts, LodgingFacts
from apoa.crosscheck.rules.names import RuleId

AnyFacts = Facts | HolderFacts | LodgingFacts

OF_A_STAY: dict[str, Callable[[RuleInForce, Facts], list[Cause]]] = {
    RuleId.WATCHLIST_HIT: identity.watchlist_hit,
    RuleId.PERMIT_EXPIRED: permit_days.permit_expired,
    RuleId.PERMIT_EXPIRES_DURING_STAY: permit_days.permit_expires_during_stay,
    RuleId.PERMIT_CANCELLED: permit_days.permit_cancelled,
    RuleId.NO_PERMIT: permit_found.no_permit,
    RuleId.DOCUMENT_MISMATCH: identity.document_mismatch,
    RuleId.IDENTITY_CONFLICT: identity.identity_conflict,
    RuleId.DOCUMENT_EXPIRED: identity.document_expired,
    RuleId.TWO_PLACES: movement.two_places,
    RuleId.FREQUENT_MOVER: movement.frequent_mover,
    RuleId.AWAY_FROM_ADDRESS: movement.away_from_address,
    RuleId.NATIONALITY_NOT_ELIGIBLE: permit_found.nationality_not_eligible,
    RuleId.LATE_REPORT: lodging.late_report,
    RuleId.DEPARTURE_NOT_REPORTED: lodging.departure_not_reported,
}
OF_A_HOLDER: dict[str, Callable[[RuleInForce, HolderFacts], list[Cause]]] = {
    RuleId.NO_STAY_REPORTED: permit_found.no_stay_reported,
}
OF_A_LODGING: dict[str, Callable[[RuleInForce, LodgingFacts], list[Cause]]] = {
    RuleId.SILENT_PROPERTY: lodging.silent_property,
}


def evaluate(rule: RuleInForce, facts: AnyFacts) -> list[Cause]:
    """The causes that the rule sees; none for a cancelled stay, or facts that it is not about."""
    if isinstance(facts, Facts):
        of_stay = OF_A_STAY.get(rule.rule)
        return of_stay(rule, facts) if of_stay and not facts.stay.is_cancelled else []
    if isinstance(facts, HolderFacts):
        of_holder = OF_A_HOLDER.get(rule.rule)
        return of_holder(rule, facts) if of_holder else []
    of_lodging = OF_A_LODGING.get(rule.rule)
    return of_lodging(rule, facts) if of_lodging else []
