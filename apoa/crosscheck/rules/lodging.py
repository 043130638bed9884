"""Rules about whether a lodging does its duty: in time, to the end, and at all."""

from datetime import timedelta

from apoa.crosscheck.rules.cause import Cause, RuleInForce, iso
from apoa.crosscheck.rules.facts import DAY, Facts, LodgingFacts
from apoa.crosscheck.rules.stay_cause import presence_evidence, stay_cause


def late_report(rule: RuleInForce, facts: Facts) -> list[Cause]:
    """The report came after its deadline, outages taken off (UU 6/2011 art. 72)."""
    stay = facts.stay
    late = stay.first_received_at - stay.due_at
    tolerated = timedelta(hours=int(rule.parameters["tolerated_hours"]))
    if stay.deadline_state != "late" or late <= tolerated:
        return []
    evidence = {
        "due_at": stay.due_at.isoformat(),
        "first_received_at": stay.first_received_at.isoformat(),
        "minutes_late": int(late.total_seconds() // 60),
    }
    return [stay_cause(rule, stay, evidence, marked=("due_at",))]


def departure_not_reported(rule: RuleInForce, facts: Facts) -> list[Cause]:
    """Still in house although the planned departure is some days ago."""
    stay = facts.stay
    limit = stay.expected_departure_on + int(rule.parameters["after_days"]) * DAY
    if not stay.is_in_house or facts.today <= limit:
        return []
    evidence = presence_evidence(stay) | {
        "days_over": (facts.today - stay.expected_departure_on).days
    }
    return [stay_cause(rule, stay, evidence, marked=("expected_departure_on",))]


def silent_property(rule: RuleInForce, facts: LodgingFacts) -> list[Cause]:
    """An approved lodging that used to report and fell silent, or that never reported."""
    if not facts.is_approved:
        return []
    numbers = rule.parameters
    if facts.last_received_on is None:
        since, limit = facts.approved_on, int(numbers["never_days"])
    else:
        since, limit = facts.last_received_on, int(numbers["silent_days"])
        if facts.reports_before < int(numbers["least_reports"]):
            return []
    if since is None or (facts.today - since).days < limit:
        return []
    evidence = {
        "last_received_on": iso(facts.last_received_on),
        "approved_on": iso(facts.approved_on),
        "silent_days": (facts.today - since).days,
        "reports_before": facts.reports_before,
    }
    return [
        Cause(
            rule=rule.rule,
            rule_version=rule.version,
            subject=f"property:{facts.property_id}",
            office_id=facts.office_id,
            severity=rule.severity,
            handled_by=rule.handled_by,
            evidence=evidence,
            marked=("last_received_on",),
            property_id=facts.property_id,
        )
    ]
