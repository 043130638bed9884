"""Rules about whether a permit should be there: none found, not eligible, holder not reported."""

from datetime import timedelta

from apoa.crosscheck.rules.cause import Cause, Handover, RuleInForce, iso
from apoa.crosscheck.rules.facts import DAY, Facts, HolderFacts
from apoa.crosscheck.rules.names import Section
from apoa.crosscheck.rules.permit_days import ENDED_EARLY
from apoa.crosscheck.rules.stay_cause import permit_evidence, presence_evidence, stay_cause

LISTED_KINDS = ("bvk", "voa")
_NOT_SOUGHT = ENDED_EARLY | {"converted"}


def no_permit(rule: RuleInForce, facts: Facts) -> list[Cause]:
    """No permit fits the guest, though the register is recent enough to hold it."""
    is_found = facts.match is not None and facts.match.band != "none"
    if is_found or facts.feed_as_of is None:
        return []
    grace = timedelta(hours=int(rule.parameters["grace_hours"]))
    if facts.feed_as_of < facts.stay.checked_in_at + grace or not _is_expected(rule, facts):
        return []
    evidence = presence_evidence(facts.stay) | {
        "claimed_kind": facts.stay.permit_kind,
        "data_as_of": facts.feed_as_of.isoformat(),
    }
    handover = Handover(Section.SUPERVISION, int(rule.parameters["supervision_after_days"]))
    return [
        stay_cause(
            rule, facts.stay, evidence, marked=("claimed_kind", "checked_in_on"), handover=handover
        )
    ]


def _is_expected(rule: RuleInForce, facts: Facts) -> bool:
    """Whether the register would hold the guest's permit: by the kind claimed, else by what the
    nationality may enter with.
    """
    expected = rule.parameters["kinds_expected"]
    claimed = facts.stay.permit_kind
    if claimed not in (None, "unknown"):
        return claimed in expected
    entered_on = facts.stay.entered_on or facts.stay.checked_in_on
    return not any(
        facts.lists.holds(kind, facts.stay.nationality, entered_on)
        for kind in LISTED_KINDS
        if kind not in expected
    )


def nationality_not_eligible(rule: RuleInForce, facts: Facts) -> list[Cause]:
    """BVK or VoA of a nationality that was not on the list in force on the day of entry.

    The permit's kind, nationality and entry where the match is sure; else what the guest claimed.
    Without a day of entry the day of check-in counts. A list that was empty then says nothing.
    """
    stay, permit = facts.stay, facts.linked.permit if facts.linked else None
    kind = permit.kind if permit else stay.permit_kind
    if kind not in LISTED_KINDS:
        return []
    nationality = permit.nationality if permit else stay.nationality
    entered_on = (permit.entered_on if permit else None) or stay.entered_on
    day = entered_on or stay.checked_in_on
    if not facts.lists.is_known(kind, day) or facts.lists.holds(kind, nationality, day):
        return []
    evidence = {
        "kind": kind,
        "nationality": nationality,
        "day": iso(day),
        "by": "entry" if entered_on else "check-in",
        "from_register": permit is not None,
    }
    return [
        stay_cause(
            rule,
            stay,
            evidence,
            marked=("kind", "nationality", "day"),
            permit_id=permit.permit_id if permit else None,
        )
    ]


def no_stay_reported(rule: RuleInForce, facts: HolderFacts) -> list[Cause]:
    """A visit-permit holder who came in some days ago, is still here, and was never reported.

    Somebody is known to be here until the last day of the permit, or until it ended by departure.
    A converted permit was followed by another one, and who holds that is sought by that.
    """
    permit = facts.permit
    if permit.entered_on is None or permit.kind not in rule.parameters["kinds"]:
        return []
    is_gone = permit.valid_until < facts.today or permit.status in _NOT_SOUGHT
    is_reported = facts.last_reported_on is not None and facts.last_reported_on >= permit.entered_on
    since = permit.entered_on + int(rule.parameters["after_days"]) * DAY
    if is_gone or is_reported or facts.today < since:
        return []
    evidence = permit_evidence(permit) | {"entered_on": iso(permit.entered_on)}
    return [
        Cause(
            rule=rule.rule,
            rule_version=rule.version,
            subject=f"permit:{permit.permit_id}",
            office_id=facts.office_id,
            severity=rule.severity,
            handled_by=rule.handled_by,
            evidence=evidence,
            marked=("permit_id", "entered_on"),
            permit_id=permit.permit_id,
        )
    ]
