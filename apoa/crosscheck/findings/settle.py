"""Brings the findings about a stay in line with its facts: opens, updates, closes, reopens.

A finding that is made of several stays belongs to one of them, its owner: only the owner's facts,
under the rules of the owner's office and day, open, change or close it. Another stay that sees it
otherwise has the owner checked again, so that two who see different things cannot undo each other.
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
from apoa.crosscheck.findings.models import ACTIVE, Finding, FindingAct, FindingState
from apoa.crosscheck.findings.store import find_findings, lock_findings, read_last_act
from apoa.crosscheck.rules.cause import Cause
from apoa.crosscheck.rules.evaluate import OF_A_STAY, evaluate
from apoa.crosscheck.rules.facts import Facts
from apoa.crosscheck.rules.movement import OF_SEVERAL_STAYS
from apoa.crosscheck.rules.permit_days import permits_of
from apoa.crosscheck.rules.rulebook import Rulebook, read_rulebook

StayKey = tuple[UUID, UUID]


def causes_of(facts: Facts, rules: Rulebook) -> list[Cause]:
    """Every reason to look that the rules see in a stay, as far as the offices ask for them.

    The rules are those of the last local day on which the guest was seen, in the stay that the
    cause belongs to: whichever of a person's stays is asked, it says the same.
    """
    places = {
        one.stay_id: (one.office_id, one.last_present_on(facts.at))
        for one in (facts.stay, *facts.others)
    }
    found = []
    for name in OF_A_STAY:
        asked = set(places.values()) if name in OF_SEVERAL_STAYS else {places[facts.stay.stay_id]}
        in_force = {one.version: one for place in asked if (one := rules.find(name, *place))}
        for _, rule in sorted(in_force.items()):
            for cause in evaluate(rule, facts):
                of_owner = rules.find(name, *places[cause.stay_id]) if cause.stay_id else None
                if of_owner is not None and of_owner.version == rule.version:
                    found.append(cause)
    return found


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
            view,
        )
    ]


@dataclass(frozen=True)
class _View:
    """What the rules make of a stay: its own causes, those that belong to another of the person's
    stays, and the causes around it that it can end.
    """

    own: dict[bytes, Cause]
    others: dict[bytes, Cause]
    permits: list[UUID]
    keys: set[bytes]


def _view(facts: Facts, rules: Rulebook) -> _View:
    causes = {cause.key: cause for cause in causes_of(facts, rules)}
    own = {key: one for key, one in causes.items() if one.stay_id == facts.stay.stay_id}
    others = {key: one for key, one in causes.items() if key not in own}
    permits = [one.permit_id for one in permits_of(facts.match)] if facts.match else []
    around = {lodging_key(facts.stay.property_id), *(holder_key(one) for one in permits)}
    return _View(own, others, permits, around | set(causes))


def settle(facts: Facts, rules: Rulebook | None = None) -> None:
    """Makes the findings about a stay what its facts say, in the transaction that is open.

    Running it again changes nothing. A test lodging's stay is nobody's business.
    """
    if facts.stay.office_id == SANDBOX_OFFICE_ID:
        return
    book = rules or read_rulebook()
    view = _view(facts, book)
    about = ([facts.stay.stay_id], view.keys)
    if _is_settled(find_findings(*about), view):
        # Nothing is locked for nothing: two who ask about each other's stays never wait.
        return
    known = {one.cause: one for one in lock_findings(*about)}
    again = _settle_own(facts, view, known) | _differ_with_owners(view, known)
    for finding in _gone(view, known.values()):
        if finding.stay_id != facts.stay.stay_id:
            again.update(_owner_to_ask(finding))
        elif close_finding(finding):
            again.update(_stays_of(finding))
    _ask_again(again - {facts.stay.key})
    _settle_around(facts, view.permits, known.values(), book)


def _settle_own(facts: Facts, view: _View, known: dict[bytes, Finding]) -> set[StayKey]:
    """Brings the stay's own causes into the findings; gives the owners to be asked before.

    A finding that is another stay's comes over only from one that this stay knows of: two who do
    not see each other would else take it from one another in turn.
    """
    seen = {one.stay_id for one in (facts.stay, *facts.others)}
    again: set[StayKey] = set()
    for key, cause in sorted(view.own.items()):
        finding = known.get(key)
        if finding is not None and finding.state in ACTIVE and finding.stay_id not in seen:
            again.update(_owner_to_ask(finding))
        else:
            apply_cause(cause, finding)
    return again


def _differ_with_owners(view: _View, known: dict[bytes, Finding]) -> set[StayKey]:
    """The owners of causes that their findings do not tell as this stay sees them."""
    return {
        (cause.property_id, cause.stay_id)
        for key, cause in view.others.items()
        if cause.property_id is not None and cause.stay_id is not None
        if key not in known or not is_settled(known[key], cause)
    }


def _gone(view: _View, known: Iterable[Finding]) -> list[Finding]:
    return [
        one
        for one in known
        if one.cause not in view.own and one.cause not in view.others
        if one.rule in OF_A_STAY and one.state in ACTIVE
    ]


def _owner_to_ask(finding: Finding) -> list[StayKey]:
    """The stay that a finding belongs to; none where it has said already that the cause is gone."""
    if finding.property_id is None or finding.stay_id is None:
        return []
    if (
        finding.state == FindingState.IN_FIELD
        and read_last_act(finding.id) == FindingAct.CAUSE_GONE
    ):
        return []
    return [(finding.property_id, finding.stay_id)]


def _is_settled(known: list[Finding], view: _View) -> bool:
    causes = view.own | view.others
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
