"""Reports a guest: stored once, with version 1, receipt and audit row, in one commit."""

from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

import apoa.properties.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.base.clock import now
from apoa.base.errors import StateConflict
from apoa.base.ids import new_id
from apoa.db.base import Base, session
from apoa.db.unit_of_work import unit_of_work
from apoa.properties.rules import may_report
from apoa.stays.columns import columns_of
from apoa.stays.content import StayReport
from apoa.stays.judge import judge, require_sound
from apoa.stays.models import Source, Stay
from apoa.stays.outcome import ReportedStay, problems_to_json
from apoa.stays.party import accompany_minors
from apoa.stays.queries import (
    Lodging,
    find_stay_by_client_ref,
    find_stay_by_submission,
    get_lodging,
    get_version_content,
)
from apoa.stays.versions import (
    Change,
    content_of,
    is_same_report,
    outcome_of,
    write_tokens,
    write_version,
)

# One statement for ever, so that it is compiled once.
_INSERT = (
    insert(Base.metadata.tables[Stay.__tablename__]).on_conflict_do_nothing().returning(Stay.id)
)


def report_stay(
    actor: Actor,
    property_id: UUID,
    report: StayReport,
    *,
    source: Source,
    submission_id: UUID | None = None,
) -> ReportedStay:
    """Stores one guest's stay (UU 6/2011 art. 72) and proves it with a receipt.

    Sent again under the same submission or client reference, the first stay is the answer
    (`duplicate`). Raises NotFound, NotAllowed, InvalidInput, and StateConflict when the lodging
    may not report or when the reference stands for other content.
    """
    require(actor, Action.REPORT_STAY, property_id=property_id)
    with unit_of_work():
        lodging = get_lodging(property_id, keep_office=True)
        earlier = _find_earlier(property_id, report, submission_id)
        if earlier is not None:
            return earlier
        if not may_report(lodging):
            raise StateConflict.because("property-not-reporting")
        require_sound(report, lodging)
        change = Change("report", actor, source, now())
        stay = _insert(lodging, report, change, submission_id)
        if stay is None:
            earlier = _find_earlier(property_id, report, submission_id)
            if earlier is None:
                raise RuntimeError("the stay was neither stored nor found")
            return earlier
        write_tokens(stay, report.guest)
        accompany_minors(stay)
        return write_version(stay, lodging, content_of(report, stay.state), change)


def _find_earlier(
    property_id: UUID, report: StayReport, submission_id: UUID | None
) -> ReportedStay | None:
    """The stay that this very report made before. Raises StateConflict for another one."""
    stay, code, pointer = None, "submission-in-use", ""
    if submission_id is not None:
        stay = find_stay_by_submission(property_id, submission_id)
    if stay is None and report.client_ref is not None:
        stay = find_stay_by_client_ref(property_id, report.client_ref)
        code, pointer = "client-ref-in-use", "/client_ref"
    if stay is None:
        return None
    # As first sent, or as it stands now: both are this report sent again.
    for version in {1, stay.version}:
        if is_same_report(get_version_content(property_id, stay.id, version), report):
            return outcome_of(stay, duplicate=True)
    raise StateConflict.because(code, pointer, stay_id=str(stay.id))


def _insert(
    lodging: Lodging, report: StayReport, change: Change, submission_id: UUID | None
) -> Stay | None:
    """The stored stay; None when another transaction was quicker with the same reference."""
    verdict = judge(report, lodging, first_received_at=change.received_at)
    stay_id = new_id()
    values: dict[str, Any] = columns_of(report, stay_id, lodging.time_zone) | {
        "property_id": lodging.property_id,
        "id": stay_id,
        "office_id": lodging.office_id,
        "version": 1,
        "submission_id": submission_id,
        "due_at": verdict.due_at,
        "deadline_state": verdict.deadline_state,
        "warnings": problems_to_json(verdict.warnings),
        "source": change.source,
        "first_received_at": change.received_at,
        "updated_at": change.received_at,
    }
    # Waits for a quicker transaction with the same reference, and then gives way to it.
    stored = session().scalar(_INSERT, values)
    return Stay(**values) if stored is not None else None
