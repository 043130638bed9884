"""Reports on their way into one lodging: each is judged alone, all are stored together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import apoa.properties.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.base.errors import InvalidInput, Refused, StateConflict
from apoa.base.ids import new_id
from apoa.properties.rules import may_report
from apoa.stays.columns import columns_of
from apoa.stays.content import StayReport
from apoa.stays.earlier import find_earlier
from apoa.stays.judge import Judge, Verdict, require_sound
from apoa.stays.models import Stay
from apoa.stays.neighbours import Neighbourhood, near_of
from apoa.stays.outcome import ReportedStay, problems_to_json
from apoa.stays.party import accompany_minors
from apoa.stays.queries import Lodging
from apoa.stays.versions import Change, NewVersion, outcome_of, write_new_stays


@dataclass(frozen=True)
class Sent:
    """A report as it came, with the mark of the form that sent it."""

    report: StayReport
    submission_id: UUID | None = None


@dataclass(frozen=True)
class Draft:
    """A new and sound report with its verdict: what is stored next."""

    sent: Sent
    stay_id: UUID
    verdict: Verdict


Answer = ReportedStay | Refused


@dataclass(frozen=True)
class Sorted:
    """Reports by their place in the list: refused, to be stored, or repeating which other one."""

    refused: dict[int, Refused]
    drafts: dict[int, Draft]
    repeats: dict[int, int]


def take_in(lodging: Lodging, several: Sequence[Sent | Refused], change: Change) -> list[Answer]:
    """The answer to each, in order; what is new and sound is stored.

    Sent again under the same submission or client reference, the first stay is the answer
    (`duplicate`). Refused are faulty reports, references that stand for other content, and all
    new ones while the lodging may not report.
    """
    found = _sort(lodging, several, change)
    stored = _store(lodging, found.drafts, change)
    # Nearly every report is new, so the database is asked for an earlier one only now: of what it
    # did not take, and of what would be refused.
    open_places = {*found.refused, *found.drafts, *found.repeats} - stored.keys()
    open_places -= {place for place, first in found.repeats.items() if first in stored}
    answers: dict[int, Answer] = {**found.refused, **stored}
    answers |= _answers_to_known(lodging, _sent_at(several, open_places))
    for place, first in found.repeats.items():
        sent = several[place]
        if place not in answers and isinstance(sent, Sent):
            answers[place] = _answer_to_repeat(sent, found.drafts[first].sent, answers[first])
    if len(answers) != len(several):
        raise RuntimeError("a report was neither stored nor found")
    return [answers[place] for place in range(len(several))]


def foresee(lodging: Lodging, sent: Sent, change: Change) -> Answer | Draft:
    """What `take_in` would make of one report. Stores nothing."""
    known = _answers_to_known(lodging, {0: sent})
    if known:
        return known[0]
    found = _sort(lodging, [sent], change)
    return found.drafts[0] if found.drafts else found.refused[0]


def _sort(lodging: Lodging, several: Sequence[Sent | Refused], change: Change) -> Sorted:
    refused: dict[int, Refused] = {}
    new: dict[int, Sent] = {}
    first_with: dict[str, int] = {}
    repeats: dict[int, int] = {}
    for place, one in enumerate(several):
        if isinstance(one, Refused):
            refused[place] = one
            continue
        refusal = _refusal(one.report, lodging)
        first = first_with.get(one.report.client_ref or "")
        if refusal is not None:
            refused[place] = refusal
        elif first is not None:
            repeats[place] = first
        else:
            new[place] = one
            if one.report.client_ref:
                first_with[one.report.client_ref] = place
    return Sorted(refused, _drafts(lodging, new, change), repeats)


def _sent_at(several: Sequence[Sent | Refused], places: set[int]) -> dict[int, Sent]:
    """The reports at these places that could be read."""
    found = {place: several[place] for place in sorted(places)}
    return {place: one for place, one in found.items() if isinstance(one, Sent)}


def _answers_to_known(lodging: Lodging, sent: Mapping[int, Sent]) -> dict[int, Answer]:
    """The answers to reports whose reference or form has a stay already."""
    pairs = [(one.report.client_ref, one.submission_id) for one in sent.values()]
    known = find_earlier(lodging.property_id, pairs)
    answers: dict[int, Answer] = {}
    for place, one in sent.items():
        earlier, code, pointer = known.by_submission(one.submission_id), "submission-in-use", ""
        if earlier is None:
            earlier = known.by_client_ref(one.report.client_ref)
            code, pointer = "client-ref-in-use", "/client_ref"
        if earlier is None:
            continue
        if earlier.holds(one.report):
            answers[place] = outcome_of(
                earlier.stay, lodging, receipt=earlier.receipt, duplicate=True
            )
        else:
            named = str(earlier.stay.id)
            answers[place] = StateConflict.because(code, pointer, stay_id=named)
    return answers


def _answer_to_repeat(sent: Sent, first: Sent, answer: Answer) -> Answer:
    if not isinstance(answer, ReportedStay):
        return answer
    if sent.report == first.report:
        return replace(answer, duplicate=True)
    named = str(answer.stay_id)
    return StateConflict.because("client-ref-in-use", "/client_ref", stay_id=named)


def _refusal(report: StayReport, lodging: Lodging) -> Refused | None:
    if not may_report(lodging):
        return StateConflict.because("property-not-reporting")
    try:
        require_sound(report, lodging)
    except InvalidInput as error:
        return error
    return None


def _drafts(lodging: Lodging, new: Mapping[int, Sent], change: Change) -> dict[int, Draft]:
    """Each with its verdict: of duplicates the later ones are told, of a party nobody is alone."""
    if not new:
        return {}
    ids = {place: new_id() for place in new}
    zone = lodging.time_zone
    near = {place: near_of(one.report, ids[place], zone) for place, one in new.items()}
    company = Neighbourhood(lodging, near.values())
    judge = Judge(lodging, [one.report for one in new.values()])
    drafts = {}
    for place, one in new.items():
        verdict = judge.judge(
            one.report,
            first_received_at=change.received_at,
            besides=ids[place],
            company=company,
        )
        drafts[place] = Draft(one, ids[place], verdict)
        judge.neighbourhood.add(near[place])
    return drafts


def _store(lodging: Lodging, drafts: Mapping[int, Draft], change: Change) -> dict[int, Answer]:
    """The outcomes of those that no quicker transaction has kept from being stored."""
    if not drafts:
        return {}
    rows = {place: _row(lodging, draft, change) for place, draft in drafts.items()}
    # The columns of a stay without the session's bookkeeping, which costs more than the stay.
    stays = {place: cast(Stay, SimpleNamespace(**row)) for place, row in rows.items()}
    new = [
        NewVersion(stay, drafts[place].sent.report, True, drafts[place].verdict.warnings)
        for place, stay in stays.items()
    ]
    # In one order for everybody, so that two batches cannot wait for each other.
    in_order = sorted(rows.values(), key=lambda row: row["client_ref"] or "")
    stored = write_new_stays(in_order, new, lodging, change)
    accompany_minors(lodging, [stay for stay in stays.values() if stay.id in stored])
    return {place: stored[stay.id] for place, stay in stays.items() if stay.id in stored}


def _row(lodging: Lodging, draft: Draft, change: Change) -> dict[str, Any]:
    verdict = draft.verdict
    return columns_of(draft.sent.report, draft.stay_id, lodging.time_zone) | {
        "property_id": lodging.property_id,
        "id": draft.stay_id,
        "office_id": lodging.office_id,
        "version": 1,
        "submission_id": draft.sent.submission_id,
        "cancel_reason": None,
        "cancelled_at": None,
        "due_at": verdict.due_at,
        "deadline_state": verdict.deadline_state,
        "warnings": problems_to_json(verdict.warnings),
        "source": change.source,
        "first_received_at": change.received_at,
        "updated_at": change.received_at,
    }
