"""What a stay's page shows of the cross-check: its match with the reasons, and its findings."""

from dataclasses import dataclass
from uuid import UUID

from flask import g

from apoa.access.roles import Action
from apoa.crosscheck.findings.listing import FindingFilters, FindingView, list_findings
from apoa.crosscheck.views import MatchView, match_of_stay
from apoa.permits.brief import PermitBrief, find_permit_briefs
from apoa.web.crosscheck.evidence import evidence_rows
from apoa.web.crosscheck.finding_basis import legal_basis
from apoa.web.crosscheck.finding_words import SEVERITY_MARKS, STATE_MARKS, rule_name
from apoa.web.crosscheck.match_words import (
    BAND_MARKS,
    ReasonLine,
    reason_lines,
    strength_words,
)
from apoa.web.crosscheck.permit_words import register_as_of

Mark = tuple[str, str]


@dataclass(frozen=True)
class FindingPanel:
    """A finding with everything that explains it."""

    finding: FindingView
    name: str
    state: Mark
    severity: Mark
    legal_basis: str
    evidence: list[dict[str, str]]


@dataclass(frozen=True)
class CrossCheckPanel:
    """The match, None before the first check, in words; and the stay's findings."""

    match: MatchView | None
    band: Mark | None
    strength: str
    reasons: list[ReasonLine]
    permit: PermitBrief | None
    runner_up: PermitBrief | None
    runner_up_strength: str
    rejected: list[PermitBrief]
    may_review: bool
    findings: list[FindingPanel]
    register_as_of: str | None


def cross_check_panel(property_id: UUID, stay_id: UUID) -> CrossCheckPanel:
    """All of it. Raises NotAllowed. Whoever shows it has audited the reading of the stay."""
    match = match_of_stay(g.actor, property_id, stay_id)
    ids = (
        [one for one in (match.permit_id, match.runner_up_id, *match.rejected) if one]
        if match
        else []
    )
    permits = find_permit_briefs(g.actor, ids)
    found = list_findings(g.actor, FindingFilters(stay_id=stay_id)).findings
    is_matched = match is not None and match.permit_id is not None
    second = match.runner_up_score if match else None
    return CrossCheckPanel(
        match=match,
        band=BAND_MARKS[match.band] if match else None,
        strength=strength_words(match.score) if match and is_matched else "",
        reasons=reason_lines(match.reasons) if match else [],
        permit=permits.get(match.permit_id) if match and match.permit_id else None,
        runner_up=permits.get(match.runner_up_id) if match and match.runner_up_id else None,
        runner_up_strength=strength_words(second) if second is not None else "",
        rejected=[permits[one] for one in match.rejected if one in permits] if match else [],
        may_review=match is not None
        and g.actor.may(Action.REVIEW_MATCH, office_id=match.office_id),
        findings=[_finding(one) for one in found],
        register_as_of=register_as_of(),
    )


def _finding(one: FindingView) -> FindingPanel:
    return FindingPanel(
        finding=one,
        name=rule_name(one.rule),
        state=STATE_MARKS[one.state],  # type: ignore[index]
        severity=SEVERITY_MARKS[one.severity],  # type: ignore[index]
        legal_basis=legal_basis(one),
        evidence=evidence_rows(one.evidence),
    )
