"""Reports guests: each stored once, with version 1, receipt and audit row, in one commit."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError, OperationalError

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.base.clock import now
from apoa.base.errors import ApoaError, InvalidInput, Refused
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.content import StayReport
from apoa.stays.intake import Answer, Sent, take_in
from apoa.stays.models import Source
from apoa.stays.outcome import ReportedStay
from apoa.stays.party import without_late_warnings
from apoa.stays.queries import Lodging, get_lodging
from apoa.stays.schemas import StayReportSchema, schema_in
from apoa.stays.versions import Change

log = structlog.get_logger()
# Of a long list so many are in memory as rows at one time; all are one commit.
STORED_AT_ONCE = 200


class NotStored(ApoaError):
    """By a fault of ours this one report was not stored."""


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
        change = Change("report", actor, source, now())
        return _report(lodging, Sent(report, submission_id), change)


def report_item(actor: Actor, property_id: UUID, item: Any, *, source: Source) -> ReportedStay:
    """The same for a report as it came from outside; a mapping that the schema reads first."""
    require(actor, Action.REPORT_STAY, property_id=property_id)
    with unit_of_work():
        lodging = get_lodging(property_id, keep_office=True)
        report: StayReport = schema_in(lodging.time_zone).read(item)
        return _report(lodging, Sent(report), Change("report", actor, source, now()))


def report_items(
    actor: Actor, property_id: UUID, items: Sequence[Any], *, source: Source
) -> list[Answer | NotStored]:
    """The answer to each of many, in order; one that is refused does not hinder the others.

    Raises NotFound, NotAllowed.
    """
    require(actor, Action.REPORT_STAY, property_id=property_id)
    with unit_of_work():
        lodging = get_lodging(property_id, keep_office=True)
        change = Change("report", actor, source, now())
        schema = schema_in(lodging.time_zone)
        answers: list[Answer | NotStored] = []
        for start in range(0, len(items), STORED_AT_ONCE):
            several = [_read(schema, item) for item in items[start : start + STORED_AT_ONCE]]
            answers += _several(lodging, several, change)
        return without_late_warnings(lodging, answers)


def _several(
    lodging: Lodging, several: Sequence[Sent | Refused], change: Change
) -> list[Answer | NotStored]:
    try:
        with unit_of_work():
            return list(take_in(lodging, several, change))
    except OperationalError:
        raise
    except DBAPIError as error:
        # One of them is the cause; alone, the others can be stored.
        log.error("batch_not_stored", kind=type(error).__name__)
        return [_alone(lodging, one, change) for one in several]


def _report(lodging: Lodging, sent: Sent, change: Change) -> ReportedStay:
    [answer] = take_in(lodging, [sent], change)
    if isinstance(answer, Refused):
        raise answer
    return answer


def _read(schema: StayReportSchema, item: Any) -> Sent | Refused:
    try:
        return Sent(schema.read(item))
    except InvalidInput as error:
        return error


def _alone(lodging: Lodging, one: Sent | Refused, change: Change) -> Answer | NotStored:
    try:
        with unit_of_work():
            [answer] = take_in(lodging, [one], change)
            return answer
    except OperationalError:
        raise
    except DBAPIError as error:
        log.error("report_not_stored", kind=type(error).__name__)
        return NotStored(type(error).__name__)
