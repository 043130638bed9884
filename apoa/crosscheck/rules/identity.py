"""Rules about who the guest is and what document they show."""

from apoa.crosscheck.rules.cause import Cause, RuleInForce, iso
from apoa.crosscheck.rules.facts import DAY, Facts
from apoa.crosscheck.rules.stay_cause import permit_evidence, presence_evidence, stay_cause


def watchlist_hit(rule: RuleInForce, facts: Facts) -> list[Cause]:
    """The guest is, or may be, somebody on a watchlist while an entry holds; one for each."""
    bands = {"linked", "review"} if rule.parameters["include_probable"] else {"linked"}
    last_on = facts.stay.last_present_on(facts.at)
    found = []
    for entry in facts.watch:
        is_over = entry.valid_until is not None and entry.valid_until < facts.stay.checked_in_on
        if entry.band not in bands or entry.valid_from > last_on or is_over:
            continue
        evidence = presence_evidence(facts.stay) | {
            "entry_id": str(entry.entry_id),
            "kind": entry.kind,
            "band": entry.band,
            "score": round(entry.score, 3),
            "agreeing": list(entry.agreeing),
            "differing": list(entry.differing),
        }
        subject = f"stay:{facts.stay.property_id}:{facts.stay.stay_id}:watch:{entry.entry_id}"
        found.append(
            stay_cause(
                rule, facts.stay, evidence, marked=("entry_id", "kind", "band"), subject=subject
            )
        )
    return found


def document_mismatch(rule: RuleInForce, facts: Facts) -> list[Cause]:
    """Probably this permit holder, with another document number, and no officer has said so."""
    match = facts.match
    if match is None or match.permit is None or match.band == "none":
        return []
    if match.is_confirmed or match.document_agrees is not False:
        return []
    evidence = {
        "permit_id": str(match.permit.permit_id),
        "band": match.band,
        "score": round(match.score, 3),
        "document_last": facts.stay.document_last,
        "agreeing": list(match.agreeing),
        "differing": list(match.differing),
    }
    marked = ("permit_id", "document_last")
    return [stay_cause(rule, facts.stay, evidence, marked=marked, permit_id=match.permit.permit_id)]


def identity_conflict(rule: RuleInForce, facts: Facts) -> list[Cause]:
    """The guest's document, number and issuing state, is registered for somebody else."""
    conflict = facts.conflict
    if conflict is None:
        return []
    evidence = permit_evidence(conflict.permit) | {
        "document_last": facts.stay.document_last,
        "score": round(conflict.score, 3),
        "differing": list(conflict.differing),
    }
    permit_id = conflict.permit.permit_id
    marked = ("permit_id", "document_last", "differing")
    return [stay_cause(rule, facts.stay, evidence, marked=marked, permit_id=permit_id)]


def document_expired(rule: RuleInForce, facts: Facts) -> list[Cause]:
    """The guest was seen after the last day of their travel document."""
    expires_on = facts.stay.document_expires_on
    last_on = facts.stay.last_present_on(facts.at)
    if expires_on is None or last_on <= expires_on:
        return []
    evidence = presence_evidence(facts.stay) | {
        "document_last": facts.stay.document_last,
        "document_expires_on": iso(expires_on),
        "first_day_over": iso(max(expires_on + DAY, facts.stay.checked_in_on)),
        "last_day_over": iso(last_on),
    }
    marked = ("document_expires_on", "document_last")
    return [stay_cause(rule, facts.stay, evidence, marked=marked)]
