"""Makes the cause of a finding that is about one stay."""

from typing import Any
from uuid import UUID

from apoa.crosscheck.rules.cause import Cause, Handover, RuleInForce, iso
from apoa.crosscheck.rules.facts import PermitFacts, StayFacts


def stay_cause(
    rule: RuleInForce,
    stay: StayFacts,
    evidence: dict[str, Any],
    *,
    marked: tuple[str, ...],
    permit_id: UUID | None = None,
    subject: str | None = None,
    stays: tuple[StayFacts, ...] = (),
    handled_by: str | None = None,
    handover: Handover | None = None,
) -> Cause:
    """A cause that belongs to this stay; its subject is the stay unless another is given."""
    return Cause(
        rule=rule.rule,
        rule_version=rule.version,
        subject=subject or f"stay:{stay.property_id}:{stay.stay_id}",
        office_id=stay.office_id,
        severity=rule.severity,
        handled_by=handled_by or rule.handled_by,
        evidence=evidence,
        marked=marked,
        property_id=stay.property_id,
        stay_id=stay.stay_id,
        permit_id=permit_id,
        stays=tuple(sorted({one.key for one in (stay, *stays)})),
        handover=handover,
    )


def permit_evidence(permit: PermitFacts) -> dict[str, Any]:
    """What a finding keeps of a permit: no number, no name."""
    return {
        "permit_id": str(permit.permit_id),
        "kind": permit.kind,
        "index_code": permit.index_code,
        "valid_from": iso(permit.valid_from),
        "valid_until": iso(permit.valid_until),
        "status": permit.status,
        "status_on": iso(permit.status_on),
    }


def presence_evidence(stay: StayFacts) -> dict[str, Any]:
    """When the stay was, as reported."""
    return {
        "checked_in_on": iso(stay.checked_in_on),
        "expected_departure_on": iso(stay.expected_departure_on),
        "checked_out_on": iso(stay.checked_out_on),
    }
