"""Brings the findings about a stay in line with its facts: opens, updates, closes, reopens.

A finding that is made of several stays belongs to one of them: only that stay's facts close it.
Where another stay no longer sees the cause, the one that it belongs to is asked again.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.crosscheck.defer import defer_checks
from apoa.crosscheck.findings.apply import apply_cause, close_finding, is_settled
from apoa.crosscheck.findings.holders import holder_key, settle_holders
from apoa.crosscheck.findings.lodgings import lodging_key, settle_lodgings
from apoa.crosscheck.findings.models import ACTIVE, Finding
from apoa.crosscheck.findings.store import find_findings, lock_findings
from apoa.crosscheck.rules.cause import Cause
from apoa.crosscheck.rules.evaluate import OF_A_STAY, evaluate
from apoa.crosscheck.rules.facts import Facts
from apoa.crosscheck.rules.permit_days import permits_of
from apoa.crosscheck.rules.rulebook import Rulebook, read_rulebook

StayKey = tuple[UUID, UUID]


def causes_of(facts: Facts, rules: Rulebook) -> list[Cause]:
    """Every reason to look that the rules see in a stay, as far as the offices ask for them.

    The rules are those of the last local day on which the guest was seen.
    """
    on = facts.stay.last_present_on(facts.at)
    found = [
        cause
        for rule in rules.for_office(facts.stay.office_id, on)
        if rule.rule in OF_A_STAY
        for cause in evaluate(rule, facts)
    ]
    return [cause for cause in found if rules.is_on(cause.rule, cause.office_id, on)]


def find_unsettled(several: Sequence[Facts], rules: Rulebook) -> list[Facts]:
    """Those whose findings do not say what the facts say: one look at the findings of all."""
    real = [one for one in several if one.stay.office_id != SANDBOX_OFFICE_ID]
    views = [_view(one, rules) for one in real]
    known = find_findings(
        [one.stay.stay_id for one in real], {key for view in views for key in view.keys}
    )
    by_stay: dict[UUID, list[Finding]] = defaultdict(list)
    by_cause = {one.cause: one for one in known}
    for finding in known:
        for stay_id in finding.stay_ids:
            by_stay[stay_id].append(finding)
    return [
        one
        for one, view in zip(real, views, strict=True)
        if not _is_settled(
            [*by_stay[one.stay.stay_id], *(by_cause[key] for key in view.keys if key in by_cause)],
            view.causes,
        )
    ]


@dataclass(frozen=True)
class _View:
    """What the rules make of a stay, and the causes around it that it can end."""

    causes: dict[bytes, Cause]
    permits: list[UUID]
    keys: set[bytes]


def _view(facts: Facts, rules: Rulebook) -> _View:
    causes = {cause.key: cause for cause in causes_of(facts, rules)}
    permits = [one.permit_id for one in permits_of(facts.match)] if facts.match else []
    around = {lodging_key(facts.stay.property_id), *(holder_key(one) for one in permits)}
    return _View(causes, permits, around | set(causes))


def settle(facts: Facts, rules: Rulebook | None = None) -> None:
    """Makes the findings about a stay what its facts say, in the transaction that is open.

    Running it again changes nothing. A test lodging's stay is nobody's business.
    """
    if facts.stay.office_id == SANDBOX_OFFICE_ID:
        return
    book = rules or read_rulebook()
    view = _view(facts, book)
    causes, about = view.causes, ([facts.stay.stay_id], view.keys)
    if _is_settled(find_findings(*about), causes):
        # Nothing is locked for nothing: two who ask about each other's stays never wait.
        return
    known = {one.cause: one for one in lock_findings(*about)}
    for key, cause in sorted(causes.items()):
        apply_cause(cause, known.get(key))
    gone = [
        one
        for key, one in known.items()
        if key not in causes and one.rule in OF_A_STAY and one.state in ACTIVE
    ]
    again: set[StayKey] = set()
    for finding in gone:
        if finding.stay_id == facts.stay.stay_id:
            close_finding(finding)
            again.update(_stays_of(finding))
        elif finding.property_id is not None and finding.stay_id is not None:
            again.add((finding.property_id, finding.stay_id))
    _ask_again(again - {facts.stay.key})
    _settle_around(facts, view.permits, known.values(), book)


def _is_settled(known: list[Finding], causes: dict[bytes, Cause]) -> bool:
    of_cause = {one.cause: one for one in known if one.cause in causes}
    is_over = any(one.state in ACTIVE for one in known if one.cause not in causes)
    return (
        not is_over
        and len(of_cause) == len(causes)
        and all(is_settled(of_cause[key], cause) for key, cause in causes.items())
    )


def _stays_of(finding: Finding) -> list[StayKey]:
    return list(zip(finding.stay_property_ids, finding.stay_ids, strict=True))


def _ask_again(stays: Iterable[StayKey]) -> None:
    by_lodging: dict[UUID, list[UUID]] = defaultdict(list)
    for property_id, stay_id in sorted(stays):
        by_lodging[property_id].append(stay_id)
    # Their matches are as they were; only the rules are asked.
    defer_checks(by_lodging, rematch=False)


def _settle_around(
    facts: Facts, permits: list[UUID], known: Iterable[Finding], rules: Rulebook
) -> None:
    """A stay ends the silence of its lodging, and shows where a permit's holder is."""
    open_causes = {one.cause for one in known if one.state in ACTIVE}
    if lodging_key(facts.stay.property_id) in open_causes:
        settle_lodgings([facts.stay.property_id], rules)
    sought = [one for one in permits if holder_key(one) in open_causes]
    if sought:
        settle_holders(sought, rules)
